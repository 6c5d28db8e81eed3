import { temperatureLimits, tripLogs } from '@huming/db/schema/receiving'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { limitsOn } from './dated-rules.ts'
import { readLoggerText } from './logger-csv.ts'
import { type Receipt, readReceiptDoc } from './read-receipt.ts'
import { type ConsignmentRow, lockForReceipt } from './rows.ts'
import { judgeTrip, summarise, type WarnLimit } from './trip-rules.ts'

type Body = ContractParsed<Contracts['receiving.addTripLog']>['body']

/**
 * The temperature of a zone on the way, from a logger's file or by hand, judged by the limits of the day. A repeat
 * gives the same; a log is never changed: a further one of the zone stands beside it, and the worse one counts.
 */
export async function addTripLog(ctx: Ctx, at: { id: string; logId: string }, body: Body): Promise<Receipt> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const consignment = await lockForReceipt(tx, ctx, at.id)
    const [before] = await tx.select().from(tripLogs).where(eq(tripLogs.id, at.logId))
    if (before) {
      const range = before.minDeciC === body.manual?.minDeciC && before.maxDeciC === body.manual.maxDeciC
      const same = body.csv === null ? range : before.raw === body.csv
      if (!same || before.consignmentId !== at.id || before.zone !== body.zone) throw new Fault('id_reused')
      return readReceiptDoc(tx, ctx, at.id)
    }
    if (consignment.status !== 'arrived') throw new Fault('wrong_state')
    const limits = limitsOn(
      await tx.select().from(temperatureLimits),
      { zone: body.zone, skuId: null },
      serviceDayOf(ctx.now),
    )
    await write(tx, ctx, consignment, at.logId, body, limits)
    return readReceiptDoc(tx, ctx, at.id)
  })
}

async function write(
  tx: Tx,
  ctx: Ctx,
  consignment: ConsignmentRow,
  id: string,
  body: Body,
  limits: WarnLimit,
): Promise<void> {
  const { firstAt, lastAt, ...summary } =
    body.csv === null ? byHand(body) : fromLogger(body.csv, consignment, ctx.now, limits)
  const verdict = judgeTrip(summary, limits)
  const { zone, device, note } = body
  await tx.insert(tripLogs).values({
    id,
    consignmentId: consignment.id,
    zone,
    source: body.csv === null ? 'manual' : 'logger',
    device,
    ...summary,
    firstAt,
    lastAt,
    verdict,
    raw: body.csv ?? '',
    note,
    createdBy: person(ctx).personId,
    createdAt: ctx.now,
  })
  await emit(tx, ctx, {
    type: 'consignment.trip_read',
    subjectId: consignment.id,
    orgId: consignment.orgId,
    hubId: consignment.hubId,
    payload: { zone, ...summary, verdict },
  })
}

const byHand = ({ manual }: Body) => ({
  minDeciC: manual?.minDeciC ?? 0,
  maxDeciC: manual?.maxDeciC ?? 0,
  minutesAbove: manual?.minutesAbove ?? 0,
  readings: 0,
  gapMinutes: null,
  firstAt: null,
  lastAt: null,
})

function fromLogger(csv: string, { departsAt, arrivedAt }: ConsignmentRow, now: Date, limits: WarnLimit) {
  const text = readLoggerText(csv)
  if (!text.ok)
    throw new Fault('logger_unreadable', '', {
      params: { line: text.line },
      pointers: [{ pointer: '/body/csv', reason: 'unreadable' }],
    })
  const to = (arrivedAt ?? now).getTime()
  const summary = summarise(text.readings, { from: departsAt?.getTime() ?? 0, to }, limits)
  if (!summary) throw new Fault('logger_other_trip')
  return { ...summary, firstAt: new Date(summary.firstAt), lastAt: new Date(summary.lastAt) }
}
