import { newId } from '@huming/shared/ids'
import type { TransactionSql } from 'postgres'
import { eventRow, newsChannel } from '../kernel/emit.ts'
import { assert } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type HoldTransfer, writeHolds } from '../ledger/hold-credit.ts'
import type { PlacedOrder } from './decide-order.ts'

/** Writes the accepted orders of a batch: a few statements whatever their number, sent without waiting between. */
export async function writeOrders(
  sql: TransactionSql,
  orders: readonly PlacedOrder[],
  salesAccounts: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = orders.filter((order) => order.before)
  const fresh = orders.filter((order) => !order.before)
  await Promise.all([
    ...(fresh.length > 0 ? [insertOrders(sql, fresh)] : []),
    ...(changed.length > 0 ? [changeOrders(sql, changed)] : []),
    insertLines(sql, orders),
    insertPromises(sql, orders),
    moveLots(sql, orders),
    writeHolds(
      sql,
      orders.flatMap((order) => transfersOf(order, salesAccounts)),
    ),
    insertEvents(sql, orders),
  ])
}

const ids = (orders: readonly PlacedOrder[]): string => bareArray(orders.map((order) => order.ask.id))
const texts = (values: readonly string[]) => [...values]

function insertOrders(sql: TransactionSql, orders: readonly PlacedOrder[]) {
  const of = (pick: (order: PlacedOrder) => string | number | null) => bareArray(orders.map(pick))
  return sql`
    insert into orders (id, number, org_id, site_id, hub_id, day, window_from, window_to, status, total_fen,
      shortage_rule, note, request_hash, version, hold_id, placed_by, placed_at, approved_by)
    select * from unnest(${ids(orders)}::uuid[], ${of((o) => o.reply.number)}::text[],
      ${of((o) => o.site.orgId)}::uuid[], ${of((o) => o.site.id)}::uuid[], ${of((o) => o.site.hubId)}::uuid[],
      ${of((o) => o.ask.day)}::text[], ${of((o) => o.ask.windowFrom)}::int4[], ${of((o) => o.ask.windowTo)}::int4[],
      ${of((o) => o.reply.status)}::text[], ${of((o) => o.reply.totalFen)}::int8[],
      ${of((o) => o.ask.shortageRule)}::text[], ${texts(orders.map((o) => o.ask.note))}::text[],
      ${of((o) => o.ask.hash)}::text[], ${of((o) => o.reply.version)}::int4[], ${of((o) => o.holdId)}::uuid[],
      ${of((o) => o.ask.actor.personId)}::uuid[], ${of((o) => o.ask.now.toISOString())}::timestamptz[],
      ${of((o) => o.approvedBy)}::uuid[])`.execute()
}

/** The place in the queue stays that of the first placing: `placed_at` and `placed_by` are kept. */
async function changeOrders(sql: TransactionSql, orders: readonly PlacedOrder[]): Promise<void> {
  const of = (pick: (order: PlacedOrder) => string | number | null) => bareArray(orders.map(pick))
  await Promise.all([
    sql`
      update orders o set site_id = c.site_id, hub_id = c.hub_id, day = c.day, window_from = c.window_from,
        window_to = c.window_to, status = c.status, total_fen = c.total_fen, shortage_rule = c.shortage_rule,
        note = c.note, request_hash = c.request_hash, version = c.version, hold_id = c.hold_id,
        approved_by = c.approved_by
      from unnest(${ids(orders)}::uuid[], ${of((o) => o.site.id)}::uuid[], ${of((o) => o.site.hubId)}::uuid[],
        ${of((o) => o.ask.day)}::text[], ${of((o) => o.ask.windowFrom)}::int4[], ${of((o) => o.ask.windowTo)}::int4[],
        ${of((o) => o.reply.status)}::text[], ${of((o) => o.reply.totalFen)}::int8[],
        ${of((o) => o.ask.shortageRule)}::text[], ${texts(orders.map((o) => o.ask.note))}::text[],
        ${of((o) => o.ask.hash)}::text[], ${of((o) => o.reply.version)}::int4[], ${of((o) => o.holdId)}::uuid[],
        ${of((o) => o.approvedBy)}::uuid[]) as c(id, site_id, hub_id, day, window_from, window_to, status,
        total_fen, shortage_rule, note, request_hash, version, hold_id, approved_by)
      where o.id = c.id`.execute(),
    // Promises go with their lines.
    sql`delete from order_lines where order_id = any(${ids(orders)}::uuid[])`.execute(),
  ])
}

