import { makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import type { BinKind } from '@huming/shared/reference/bins'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { expectGoodsSound } from '../picking/test-night.ts'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { reconcile } from '../reports/run-audit.ts'
import { type TestApp, testApp } from '../test-app.ts'

const t: TestApp = await testApp()
afterAll(() => t.close())

const kinds = [
  'place',
  'place',
  'wave',
  'pick',
  'pick',
  'short',
  'put',
  'put',
  'hold',
  'decide',
  'apart',
  'dispose',
  'witness',
  'back',
  'ask',
  'ship',
  'unload',
  'open',
  'count',
  'count',
  'settle',
  'stop',
  'release',
] as const
type Kind = (typeof kinds)[number]
type Act = { kind: Kind; a: number; b: number; c: number }
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
})

type Pack = Awaited<ReturnType<Stores['goods']>>
type World = { s: Stores; packs: Pack[]; shops: Awaited<ReturnType<Stores['shop']>>[]; binIds: string[] }

async function world(): Promise<World> {
  const s = await testStores(t)
  const packs = [
    await s.goods(8),
    await s.goods(5),
    await s.goods(6, { catchWeight: true, orderUnit: 'head' }),
  ]
  for (const { sku } of packs) await makeLot(t.db, sku, s.hub.id, 40_000, { useByDay: '2099-12-20' })
  const binIds: string[] = []
  for (const kind of ['dock', 'pick_face', 'reserve', 'quarantine', 'returns', 'destroy'] satisfies BinKind[])
    binIds.push((await s.bin(kind)).id)
  return { s, packs, shops: [await s.shop(), await s.shop()], binIds }
}

const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]
const idOf = async (
  query: ReturnType<TestApp['sql']>,
  at: number,
): Promise<Record<string, string> | undefined> =>
  one((await query) as unknown as Record<string, string>[], at)

/** A lot with so much of it somewhere in the warehouse or its sub-centre. */
async function somewhere({ s }: World, at: number) {
  return one(
    await t.sql<{ lot: string; bin: string; quantity: number; sku: string; hub: string }[]>`
      select x.lot_id as lot, x.bin_id as bin, x.quantity, l.sku_id as sku, l.hub_id as hub
      from bin_stock x join lots l on l.id = x.lot_id where l.hub_id in (${s.hub.id}, ${s.sub.id}) and x.quantity > 0
      order by x.lot_id, x.bin_id`,
    at,
  )
}

/** Does it; refusals are answers, too. Only a breach of the product itself (500) fails. */
async function perform(w: World, next: Act): Promise<void> {
  const answer = await (['place', 'wave', 'pick', 'short'].includes(next.kind)
    ? sell(w, next)
    : ['open', 'count', 'settle'].includes(next.kind)
      ? countBins(w, next)
      : ['ask', 'ship', 'unload'].includes(next.kind)
        ? transfer(w, next)
        : carry(w, next))
  if (answer)
    expect([next.kind, answer.status < 500, answer.problem?.code]).toEqual([
      next.kind,
      true,
      answer.problem?.code,
    ])
}

async function sell({ s, packs, shops }: World, { kind, a, b }: Act) {
  if (kind === 'place') {
    const buyer = one(shops, a) as (typeof shops)[number]
    const body = s.body(buyer, [[(one(packs, b) as Pack).sku, (b % 4) + 1]])
    return t.call('orders.place', { params: { id: newId() }, body }, buyer.guest)
  }
  if (kind === 'wave') {
    await t.sql`update orders set status = 'frozen' where hub_id = ${s.hub.id} and status = 'placed'`
    const planned = await t.call(
      'picking.planWave',
      { params: { hubId: s.hub.id }, body: { day: s.day } },
      s.lead,
    )
    return planned.status === 200 ? s.release(planned.body.id) : planned
  }
  const task = one(
    await t.sql<{ id: string; code: string; quantity: number }[]>`
      select t.id, l.code, t.quantity from pick_tasks t join waves w on w.id = t.wave_id join lots l on l.id = t.lot_id
      where w.hub_id = ${s.hub.id} and t.status = 'open' order by t.id limit 5`,
    a,
  )
  if (!task) return undefined
  if (kind === 'pick') return s.pick(task.id, { lot: task.code, quantity: task.quantity })
  const quantity = Math.min(task.quantity - 10_000, (b % 3) * 10_000)
  return s.short(task.id, {
    quantity: Math.max(0, quantity),
    reason: one(['missing', 'damaged', 'misplaced'], b),
  })
}

