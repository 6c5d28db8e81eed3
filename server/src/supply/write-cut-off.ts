import { cutOffRules } from '@huming/db/schema/orders'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, cutOffAt, dayDiff, instantText, type ServiceDay } from '@huming/shared/days'
import { stepWords } from '@huming/shared/i18n/timeline-steps'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { termsOf } from '../orders/calendar.ts'
import { readCalendar } from '../orders/rows.ts'
import { type CheckFailure, checkCutOff } from './check-rules.ts'
import { readGoods, readSteps, readWindows } from './timeline-rows.ts'
import type { StepRow } from './timeline-rules.ts'

type Body = ContractParsed<Contracts['timeline.writeCutOff']>['body']

/**
 * Sets the cut-off of a hub and class from a day on, with the time at which goods at the bases are called off. No
 * cut-off is taken that the goods cannot meet: the refusal names the step that could not begin in time, and the
 * latest time that would do. A repeat changes nothing.
 */
export async function writeCutOff(ctx: Ctx, id: string, body: Body): Promise<{ ok: true }> {
  allow(ctx, 'calendar.write')
  return inTransaction(ctx, async (tx) => {
    const [hub] = await tx.execute(sql`select id from hubs where id = ${body.hubId}`)
    found(hub)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`cut-off rules:${body.hubId}`}, 0))`)
    if (await isRepeat(tx, id, body)) return { ok: true }
    if (body.validTo < body.validFrom)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/validTo', reason: 'before_start' }] })
    await refuseBegun(ctx, body)
    await refuseUnreachable(tx, ctx, body)
    const { hubId, buyerClass, daysBefore, minutes, minimumFen, validFrom, validTo } = body
    await tx
      .insert(cutOffRules)
      .values({ id, hubId, buyerClass, daysBefore, minutes, minimumFen, validFrom, validTo })
    await writeCallOffTime(tx, body)
    await emit(tx, ctx, { type: 'cutoff.written', subjectId: id, hubId, payload: { ...body } })
    return { ok: true }
  })
}

async function isRepeat(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(cutOffRules).where(eq(cutOffRules.id, id))
  if (!row) return false
  const same = (
    ['hubId', 'buyerClass', 'daysBefore', 'minutes', 'minimumFen', 'validFrom', 'validTo'] as const
  ).every((name) => row[name] === body[name])
  if (!same) throw new Fault('id_reused')
  return true
}

/** Orders already taken under the old terms keep them: both cut-offs of the first day must lie ahead. */
async function refuseBegun(ctx: Ctx, body: Body): Promise<void> {
  const day = body.validFrom as ServiceDay
  const calendar = await readCalendar(ctx, body.hubId, day, day)
  const old = termsOf(calendar.terms, body.hubId, body.buyerClass, day).cutOffAt
  const times = [old, cutOffAt(day, body), ...(body.callOff ? [cutOffAt(day, body.callOff)] : [])]
  const first = times.reduce((a, b) => (a < b ? a : b))
  if (first <= ctx.now)
    throw new Fault('cut_off_begun', '', {
      params: { at: instantText(first, ctx.locale) },
      pointers: [{ pointer: '/body/validFrom', reason: 'begun' }],
    })
}

async function refuseUnreachable(tx: Tx, ctx: Ctx, body: Body): Promise<void> {
  const steps = await readSteps(tx, body.hubId)
  const [goods, windows] = [await readGoods(tx, body.hubId, ctx.now), await readWindows(tx, body.hubId)]
  for (const day of daysToCheck(steps, body)) {
    const cutOff = cutOffAt(day, body)
    const callOff = body.callOff ? cutOffAt(day, body.callOff) : cutOff
    if (callOff > cutOff)
      throw new Fault('call_off_after_cut_off', '', {
        pointers: [{ pointer: '/body/callOff', reason: 'after_cut_off' }],
      })
    const { failures } = checkCutOff(steps, goods, {
      buyerClass: body.buyerClass,
      day,
      windowFrom: windows.get(body.buyerClass) ?? 0,
      cutOffAt: cutOff,
      callOffAt: callOff,
    })
    const [first] = failures
    if (first) throw refusal(ctx, first)
  }
}

/** The first day, and each day from which a step takes another time; at most a year of them. */
function daysToCheck(steps: readonly StepRow[], { validFrom, validTo }: Body): ServiceDay[] {
  const from = validFrom as ServiceDay
  const changes = steps
    .flatMap((row) => [
      row.validFrom,
      row.validTo < '2099-12-31' ? addDays(row.validTo as ServiceDay, 1) : '',
    ])
    .filter((day) => day > from && day <= validTo && dayDiff(from, day as ServiceDay) <= 366)
  return [...new Set([from, ...(changes as ServiceDay[])])]
}

function refusal(ctx: Ctx, failure: CheckFailure): Fault {
  const step = stepWords(failure.step, ctx.locale)
  if (failure.lateMinutes === null || failure.latest === null)
    return new Fault('timeline_missing', failure.step, { params: { step }, step: failure.step })
  const own = failure.name === ''
  return new Fault('cut_off_unreachable', failure.step, {
    params: {
      step,
      what: own
        ? ''
        : ctx.locale === 'zh'
          ? `（${failure.name}等${failure.packs}种）`
          : ` (${failure.name} and ${failure.packs - 1} more)`,
      latest: instantText(failure.latest, ctx.locale),
      minutes: failure.lateMinutes,
    },
    step: failure.step,
    pointers: [{ pointer: own ? '/body/minutes' : '/body/callOff', reason: failure.step }],
  })
}

/** From the day on this time holds alone: older ones end the day before. */
async function writeCallOffTime(
  tx: Tx,
  { hubId, buyerClass, callOff, validFrom, validTo }: Body,
): Promise<void> {
  await tx.execute(sql`
    delete from call_off_times where hub_id = ${hubId} and buyer_class = ${buyerClass} and valid_from >= ${validFrom}`)
  await tx.execute(sql`
    update call_off_times set valid_to = ${addDays(validFrom as ServiceDay, -1)}
    where hub_id = ${hubId} and buyer_class = ${buyerClass} and valid_to >= ${validFrom}`)
  if (!callOff) return
  await tx.execute(sql`
    insert into call_off_times (id, hub_id, buyer_class, days_before, minutes, valid_from, valid_to)
    values (${newId()}, ${hubId}, ${buyerClass}, ${callOff.daysBefore}, ${callOff.minutes}, ${validFrom}, ${validTo})`)
}
