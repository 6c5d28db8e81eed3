import { messages } from './messages.ts'

/** Sentences of the `gov` console. */
export const govMessages = messages({
  'gov.title': ['政府看板', 'Government'],
})
