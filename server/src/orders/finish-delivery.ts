import { hubs } from '@huming/db/schema/accounts'
import { skus } from '@huming/db/schema/catalogue'
import { orderLines, orders, weightQuestions } from '@huming/db/schema/orders'
import { nextStatus } from '@huming/shared/flows'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { sumFen } from '@huming/shared/money'
import { asc, eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { settleLines } from '../ledger/settle-lines.ts'
import { lockForEntries, transfer } from '../ledger/transfer.ts'
import { type EndOfHold, postHold, voidHolds } from '../ledger/transfers.ts'
import { type Bill, billOf } from './over-weight.ts'
import { lockOrder } from './rows.ts'

/** What was handed over of a line, in base units: weighed goods at their true weight, and from which lots. */
export type DeliveredLine = {
  readonly lineId: string
  readonly deliveredQuantity: number
  readonly refusedQuantity: number
  readonly refuseReason: string | null
  /** Sum to the delivered quantity. */
  readonly lots: readonly { readonly lotId: string; readonly quantity: number }[]
}
export type Finished = { readonly status: 'delivered' | 'failed'; readonly finalFen: number }

/**
 * Ends the way of orders: their lines get what was delivered and refused and what they finally cost (rounded once),
 * the held credit is posted with the sum, and in the same transaction every lot is settled with its supplier, the
 * platform and the broker. An order of which nothing was handed over is `failed` and owes nothing. Lines not named were
 * not aboard. Give all orders of a stop in id order: their accounts are locked together, in the order kept everywhere.
 * Refuses with `wrong_state` when an order is not loaded.
 */
export async function finishDeliveries(
  tx: Tx,
  ctx: Ctx,
  told: readonly (readonly [orderId: string, lines: readonly DeliveredLine[]])[],
): Promise<Finished[]> {
  const ended: Ended[] = []
  for (const [orderId, lines] of told) ended.push(await endOrder(tx, ctx, orderId, lines))
  const entries = ended.flatMap((one) => one.entries)
  const holds = ended.flatMap((one) => (one.hold ? [one.hold] : []))
  await lockForEntries(
    tx,
    entries,
    holds.map((hold) => hold.holdId),
  )
  for (const hold of holds) {
    if (hold.finalFen === null) await voidHolds(tx, ctx.now, [hold])
    else await postHold(tx, ctx.now, { ...hold, finalFen: hold.finalFen })
  }
  await transfer(tx, ctx.now, entries)
  return ended.map(({ status, finalFen }) => ({ status, finalFen }))
}

type Ended = Finished & {
  readonly entries: readonly NewTransfer[]
  /** `finalFen` null: nothing is owed. */
  readonly hold: (EndOfHold & { readonly finalFen: number | null }) | null
}

async function endOrder(tx: Tx, ctx: Ctx, orderId: string, lines: readonly DeliveredLine[]): Promise<Ended> {
  const order = await lockOrder(tx, orderId)
  const ended = await endLines(tx, orderId, lines)
  const status = ended.some((line) => line.deliveredQuantity > 0) ? 'delivered' : 'failed'
  if (!nextStatus('order', order.status, status === 'delivered' ? 'deliver' : 'fail'))
    throw new Fault('wrong_state')
  await writeLines(tx, ended)
  await tx
    .update(orders)
    .set({ status, deliveredAt: ctx.now, version: order.version + 1 })
    .where(eq(orders.id, orderId))
  const finalFen = sumFen(ended.map((line) => line.finalFen))
  await askWeights(tx, ctx, order, ended)
  const eventId = await emit(tx, ctx, {
    type: `order.${status}`,
    subjectId: orderId,
    orgId: order.orgId,
    hubId: order.hubId,
    payload: { orderId, finalFen, lines: ended.map(toldOf) },
  })
  const [hub] = await tx.select({ orgId: hubs.orgId }).from(hubs).where(eq(hubs.id, order.hubId))
  const entries = await settleLines(
    tx,
    {
      orderId,
      buyerOrgId: order.orgId,
      hubOrgId: hub?.orgId ?? '',
      eventId,
      at: ctx.now,
      placedAt: order.placedAt,
    },
    ended,
  )
  const owed = status === 'delivered' ? finalFen : null
  const hold = order.holdId ? { holdId: order.holdId, eventId, finalFen: owed } : null
  return { status, finalFen, entries, hold }
}

/** Asks the buyer about weights above the tolerance: until it agrees they are not on the bill. */
async function askWeights(
  tx: Tx,
  ctx: Ctx,
  order: { readonly id: string; readonly orgId: string; readonly number: string },
  lines: readonly EndedLine[],
): Promise<void> {
  const asked = lines.flatMap((line) => (line.excess ? [{ ...line, excess: line.excess }] : []))
  if (asked.length === 0) return
  await tx.insert(weightQuestions).values(
    asked.map((line) => ({
      orderLineId: line.id,
      orderId: order.id,
      deliveredQuantity: line.deliveredQuantity,
      billedQuantity: line.billedQuantity,
      excessFen: line.excess.fen,
      lots: line.excess.lots.map(({ lotId, quantity }) => ({ lotId, quantity })),
      askedAt: ctx.now,
    })),
  )
  await notify(tx, {
    orgId: order.orgId,
    key: 'notice.weight_asked',
    params: { number: order.number, count: asked.length },
    subjectId: order.id,
    at: ctx.now,
  })
}

/** The order's lines as they end; all are written, told or not. */
async function endLines(tx: Tx, orderId: string, lines: readonly DeliveredLine[]): Promise<EndedLine[]> {
  const told = new Map(lines.map((line) => [line.lineId, line]))
  const rows = await tx
    .select({ row: orderLines, catchWeight: skus.catchWeight, toleranceBp: skus.toleranceBp })
    .from(orderLines)
    .innerJoin(skus, eq(skus.id, orderLines.skuId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.lineNo))
  if (lines.some((line) => !rows.some(({ row }) => row.id === line.lineId))) throw new Fault('not_found')
  return rows.map(({ row, ...rule }) => {
    const deliveredQuantity = told.get(row.id)?.deliveredQuantity ?? 0
    const bill = billOf({
      ...rule,
      nominal: row.quantity - row.cutQuantity,
      deliveredQuantity,
      priceCentifen: row.priceCentifen,
      basePerPriceUnit: row.basePerPriceUnit,
      lots: told.get(row.id)?.lots ?? [],
    })
    return {
      ...bill,
      id: row.id,
      skuId: row.skuId,
      supplierOrgId: row.supplierOrgId,
      taxRateBp: row.taxRateBp,
      deliveredQuantity,
      refusedQuantity: told.get(row.id)?.refusedQuantity ?? 0,
      refuseReason: told.get(row.id)?.refuseReason ?? null,
    }
  })
}

type EndedLine = Omit<DeliveredLine, 'lineId'> &
  Bill & {
    readonly id: string
    readonly skuId: string
    readonly supplierOrgId: string
    readonly taxRateBp: number
  }

/** A line as the event tells it. */
const toldOf = ({ id, skuId, deliveredQuantity, refusedQuantity, refuseReason, finalFen }: EndedLine) => ({
  id,
  skuId,
  deliveredQuantity,
  refusedQuantity,
  refuseReason,
  finalFen,
})

async function writeLines(tx: Tx, lines: readonly EndedLine[]): Promise<void> {
  await tx.execute(sql`
    update order_lines l set delivered_quantity = c.delivered, refused_quantity = c.refused, final_fen = c.final
    from unnest(${bareArray(lines.map((line) => line.id))}::uuid[],
      ${bareArray(lines.map((line) => line.deliveredQuantity))}::int8[],
      ${bareArray(lines.map((line) => line.refusedQuantity))}::int8[],
      ${bareArray(lines.map((line) => line.finalFen))}::int8[]) as c(id, delivered, refused, final)
    where l.id = c.id`)
  for (const { id, refuseReason } of lines.filter((line) => line.refuseReason !== null))
    await tx.update(orderLines).set({ refuseReason }).where(eq(orderLines.id, id))
}
