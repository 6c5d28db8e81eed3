import { crateTypes } from '@huming/db/schema/crates'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'

type Body = ContractParsed<Contracts['crates.writeType']>['body']
type CrateType = ContractReply<Contracts['crates.writeType']>

const columns = sql`id, code, name, name_en as "nameEn", tare_grams as "tareGrams", deposit_fen as "depositFen",
  closed_at as "closedAt", is_sample as "isSample"`

/** Kinds of crates, those in use first. */
export async function listTypes(ctx: Ctx): Promise<{ items: CrateType[] }> {
  allow(ctx, 'crate.read')
  const items = await docs<CrateType>(
    ctx.db,
    sql`select ${columns} from crate_types order by closed_at is not null, code limit 200`,
  )
  return { items }
}

/** Writes a kind of crate. A repeat gives the same; `crate_code_taken` for another one's code. */
export async function writeType(ctx: Ctx, id: string, { closed, ...facts }: Body): Promise<CrateType> {
  allow(ctx, 'crateType.write')
  try {
    return await inTransaction(ctx, async (tx) => {
      const [before] = await tx.select().from(crateTypes).where(eq(crateTypes.id, id)).for('update')
      const row = { ...facts, closedAt: closed ? (before?.closedAt ?? ctx.now) : null }
      await tx
        .insert(crateTypes)
        .values({ id, ...row })
        .onConflictDoUpdate({ target: crateTypes.id, set: row })
      await emit(tx, ctx, { type: 'crate_type.written', subjectId: id, payload: facts })
      const [doc] = await docs<CrateType>(tx, sql`select ${columns} from crate_types where id = ${id}`)
      return found(doc)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'crate_code') throw new Fault('crate_code_taken')
    throw error
  }
}
