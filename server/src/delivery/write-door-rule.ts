import { isDeepStrictEqual } from 'node:util'
import { doorRules } from '@huming/db/schema/driving'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { doorRuleColumns } from './door-rule.ts'

type Rule = ContractReply<Contracts['doorRules.write']>
type Body = ContractParsed<Contracts['doorRules.write']>['body']

/** Over `door_rules d`. */
const ruleDocs = (db: Db | Tx, where: SQL): Promise<Rule[]> =>
  docs(
    db,
    sql`select d.id, ${doorRuleColumns}, d.valid_from as "validFrom", d.valid_to as "validTo", d.source,
        d.is_sample as "isSample"
      from door_rules d where ${where} order by d.buyer_class nulls first, d.valid_from desc, d.id desc limit 200`,
  )

/** What holds today or will hold, the row for all first; the same for every hub. */
export async function listDoorRules(ctx: Ctx): Promise<{ items: Rule[] }> {
  allow(ctx, 'run.read')
  return { items: await ruleDocs(ctx.db, sql`d.valid_to >= ${serviceDayOf(ctx.now)}`) }
}

const wrong = (field: string, reason: string): Fault =>
  new Fault('bad_input', '', { pointers: [{ pointer: `/body/${field}`, reason }] })

/**
 * Writes what doors ask from a later day on: a night that is on its way keeps its rules, so a new row begins tomorrow
 * at the earliest. A row that is there keeps what it says; only its last day may be moved, to today at the earliest.
 * A repeat gives the same; another row under the id is `id_reused`.
 */
export async function writeDoorRule(ctx: Ctx, id: string, body: Body): Promise<Rule> {
  allow(ctx, 'doorRule.write')
  if (body.validTo < body.validFrom) throw wrong('validTo', 'before_start')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(doorRules).where(eq(doorRules.id, id)).for('update')
    const today = serviceDayOf(ctx.now)
    if (before) {
      const { id: _, isSample: _sample, ...row } = before
      if (!isDeepStrictEqual({ ...row, validTo: body.validTo }, body)) throw new Fault('id_reused')
      if (before.validTo !== body.validTo && body.validTo < today) throw wrong('validTo', 'past')
    } else if (body.validFrom <= today) throw wrong('validFrom', 'past')
    await tx
      .insert(doorRules)
      .values({ id, ...body })
      .onConflictDoUpdate({ target: doorRules.id, set: { validTo: body.validTo } })
    await emit(tx, ctx, { type: 'delivery.door_rule_written', subjectId: id, payload: { ...body } })
    return found((await ruleDocs(tx, sql`d.id = ${id}`))[0])
  })
}
