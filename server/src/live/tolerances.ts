import { arrivalTolerances } from '@huming/db/schema/arrivals'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Tolerance = ContractReply<Contracts['live.writeTolerance']>
type Body = ContractParsed<Contracts['live.writeTolerance']>['body']

/** Over `arrival_tolerances a`. */
const toleranceDocs = (db: Db | Tx, where: SQL): Promise<Tolerance[]> =>
  docs(
    db,
    sql`select a.id, a.hub_id as "hubId", a.buyer_class as "buyerClass", a.minutes, a.valid_from as "validFrom",
        a.valid_to as "validTo", a.source
      from arrival_tolerances a where ${where} order by a.valid_from desc, a.id desc limit 200`,
  )

/** What holds at a hub: its own rows, and those of every hub. */
export async function readTolerances(ctx: Ctx, hubId: string): Promise<{ items: Tolerance[] }> {
  allow(ctx, 'board.read', { hubId })
  return { items: await toleranceDocs(ctx.db, sql`a.hub_id is null or a.hub_id = ${hubId}`) }
}

/** Writes a row of one's hub; one of another hub, or of all hubs, is `not_found`. */
export async function writeTolerance(ctx: Ctx, id: string, body: Body): Promise<Tolerance> {
  allow(ctx, 'planRule.write', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(arrivalTolerances).where(eq(arrivalTolerances.id, id)).for('update')
    if (row && row.hubId !== body.hubId) throw new Fault('not_found')
    await tx
      .insert(arrivalTolerances)
      .values({ id, ...body })
      .onConflictDoUpdate({ target: arrivalTolerances.id, set: body })
    await emit(tx, ctx, {
      type: 'planning.rule_written',
      subjectId: id,
      hubId: body.hubId,
      payload: { what: 'arrival_tolerance', ...body },
    })
    return found((await toleranceDocs(tx, sql`a.id = ${id}`))[0])
  })
}
