import { type ProblemCode, problems } from '@huming/shared/problems'

export type FaultExtra = {
  /** JSON pointers of the parts at fault, for the form to mark. */
  pointers?: { pointer: string; reason: string }[]
  /** Values for the marks of the sentence, and for programs. */
  params?: Record<string, string | number>
  [member: string]: unknown
}

/** A refusal the caller can act on. Anything else that is thrown is our mistake and answers 500. */
export class Fault extends Error {
  readonly code: ProblemCode
  readonly extra: FaultExtra

  constructor(code: ProblemCode, detail = '', extra: FaultExtra = {}) {
    super(detail || code)
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return problems[this.code]
  }
}

/** Returns the value or refuses with `not_found`; for rows that may be absent or somebody else's. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Fault('not_found')
  return value
}

/** States what must be true whatever the caller sends; a breach is a defect and answers 500. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${what}`)
}
