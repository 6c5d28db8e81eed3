import type { Ctx, Tx } from './ctx.ts'

/** Serialization failure and deadlock: PostgreSQL asks to try the whole transaction again. */
export const retryable = new Set(['40001', '40P01'])
const attemptsMax = 4

/**
 * Runs one business transaction; all or nothing. Repeats it when PostgreSQL chose it as a deadlock's victim, or when
 * the same request, sent twice at once, inserted the caller's id first: the repeat finds that row and answers as to any
 * repeat. So `fn` must not do anything outside the database.
 */
export async function inTransaction<T>(
  ctx: Pick<Ctx, 'db'>,
  fn: (tx: Tx) => Promise<T>,
  attempts = attemptsMax,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.transaction(fn)
    } catch (error) {
      if (attempt >= attempts || !(retryable.has(sqlState(error) ?? '') || lostToTwin(error))) throw error
    }
  }
}

const lostToTwin = (error: unknown): boolean =>
  sqlState(error) === '23505' && violatedConstraint(error)?.endsWith('_pkey') === true

/** SQLSTATE of a database error, through drizzle's wrapper. */
export function sqlState(error: unknown): string | undefined {
  const e = error as { code?: unknown; cause?: { code?: unknown } }
  const code = e?.cause?.code ?? e?.code
  return typeof code === 'string' ? code : undefined
}

/** Name of the violated constraint, through drizzle's wrapper. */
export function violatedConstraint(error: unknown): string | undefined {
  const e = error as { constraint_name?: unknown; cause?: { constraint_name?: unknown } }
  const name = e?.cause?.constraint_name ?? e?.constraint_name
  return typeof name === 'string' ? name : undefined
}
