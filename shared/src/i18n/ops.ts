import { messages } from './messages.ts'

/** Sentences of the `ops` console. */
export const opsMessages = messages({
  'ops.title': ['运营中心', 'Operations'],
})
