import { totes } from '@huming/db/schema/picking'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { inArray, or } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

/** The tote that a scan names: by its own code, its SSCC (AI 00), or a label's text. `not_found` when there is none. */
export async function toteIdOf(tx: Db | Tx, scan: string): Promise<string> {
  const codes = codesIn(scan)
  const [row] = await tx
    .select({ id: totes.id })
    .from(totes)
    .where(or(inArray(totes.code, codes), inArray(totes.sscc, codes)))
    .limit(1)
  return found(row).id
}
