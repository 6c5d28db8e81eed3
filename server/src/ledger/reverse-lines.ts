import { settlementLines } from '@huming/db/schema/settlement'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { entriesOf, type SettlementLine } from '@huming/shared/settle-order'
import { reverseSplit } from '@huming/shared/settling'
import { asc, inArray, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'

/** What is taken back of one lot of one order line: both 0 or more, at most what is left of the sale. */
export type TakenBack = {
  readonly orderLineId: string
  readonly lotId: string
  readonly quantity: number
  readonly grossFen: number
}
/** Why: the claim or correction, and its event. */
export type Because = { readonly subjectId: string; readonly eventId: string }

/**
 * Takes settled goods back from the supplier, for a claim whose cause is the supplier's or a correction: writes rows
 * that reverse the sale and returns the entries back to the hub's clearing account (claw-back of net, fee, retention and
 * commission in proportion). The caller credits the buyer out of the same clearing account, with the same `subjectId`,
 * by one `transfer` with these entries, so that the clearing of the subject is even. The sales are locked.
 * Refuses with `not_found` what was never settled and with `more_than_settled` what is no longer there to take.
 */
export async function reverseLines(
  tx: Tx,
  ctx: Pick<Ctx, 'now'>,
  because: Because,
  taken: readonly TakenBack[],
): Promise<NewTransfer[]> {
  const asked = taken.filter((one) => one.quantity > 0 || one.grossFen > 0)
  if (asked.length === 0) return []
  const sales = await lockSales(tx, asked)
  const released = await releasedThrough(tx, [...sales.values()].flat())
  const rows = asked.flatMap((one) => {
    const own = sales.get(pieceKey(one))
    if (!own) throw new Fault('not_found')
    return cutsOf(own, one).map(([sale, cut]) => {
      const back = reversed(sale, cut, because, ctx.now, released.get(sale.row.supplierOrgId) ?? '')
      // A second cut at the same lot within one claim finds what the first left.
      sale.left = plus(sale.left, back)
      return back
    })
  })
  await tx.insert(settlementLines).values(rows)
  return entriesOf(rows)
}

type Parts = Pick<
  SettlementLine,
  | 'quantity'
  | 'grossFen'
  | 'taxFen'
  | 'feeFen'
  | 'retentionFen'
  | 'commissionSupplierFen'
  | 'commissionPlatformFen'
  | 'netFen'
>
type Sale = { readonly row: SettlementLine; left: Parts }

const plus = (a: Parts, b: Parts): Parts => ({
  quantity: a.quantity + b.quantity,
  grossFen: a.grossFen + b.grossFen,
  taxFen: a.taxFen + b.taxFen,
  feeFen: a.feeFen + b.feeFen,
  retentionFen: a.retentionFen + b.retentionFen,
  commissionSupplierFen: a.commissionSupplierFen + b.commissionSupplierFen,
  commissionPlatformFen: a.commissionPlatformFen + b.commissionPlatformFen,
  netFen: a.netFen + b.netFen,
})

const pieceKey = (one: Pick<TakenBack, 'orderLineId' | 'lotId'>): string => `${one.orderLineId}:${one.lotId}`

/** What is taken from each sale of a lot: the first as far as it goes, then what was settled on top of it. */
function cutsOf(sales: readonly Sale[], { quantity, grossFen, ...piece }: TakenBack): [Sale, TakenBack][] {
  let rest = { quantity, grossFen }
  const cuts = sales.map((sale, i): [Sale, TakenBack] => {
    const last = i === sales.length - 1
    const cut = {
      quantity: last ? rest.quantity : Math.min(rest.quantity, sale.left.quantity),
      grossFen: last ? rest.grossFen : Math.min(rest.grossFen, sale.left.grossFen),
    }
    rest = { quantity: rest.quantity - cut.quantity, grossFen: rest.grossFen - cut.grossFen }
    return [sale, { ...piece, ...cut }]
  })
  return cuts.filter(([, cut]) => cut.quantity > 0 || cut.grossFen > 0)
}

/** The sales of these lines with what earlier reversals left of them. */
async function lockSales(tx: Tx, asked: readonly TakenBack[]): Promise<Map<string, Sale[]>> {
  const lineIds = asked.map((one) => one.orderLineId)
  await tx.execute(sql`
    select id from settlement_lines where order_line_id = any(${bareArray(lineIds)}::uuid[]) and reverses_id is null
    order by id for update`)
  const sales = (await tx
    .select()
    .from(settlementLines)
    .where(inArray(settlementLines.orderLineId, lineIds))
    .orderBy(asc(settlementLines.more), asc(settlementLines.id))) as SettlementLine[]
  const sold = new Map<string, Sale>()
  for (const row of sales) if (row.reversesId === null) sold.set(row.id, { row, left: row })
  for (const row of sales) {
    const sale = sold.get(row.reversesId ?? '')
    if (sale) sale.left = plus(sale.left, row)
  }
  return Map.groupBy(sold.values(), (sale) => pieceKey(sale.row))
}

/** By supplier the day up to which retentions were given back already. */
async function releasedThrough(tx: Tx, sales: readonly Sale[]): Promise<Map<string, string>> {
  const ids = [...new Set(sales.map((sale) => sale.row.supplierOrgId))]
  const rows = (await tx.execute(sql`
    select supplier_org_id as id, max(through_day) as day from retention_releases
    where supplier_org_id = any(${bareArray(ids)}::uuid[]) group by 1`)) as unknown as {
    id: string
    day: string
  }[]
  return new Map(rows.map((row) => [row.id, row.day]))
}

function reversed(
  { row, left }: Sale,
  taken: TakenBack,
  { subjectId, eventId }: Because,
  at: Date,
  releasedThroughDay: string,
): SettlementLine {
  if (taken.quantity > left.quantity || taken.grossFen > left.grossFen) throw new Fault('more_than_settled')
  const released = row.releaseOn !== null && row.releaseOn <= releasedThroughDay
  return {
    ...row,
    ...reverseSplit(left, taken.grossFen, released),
    id: newId(),
    quantity: 0 - taken.quantity,
    reversesId: row.id,
    subjectId,
    eventId,
    day: serviceDayOf(at),
    at,
  }
}
