import { messages } from './messages.ts'

/** Sentences of the `trace` console. */
export const traceMessages = messages({
  'trace.title': ['追溯', 'Trace'],
})
