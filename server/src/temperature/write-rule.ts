import { temperatureRules } from '@huming/db/schema/temperature'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { dayBefore, today } from './rows.ts'

type Rule = ContractReply<Contracts['temperature.writeRule']>
type Body = ContractParsed<Contracts['temperature.writeRule']>['body']

const ruleDocs = (db: Db | Tx, where: ReturnType<typeof sql>) =>
  docs<Rule>(
    db,
    sql`select r.id, r.zone, r.sku_id as "skuId", k.code as sku, r.warn_above as "warnAbove", r.warn_minutes as "warnMinutes",
        r.reject_above as "rejectAbove", r.warn_below as "warnBelow", r.silent_minutes as "silentMinutes",
        r.valid_from as "validFrom", r.valid_to as "validTo", r.source
      from temperature_rules r left join skus k on k.id = r.sku_id where ${where}
      order by r.zone, k.code nulls first, r.valid_from limit 500`,
  )

/** Limits in force and to come. */
export async function listRules(ctx: Ctx): Promise<{ items: Rule[] }> {
  allow(ctx, 'temperature.read')
  return { items: await ruleDocs(ctx.db, sql`r.valid_to >= ${today(ctx)}`) }
}

/** New limits from a day on; the ones before end the day before, and stay as a record. A repeat gives the same. */
export async function writeRule(ctx: Ctx, id: string, body: Body): Promise<Rule> {
  allow(ctx, 'temperature.rule')
  const { warnAbove, rejectAbove, warnBelow } = body
  if ((rejectAbove ?? warnAbove) < warnAbove || (warnBelow ?? -1000) >= warnAbove)
    throw new Fault('temperature_limits_wrong')
  return inTransaction(ctx, async (tx) => {
    // One at a time for a zone: two rows of one day must not both end the same one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`temperature ${body.zone}`}, 1))`)
    const [known] = await ruleDocs(tx, sql`r.id = ${id}`)
    if (known) return sameOrReused(known, body)
    const [before] = await tx
      .select()
      .from(temperatureRules)
      .where(
        and(
          eq(temperatureRules.zone, body.zone),
          body.skuId === null ? isNull(temperatureRules.skuId) : eq(temperatureRules.skuId, body.skuId),
          eq(temperatureRules.validTo, lastDay),
        ),
      )
    if (before && before.validFrom >= body.validFrom) throw new Fault('rule_not_ahead')
    if (body.skuId !== null) found((await tx.execute(sql`select 1 from skus where id = ${body.skuId}`))[0])
    if (before)
      await tx
        .update(temperatureRules)
        .set({ validTo: dayBefore(body.validFrom) })
        .where(eq(temperatureRules.id, before.id))
    await tx.insert(temperatureRules).values({ id, ...body, validTo: lastDay })
    await emit(tx, ctx, {
      type: 'temperature.rule_written',
      subjectId: id,
      payload: { zone: body.zone, skuId: body.skuId, validFrom: body.validFrom },
    })
    return found((await ruleDocs(tx, sql`r.id = ${id}`))[0])
  })
}

const lastDay = '2099-12-31'

function sameOrReused(known: Rule, body: Body): Rule {
  const same = (Object.keys(body) as (keyof Body)[]).every((key) => known[key] === body[key])
  if (!same) throw new Fault('id_reused')
  return known
}