async function carry(w: World, { kind, a, b, c }: Act) {
  const { s, binIds, packs } = w
  if (kind === 'decide') {
    const row = await idOf(
      t.sql`select id from quarantines where hub_id in (${s.hub.id}, ${s.sub.id}) and status in ('waiting', 'testing') order by id`,
      a,
    )
    return row && s.decide(row['id'] as string, b % 3 > 0)
  }
  if (kind === 'witness') {
    const row = await idOf(
      t.sql`select id from disposals where hub_id = ${s.hub.id} and status = 'written' order by id`,
      a,
    )
    return row && s.witness(row['id'] as string)
  }
  if (kind === 'back') return s.takeBack((one(packs, a) as Pack).lot.id, (b % 9) * 1000 + 1)
  const place = await somewhere(w, a)
  if (!place) return undefined
  const part = Math.max(1, Math.trunc((place.quantity * ((b % 4) + 1)) / 4))
  if (kind === 'put') return s.put(place.lot, place.bin, one(binIds, c) as string, part)
  if (kind === 'hold') return s.hold(place.lot, place.bin, part)
  if (kind === 'apart') return s.setApart(place.lot, place.bin, part)
  if (kind === 'dispose') return s.dispose(place.lot, place.bin, part)
  if (a % 3 > 0) return undefined
  const verb = kind === 'stop' ? ('stock.holdLot' as const) : ('stock.releaseLot' as const)
  return t.call(verb, { params: { id: place.lot }, body: { reason: '复检' } }, s.safety)
}

async function transfer(w: World, { kind, a, b }: Act) {
  const { s, packs } = w
  const ends = a % 4 === 0 ? { fromHubId: s.sub.id, toHubId: s.hub.id } : {}
  if (kind === 'ask')
    return s.ask([{ skuId: (one(packs, b) as Pack).sku.id, quantity: 40_000 }], newId(), ends)
  if (kind === 'ship') {
    const row = await idOf(
      t.sql`select t.id, l.id as lot from transfers t join transfer_lines y on y.transfer_id = t.id
        join lots l on l.sku_id = y.sku_id and l.hub_id = t.from_hub_id where t.status = 'asked'
        and t.from_hub_id in (${s.hub.id}, ${s.sub.id}) order by t.id, l.id`,
      a,
    )
    const load = row && {
      lotId: row['lot'] as string,
      quantity: ((b % 4) + 1) * 7000,
      laterLotReason: b % 2 ? '示例' : '',
    }
    return load && s.ship(row['id'] as string, [load])
  }
  const row = await idOf(
    t.sql`select t.id, y.id as line, y.quantity::text from transfers t join transfer_lots y on y.transfer_id = t.id
      where t.status = 'shipped' and t.to_hub_id in (${s.hub.id}, ${s.sub.id}) order by t.id`,
    a,
  )
  const received = row && Math.max(0, Number(row['quantity']) - (b % 3) * 1000)
  return (
    row &&
    s.unload(
      row['id'] as string,
      [{ id: row['line'] as string, received: received as number, shortReason: '途中破损' }],
      b % 5 > 0,
    )
  )
}

async function countBins({ s, binIds }: World, { kind, a, b, c }: Act) {
  if (kind === 'open') {
    await s.openCount(one(binIds, a) as string)
    return undefined
  }
  const status = kind === 'settle' ? ['review'] : ['open', 'recount']
  const row = await idOf(
    t.sql`select id, bin_id from bin_counts where hub_id = ${s.hub.id} and status in ${t.sql(status)} order by id`,
    a,
  )
  if (!row) return undefined
  if (kind === 'settle') return s.settle(row['id'] as string, b % 4 > 0)
  const startedAt = new Date()
  const lying = await t.sql<{ lot: string; quantity: number }[]>`
    select lot_id as lot, quantity from bin_stock where bin_id = ${row['bin_id'] as string} and quantity > 0`
  const lines = lying.map(({ lot, quantity }, i) => ({
    lotId: lot,
    quantity: Math.max(0, quantity + (i === b % 3 ? ((c % 5) - 2) * 1000 : 0)),
  }))
  return s.count(row['id'] as string, lines, a % 2 ? s.receiver : s.picker, startedAt)
}

/** Nothing in the goods contradicts anything else, and what the law forbids has not happened. */
async function expectStoresSound(): Promise<void> {
  await expectGoodsSound(t)
  const audits = (await reconcile(t)).filter((check) => goodsChecks.has(check.name) && check.breachCount > 0)
  expect(audits).toEqual([])
}
const goodsChecks = new Set<string>([
  'lot_not_overpromised',
  'promises_sum_to_lot',
  'movements_sum_to_on_hand',
  'movements_sum_to_bins',
  'picked_within_received',
  'quarantines_match_bins',
  'transfers_account_for_all',
  'returned_goods_stay_apart',
  'nothing_expired_is_released',
])

test('whatever is done with goods in whatever order, bins, movements, lots and promises agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 90 }), async (acts) => {
      const w = await world()
      for (const next of acts) await perform(w, next)
      await expectStoresSound()
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 180_000)

test('and so they do when all is done at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 40, maxLength: 100 }), async (acts) => {
      const w = await world()
      for (let i = 0; i < acts.length; i += 8)
        await Promise.all(acts.slice(i, i + 8).map((next) => perform(w, next)))
      await expectStoresSound()
    }),
    { numRuns: 6, endOnFailure: true },
  )
}, 240_000)
