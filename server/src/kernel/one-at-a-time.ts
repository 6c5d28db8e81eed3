import { sql } from 'drizzle-orm'
import type { Tx } from './ctx.ts'

/**
 * Writes under the same id wait for each other until the transaction ends. Two first writes see no row to lock, so
 * a double click would else be refused as a used id.
 */
export async function oneAtATime(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`)
}
