import type { OpenDb } from '@huming/db/client'
import { newId, sayableNumber } from '@huming/shared/ids'
import { type BenchMarket, unitsPerLine as units } from './order-market.ts'

type Sql = OpenDb['sql']
/** The rows of one order, made before the clock starts on it as far as that can be. */
type RawOrder = ReturnType<typeof rawOrder>

export const linesPerOrder = 5
const centifen = 500_000

/** Distinct random places in a list. */
export function pickDistinct(length: number, count: number): number[] {
  const picked = new Set<number>()
  while (picked.size < count) picked.add(Math.trunc(Math.random() * length))
  return [...picked]
}

export function rawOrder(market: BenchMarket) {
  const buyer = market.buyers[
    Math.trunc(Math.random() * market.buyers.length)
  ] as BenchMarket['buyers'][number]
  const lines = pickDistinct(market.skus.length, linesPerOrder).map((place, i) => {
    const sku = market.skus[place] as BenchMarket['skus'][number]
    const quantity = units * sku.basePerOrderUnit
    const amountFen = (centifen * quantity) / sku.basePerPriceUnit / 100
    return { id: newId(), lineNo: i + 1, sku, lotId: market.raw.lotIds[place] as string, quantity, amountFen }
  })
  // Locks in id order, as whoever wants no deadlocks must.
  lines.sort((a, b) => (a.lotId < b.lotId ? -1 : 1))
  const id = newId()
  const totalFen = lines.reduce((sum, line) => sum + line.amountFen, 0)
  return { id, number: sayableNumber('D', id), buyer, lines, totalFen, holdId: newId(), eventId: newId() }
}

/** Baseline (a): one transaction per order, statement by statement, every one prepared. */
export async function placeByStatements(sql: Sql, market: BenchMarket, order: RawOrder): Promise<void> {
  const { id, buyer, totalFen, holdId, eventId } = order
  const now = new Date()
  await sql.begin(async (tx) => {
    await tx`
      insert into orders (id, number, org_id, site_id, hub_id, day, window_from, window_to, status, total_fen,
        request_hash, hold_id, placed_by, placed_at)
      values (${id}, ${order.number}, ${buyer.orgId}, ${buyer.siteId}, ${market.raw.hubId}, ${market.day}, 60, 390,
        'placed', ${totalFen}, ${id}, ${holdId}, ${buyer.personId}, ${now})`
    for (const line of order.lines) {
      await tx`
        insert into order_lines (id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price_centifen,
          base_per_price_unit, price_reason, tax_rate_bp, amount_fen)
        values (${line.id}, ${id}, ${line.lineNo}, ${line.sku.id}, ${line.sku.orgId}, ${units}, ${line.quantity},
          ${centifen}, ${line.sku.basePerPriceUnit}, 'list', 0, ${line.amountFen})`
    }
    for (const line of order.lines) {
      const done = await tx`
        update lots set promised = promised + ${line.quantity}
        where id = ${line.lotId} and promised + ${line.quantity} <= promisable`
      if (done.count !== 1) throw new Error('a lot ran out')
    }
    const held = await tx`
      update ledger_accounts set debits_pending_fen = debits_pending_fen + ${totalFen}
      where id = ${buyer.accountId} and (credit_limit_fen is null
        or debits_pending_fen + ${totalFen} + debits_posted_fen - credits_posted_fen <= credit_limit_fen)`
    if (held.count !== 1) throw new Error('beyond the credit line')
    await tx`
      insert into ledger_transfers (id, kind, debit_account_id, credit_account_id, amount_fen, subject_id, event_id, at)
      values (${holdId}, 'hold', ${buyer.accountId}, ${market.raw.salesAccountId}, ${totalFen}, ${id}, ${eventId}, ${now})`
    await tx`
      insert into events (id, type, at, person_id, actor_org_id, org_id, hub_id, subject_id, payload)
      values (${eventId}, 'order.placed', ${now}, ${buyer.personId}, ${buyer.orgId}, ${buyer.orgId},
        ${market.raw.hubId}, ${id}, ${tx.json(payloadOf(order))})`
  })
}

