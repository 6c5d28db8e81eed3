import { messages } from './messages.ts'

/** Sentences of the `broker` console. */
export const brokerMessages = messages({
  'broker.title': ['经纪人', 'Broker'],
})
