import { messages } from './messages.ts'

/** Sentences of the `coop` console. */
export const coopMessages = messages({
  'coop.title': ['合作社', 'Co-op'],
})
