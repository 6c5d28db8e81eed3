import { messages } from './messages.ts'

/** Sentences of the `shop` console. */
export const shopMessages = messages({
  'shop.title': ['沪明直供', 'Huming'],
})
