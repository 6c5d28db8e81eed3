import { makeBuyer, makeHub, makeLot, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { lineAmountFen } from '@huming/shared/money'
import type { Role } from '@huming/shared/permissions'
import { expect } from 'vitest'
import type { Guest, TestApp } from '../test-app.ts'

type Over<F extends (...args: never[]) => unknown, I extends number> = Parameters<F>[I]
type OrderBody = ContractInput<Contracts['orders.place']>['body']
type Sku = Awaited<ReturnType<typeof makeSku>>
type Site = Awaited<ReturnType<typeof makeSite>>
export type Shop = { org: Awaited<ReturnType<typeof makeBuyer>>; site: Site; guest: Guest }

/** Hub, supplier and buyers of a test, and the words to order with. */
export async function testMarket(t: TestApp, rule: Over<typeof makeHub, 2> = {}) {
  const hub = await makeHub(t.db, {}, rule)
  const supplier = await makeSupplier(t.db)
  const today = serviceDayOf(new Date())
  const day: ServiceDay = addDays(today, 2)

  /** A pack of 10 kg cartons at 50.00 yuan per kg, so 500.00 yuan a carton, with cartons in one lot. */
  async function goods(
    cartons: number,
    over: Over<typeof makeSku, 2> = {},
    lot: Over<typeof makeLot, 4> = {},
  ) {
    const sku = await makeSku(t.db, supplier.id, over)
    const made = await makeLot(t.db, sku, hub.id, cartons * sku.basePerOrderUnit, lot)
    return { sku, lot: made }
  }

  async function shop(
    options: {
      org?: Over<typeof makeBuyer, 1>
      creditFen?: number | null
      site?: Over<typeof makeSite, 3>
      roles?: Role[]
    } = {},
  ): Promise<Shop> {
    const org = await makeBuyer(
      t.db,
      options.org,
      options.creditFen === undefined ? 100_000_000 : options.creditFen,
    )
    const site = await makeSite(t.db, org.id, hub.id, options.site)
    return { org, site, guest: await t.guest(org, options.roles ?? ['purchaser']) }
  }

  /** The body of an order for `[pack, units]` lines at list price. */
  function body(
    buyer: Pick<Shop, 'site'>,
    lines: readonly (readonly [Sku, number])[],
    over: Partial<OrderBody> = {},
  ): OrderBody {
    const expectedTotalFen = lines.reduce(
      (sum, [sku, units]) =>
        sum +
        lineAmountFen({
          priceCentifen: 500_000,
          pricingBase: sku.basePerPriceUnit,
          quantity: units * sku.basePerOrderUnit,
        }),
      0,
    )
    return {
      siteId: buyer.site.id,
      day,
      windowFrom: buyer.site.windowFrom,
      windowTo: buyer.site.windowTo,
      expectedTotalFen,
      lines: lines.map(([sku, units]) => ({ skuId: sku.id, units })),
      ...over,
    }
  }

  const put = (buyer: Pick<Shop, 'guest'>, order: OrderBody, id: string = newId()) =>
    t.call('orders.place', { params: { id }, body: order }, buyer.guest)

  /** Places and expects it to be accepted. */
  async function place(
    buyer: Shop,
    lines: readonly (readonly [Sku, number])[],
    over: Partial<OrderBody> = {},
  ) {
    const answer = await put(buyer, body(buyer, lines, over))
    expect(answer.problem?.code).toBeUndefined()
    return answer.body
  }

  return { hub, supplier, today, day, goods, shop, body, put, place }
}
export type Market = Awaited<ReturnType<typeof testMarket>>

/**
 * What must be true whatever happened: lots promise what lines were promised and no more than they may, accounts
 * hold what open holds say, orders cost what their lines cost.
 */
export async function expectSound(t: Pick<TestApp, 'sql'>): Promise<void> {
  const breaches = await t.sql`
    select 'lot' as what, l.id from lots l where l.promised <> (
        select coalesce(sum(p.quantity), 0) from promises p where p.lot_id = l.id and p.picked_quantity is null)
      or l.promised > l.promisable
    union all
    select 'account', a.id from ledger_accounts a where (a.debits_pending_fen, a.credits_pending_fen) <> (
      select coalesce(sum(t.amount_fen) filter (where t.debit_account_id = a.id), 0),
        coalesce(sum(t.amount_fen) filter (where t.credit_account_id = a.id), 0)
      from ledger_transfers t where t.kind = 'hold' and a.id in (t.debit_account_id, t.credit_account_id)
        and not exists (select 1 from ledger_transfers e where e.hold_id = t.id))
    union all
    select 'total', o.id from orders o
    where o.total_fen <> (select coalesce(sum(l.amount_fen), 0) from order_lines l where l.order_id = o.id)
    union all
    select 'hold', o.id from orders o left join ledger_transfers t on t.id = o.hold_id and t.kind = 'hold'
    where o.status in ('awaiting_approval', 'placed', 'frozen') and (t.id is null or t.amount_fen <> o.total_fen
      or exists (select 1 from ledger_transfers e where e.hold_id = t.id))
    union all
    select 'ended', o.id from orders o join ledger_transfers t on t.id = o.hold_id
    where o.status = 'cancelled' and not exists (select 1 from ledger_transfers e where e.hold_id = t.id)
    union all
    select 'line', l.id from order_lines l join orders o on o.id = l.order_id
    where o.status in ('awaiting_approval', 'placed', 'frozen') and l.quantity - l.cut_quantity <> (
      select coalesce(sum(p.quantity), 0) from promises p where p.order_line_id = l.id)
    union all
    select 'given back', l.id from order_lines l join orders o on o.id = l.order_id
      join promises p on p.order_line_id = l.id
    where o.status = 'cancelled'`
  expect(breaches).toEqual([])
}

/** Rows that an order can change; compared before and after what must change nothing. */
export async function stateOf(t: Pick<TestApp, 'sql'>): Promise<string> {
  const rows = await t.sql`
    select (select json_agg(x order by x.id) from orders x) as orders,
      (select json_agg(x order by x.id) from order_lines x) as lines,
      (select json_agg(x order by x.id) from promises x) as promises,
      (select json_agg(x order by x.id) from lots x) as lots,
      (select json_agg(x order by x.id) from ledger_accounts x) as accounts,
      (select count(*) from ledger_transfers) as transfers,
      (select count(*) from events where type like 'order.%') as events`
  return JSON.stringify(rows)
}