/** Baseline (b): the same rows by one statement per order. */
export async function placeByCte(sql: Sql, market: BenchMarket, order: RawOrder): Promise<void> {
  const { id, buyer, lines, totalFen, holdId, eventId } = order
  const now = new Date()
  const list = (pick: (line: RawOrder['lines'][number]) => string | number) =>
    `{${lines.map(pick).join(',')}}`
  const [row] = await sql<{ placed: number }[]>`
    with stock as (
      update lots l set promised = l.promised + c.quantity
      from unnest(${list((l) => l.lotId)}::uuid[], ${list((l) => l.quantity)}::int8[]) as c(id, quantity)
      where l.id = c.id and l.promised + c.quantity <= l.promisable returning 1),
    hold as (
      update ledger_accounts set debits_pending_fen = debits_pending_fen + ${totalFen}
      where id = ${buyer.accountId} and (credit_limit_fen is null
        or debits_pending_fen + ${totalFen} + debits_posted_fen - credits_posted_fen <= credit_limit_fen) returning 1),
    fits as (select 1 from hold where (select count(*) from stock) = ${lines.length}),
    placed as (
      insert into orders (id, number, org_id, site_id, hub_id, day, window_from, window_to, status, total_fen,
        request_hash, hold_id, placed_by, placed_at)
      select ${id}::uuid, ${order.number}, ${buyer.orgId}::uuid, ${buyer.siteId}::uuid, ${market.raw.hubId}::uuid,
        ${market.day}, 60, 390, 'placed', ${totalFen}::int8, ${id}, ${holdId}::uuid, ${buyer.personId}::uuid,
        ${now}::timestamptz from fits returning id),
    lines as (
      insert into order_lines (id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price_centifen,
        base_per_price_unit, price_reason, tax_rate_bp, amount_fen)
      select c.id, p.id, c.line_no, c.sku_id, c.supplier, ${units}, c.quantity, ${centifen}, c.base, 'list', 0, c.amount
      from placed p, unnest(${list((l) => l.id)}::uuid[], ${list((l) => l.lineNo)}::int4[],
        ${list((l) => l.sku.id)}::uuid[], ${list((l) => l.sku.orgId)}::uuid[], ${list((l) => l.quantity)}::int8[],
        ${list((l) => l.sku.basePerPriceUnit)}::int8[], ${list((l) => l.amountFen)}::int8[])
        as c(id, line_no, sku_id, supplier, quantity, base, amount)),
    transfer as (
      insert into ledger_transfers (id, kind, debit_account_id, credit_account_id, amount_fen, subject_id, event_id, at)
      select ${holdId}::uuid, 'hold', ${buyer.accountId}::uuid, ${market.raw.salesAccountId}::uuid, ${totalFen}::int8,
        id, ${eventId}::uuid, ${now}::timestamptz from placed),
    event as (
      insert into events (id, type, at, person_id, actor_org_id, org_id, hub_id, subject_id, payload)
      select ${eventId}::uuid, 'order.placed', ${now}::timestamptz, ${buyer.personId}::uuid, ${buyer.orgId}::uuid,
        ${buyer.orgId}::uuid, ${market.raw.hubId}::uuid, id, ${sql.json(payloadOf(order))}::jsonb from placed)
    select count(*)::int4 as placed from placed`
  if (row?.placed !== 1) throw new Error('an order was not placed')
}

const payloadOf = ({ id, totalFen, lines }: RawOrder) => ({
  orderId: id,
  totalFen,
  lines: lines.map((line) => ({ skuId: line.sku.id, quantity: line.quantity, lotId: line.lotId })),
})

/** Deadlock victims try again, as everybody must. */
const deadlock = '40P01'

/** So many loops placing one order after another for a time; gives orders per second. */
export async function runRaw(
  sql: Sql,
  market: BenchMarket,
  place: (sql: Sql, market: BenchMarket, order: RawOrder) => Promise<void>,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<{ orders: number; seconds: number }> {
  let orders = 0
  const started = performance.now()
  const deadline = started + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < deadline) {
        const order = rawOrder(market)
        await place(sql, market, order).then(
          () => orders++,
          (error: { code?: string }) => {
            if (error.code !== deadlock) throw error
          },
        )
      }
    }),
  )
  return { orders, seconds: (performance.now() - started) / 1000 }
}
