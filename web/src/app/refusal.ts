import { ApiProblem } from './api.ts'

/** A no from the server that a repeat would not change; null for anything that may be tried again later. */
export const refusalOf = (error: unknown): { code: string; detail: string } | null =>
  error instanceof ApiProblem &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 408, 429].includes(error.status)
    ? { code: error.code, detail: error.detail }
    : null
