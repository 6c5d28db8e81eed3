import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from './ctx.ts'

/** Rows as JSON documents: instants are ISO text, as replies want them. */
export async function docs<T>(db: Pick<Tx, 'execute'>, query: SQL): Promise<T[]> {
  const rows = await db.execute<{ doc: T }>(sql`select to_json(t) as doc from (${query}) t`)
  return [...rows].map((row) => row.doc)
}