function insertLines(sql: TransactionSql, orders: readonly PlacedOrder[]) {
  const rows = orders.flatMap((order) =>
    order.lines.map((line, i) => ({ ...line, orderId: order.ask.id, lineNo: i + 1 })),
  )
  const of = (pick: (row: (typeof rows)[number]) => string | number | null) => bareArray(rows.map(pick))
  return sql`
    insert into order_lines (id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price_centifen,
      base_per_price_unit, price_reason, tax_rate_bp, amount_fen, contract_line_id, price_basis)
    select id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price, per, reason, tax, amount,
      contract_line_id, basis::jsonb
    from unnest(${of((l) => l.id)}::uuid[], ${of((l) => l.orderId)}::uuid[], ${of((l) => l.lineNo)}::int4[],
      ${of((l) => l.sku.id)}::uuid[], ${of((l) => l.sku.supplierOrgId)}::uuid[], ${of((l) => l.units)}::int4[],
      ${of((l) => l.quantity)}::int8[], ${of((l) => l.priceCentifen)}::int8[],
      ${of((l) => l.sku.basePerPriceUnit)}::int8[], ${of((l) => l.priceReason)}::text[],
      ${of((l) => l.taxRateBp)}::int4[], ${of((l) => l.amountFen)}::int8[],
      ${of((l) => l.contractLineId)}::uuid[], ${rows.map((l) => l.priceBasis && JSON.stringify(l.priceBasis))}::text[])
      as l(id, order_id, line_no, sku_id, supplier_org_id, units, quantity, price, per, reason, tax, amount,
      contract_line_id, basis)`.execute()
}

function insertPromises(sql: TransactionSql, orders: readonly PlacedOrder[]) {
  const rows = orders.flatMap((order) =>
    order.lines.flatMap((line) => line.shares.map((share) => ({ ...share, lineId: line.id }))),
  )
  return sql`
    insert into promises (id, order_line_id, lot_id, quantity)
    select * from unnest(${bareArray(rows.map(() => newId()))}::uuid[], ${bareArray(rows.map((p) => p.lineId))}::uuid[],
      ${bareArray(rows.map((p) => p.lotId))}::uuid[], ${bareArray(rows.map((p) => p.quantity))}::int8[])`.execute()
}

/** The lots are locked; the statement still refuses to promise more than there is. */
async function moveLots(sql: TransactionSql, orders: readonly PlacedOrder[]): Promise<void> {
  const changes = new Map<string, number>()
  const add = (lotId: string, quantity: number) => changes.set(lotId, (changes.get(lotId) ?? 0) + quantity)
  for (const order of orders) {
    for (const { lotId, quantity } of order.before?.promises ?? []) add(lotId, -quantity)
    for (const line of order.lines) for (const { lotId, quantity } of line.shares) add(lotId, quantity)
  }
  const moved = await sql`
    update lots l set promised = l.promised + c.change
    from unnest(${bareArray(changes.keys())}::uuid[], ${bareArray(changes.values())}::int8[]) as c(id, change)
    where l.id = c.id and (c.change <= 0 or l.promised + c.change <= l.promisable)`.execute()
  assert(moved.count === changes.size, 'every promise is covered by its lot')
}

function transfersOf(order: PlacedOrder, salesAccounts: ReadonlyMap<string, string>): HoldTransfer[] {
  const { ask, account, before, eventId } = order
  const trace = { subjectId: ask.id, eventId, at: ask.now }
  const creditAccountId = salesAccounts.get(order.site.hubOrgId)
  assert(creditAccountId, 'the hub has a sales account')
  const hold: HoldTransfer = {
    id: order.holdId,
    kind: 'hold',
    debitAccountId: account.id,
    creditAccountId,
    amountFen: order.reply.totalFen,
    holdId: null,
    ...trace,
  }
  if (!before?.hold) return [hold]
  const { id: holdId, ...entry } = before.hold
  return [{ id: newId(), kind: 'void', holdId, ...entry, ...trace }, hold]
}

async function insertEvents(sql: TransactionSql, orders: readonly PlacedOrder[]): Promise<void> {
  const rows = orders.map((order) =>
    eventRow(
      order.ask,
      {
        type: order.before ? 'order.changed' : 'order.placed',
        subjectId: order.ask.id,
        orgId: order.site.orgId,
        hubId: order.site.hubId,
        payload: {
          orderId: order.ask.id,
          number: order.reply.number,
          day: order.ask.day,
          status: order.reply.status,
          totalFen: order.reply.totalFen,
          lines: order.lines.map(({ sku, quantity, shares }) => ({ skuId: sku.id, quantity, lots: shares })),
        },
      },
      order.eventId,
    ),
  )
  const of = (pick: (row: (typeof rows)[number]) => string | null) => bareArray(rows.map(pick))
  await Promise.all([
    sql`
      insert into events (id, type, at, person_id, actor_org_id, org_id, hub_id, subject_id, payload)
      select id, type, at, person_id, actor_org_id, org_id, hub_id, subject_id, payload::jsonb
      from unnest(${of((e) => e.id)}::uuid[], ${of((e) => e.type)}::text[],
        ${of((e) => e.at.toISOString())}::timestamptz[], ${of((e) => e.personId)}::uuid[],
        ${of((e) => e.actorOrgId)}::uuid[], ${of((e) => e.orgId)}::uuid[], ${of((e) => e.hubId)}::uuid[],
        ${of((e) => e.subjectId)}::uuid[], ${texts(rows.map((e) => JSON.stringify(e.payload)))}::text[])
        as e(id, type, at, person_id, actor_org_id, org_id, hub_id, subject_id, payload)`.execute(),
    sql`select pg_notify(${newsChannel}, '')`.execute(),
  ])
}
