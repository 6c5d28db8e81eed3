import { makeLot } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { fillTotes, loadOf } from './fill-totes.ts'
import { ssccOf } from './hub-rules.ts'
import { choiceKey, chosenMethod, methodOf, rankOf } from './methods.ts'
import { shareShort } from './share.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const any = {
  zone: null,
  category: null,
  buyerClass: null,
  catchWeight: null,
  atDock: null,
  minSites: null,
  maxPacks: null,
}
const facts = {
  zone: 'ambient',
  category: 'citrus',
  buyerClass: 'snack_shop',
  catchWeight: false,
  atDock: false,
  sites: 40,
  packs: 60,
}

describe('rules', () => {
  test('the first rule that matches decides; by order where none does', () => {
    expect(methodOf([], facts)).toBe('by_order')
    const rules = [
      { ...any, method: 'cross_dock', atDock: true },
      { ...any, method: 'by_order', buyerClass: 'canteen_university' },
      { ...any, method: 'put_to_store', minSites: 30, maxPacks: 120 },
    ]
    expect(methodOf(rules, facts)).toBe('put_to_store')
    expect(methodOf(rules, { ...facts, atDock: true })).toBe('cross_dock')
    expect(methodOf(rules, { ...facts, buyerClass: 'canteen_university' })).toBe('by_order')
    expect(methodOf(rules, { ...facts, sites: 29 })).toBe('by_order')
    expect(methodOf(rules, { ...facts, packs: 121 })).toBe('by_order')
    expect(methodOf([{ ...any, method: 'cross_dock', category: 'A3' }], facts)).toBe('cross_dock')
    expect(methodOf([{ ...any, method: 'cross_dock', category: 'A1' }], facts)).toBe('by_order')
    expect(methodOf([{ ...any, method: 'cross_dock', catchWeight: true, zone: 'ambient' }], facts)).toBe(
      'by_order',
    )
  })

  test('the narrowest choice of the lead wins', () => {
    const choices = new Map([
      [choiceKey(null, null), 'by_order'],
      [choiceKey(null, 's'), 'put_to_store'],
      [choiceKey('o', 's'), 'cross_dock'],
    ])
    expect(chosenMethod(choices, 'o', 's')).toBe('cross_dock')
    expect(chosenMethod(choices, 'p', 's')).toBe('put_to_store')
    expect(chosenMethod(choices, 'p', 'r')).toBe('by_order')
    expect(chosenMethod(new Map(), 'p', 'r')).toBeNull()
  })

  test('contracts first, then classes as the hub orders them', () => {
    const order = ['canteen_university', 'snack_shop', '*']
    const ranks = [
      rankOf(order, 'canteen_university', true),
      rankOf(order, 'wholesale', true),
      rankOf(order, 'canteen_university', false),
      rankOf(order, 'snack_shop', false),
      rankOf(order, 'wholesale', false),
    ]
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })

  const line = (lineId: string, need: number, rank = 0) => ({ lineId, need, allOrNothing: false, rank })
  test('three ways to share the same shortage', () => {
    const lines = [line('shop', 60, 2), line('canteen', 40, 0), line('stall', 20, 2)]
    const got = (rule: 'contract_first' | 'pro_rata' | 'equal_share') =>
      shareShort(lines, 60, 10, rule).map((one) => one.quantity)
    expect(got('pro_rata')).toEqual([30, 20, 10])
    expect(got('equal_share')).toEqual([20, 20, 20])
    expect(got('contract_first')).toEqual([20, 40, 0])
    expect(
      shareShort([line('a', 10), line('b', 50)], 40, 10, 'equal_share').map((one) => one.quantity),
    ).toEqual([10, 30])
  })

  test('property: no rule gives more than there is or than is wanted, and none leaves goods lying', () => {
    const rules = ['contract_first', 'pro_rata', 'equal_share'] as const
    const lines = fc.array(fc.record({ need: fc.integer({ min: 1, max: 30 }), rank: fc.nat(3) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(lines, fc.nat(200), fc.constantFrom(...rules), (wants, supply, rule) => {
        const asked = wants.map(({ need, rank }, i) => line(String(i), need * 5, rank))
        const all = asked.reduce((sum, one) => sum + one.need, 0)
        const here = Math.min(supply * 5, all)
        const got = shareShort(asked, here, 5, rule).map((one) => one.quantity)
        expect(got.reduce((sum, one) => sum + one, 0)).toBe(here)
        for (const [i, one] of got.entries()) expect(one).toBeLessThanOrEqual(asked[i]?.need ?? 0)
      }),
    )
  })

  const kinds = [
    { kind: 'crate', grams: 25_000, millilitres: 60_000, tareGrams: 2000 },
    { kind: 'cage', grams: 300_000, millilitres: 900_000, tareGrams: 28_000 },
  ]
  test('property: totes keep apart what must be apart, lose nothing and hold no more than they can', () => {
    const portion = fc.record({
      orderId: fc.constantFrom('o1', 'o2'),
      zone: fc.constantFrom('ambient', 'chilled'),
      separation: fc.constantFrom('raw', 'ready_to_eat', 'packed_peanut'),
      loose: fc.boolean(),
      lotId: fc.constantFrom('l1', 'l2', 'l3'),
      units: fc.integer({ min: 1, max: 60 }),
      unitGrams: fc.integer({ min: 100, max: 30_000 }),
    })
    fc.assert(
      fc.property(fc.array(portion, { minLength: 1, maxLength: 20 }), (list) => {
        const portions = list.map(({ units, loose, lotId, ...one }, i) => ({
          ...one,
          lotId,
          lineId: String(i),
          looseLotId: loose ? lotId : null,
          unit: 10,
          quantity: units * 10,
          unitMillilitres: 1000,
        }))
        const filled = fillTotes(portions, kinds)
        for (const one of portions) {
          const parts = filled.filter((part) => part.lineId === one.lineId)
          expect(parts.reduce((sum, part) => sum + part.quantity, 0)).toBe(one.quantity)
          for (const { tote, quantity } of parts) {
            expect([tote.orderId, tote.zone, tote.separation, tote.looseLotId]).toEqual([
              one.orderId,
              one.zone,
              one.separation,
              one.looseLotId,
            ])
            expect(quantity % 10).toBe(0)
          }
        }
        for (const [tote, parts] of Map.groupBy(filled, (part) => part.tote)) {
          const grams = parts.reduce((sum, part) => sum + loadOf(part, part.quantity).grams, 0)
          const units = parts.reduce((sum, part) => sum + part.quantity / 10, 0)
          const size = kinds.find((kind) => kind.kind === tote.kind)?.grams ?? 0
          expect(grams <= size || units === 1).toBe(true)
        }
      }),
    )
  })

  test('serials beyond the room of the prefix go on in the extension digit', () => {
    expect(ssccOf('6901234567', 999_999)).toMatch(/^06901234567999999\d$/)
    expect(ssccOf('6901234567', 1_000_000)).toMatch(/^16901234567000000\d$/)
  })
})

describe('waves', () => {
  let t: TestApp
  let n: TestNight
  beforeEach(async () => {
    t ??= await testApp()
    n = await testNight(t)
  })
  afterAll(() => t.close())

  const rule = (over: object, hubId = n.hub.id, id: string = newId()) =>
    t.call(
      'picking.writePickRule',
      {
        params: { hubId, id },
        body: {
          ...any,
          sequence: 10,
          method: 'put_to_store',
          note: '',
          validFrom: '2020-01-01',
          validTo: '2099-12-31',
          ...over,
        },
      },
      n.lead,
    )

  test('rules are dated, belong to a hub and are read back', async () => {
    expect((await rule({ validFrom: '2026-02-01', validTo: '2026-01-01' })).problem.code).toBe('times_wrong')
    expect((await rule({ category: 'Z9' })).problem.code).toBe('unknown_category')
    const id = newId()
    expect((await rule({ minSites: 2 }, n.hub.id, id)).body.rules).toHaveLength(1)
    const other = await testNight(t)
    const taken = await t.call(
      'picking.writePickRule',
      {
        params: { hubId: other.hub.id, id },
        body: {
          ...any,
          sequence: 1,
          method: 'by_order',
          note: '',
          validFrom: '2020-01-01',
          validTo: '2099-12-31',
        },
      },
      other.lead,
    )
    expect(taken.problem.code).toBe('not_found')
    const stale = {
      ...(await t.call('picking.hubRules', { params: { hubId: n.hub.id } }, n.lead)).body,
      version: 3,
    }
    const { hubId: _, rules: __, ...body } = stale
    expect(
      (await t.call('picking.writeHubRules', { params: { hubId: n.hub.id }, body }, n.lead)).problem.code,
    ).toBe('stale_version')
  })

  async function twoShops(cartons = 10, units: readonly number[] = [2, 3]) {
    const goods = await n.goods(cartons)
    const orders = []
    for (const count of units) orders.push(await n.place(await n.shop(), [[goods.sku, count]]))
    return { ...goods, orders, id: await n.plan() }
  }
  const batches = async (id: string) =>
    (await t.call('picking.listBatches', { params: { id }, query: {} }, n.picker)).body.items
  const fetch = (id: string, body: object, who = n.picker) =>
    t.call('picking.fetchBatch', { params: { id }, body: body as { lot: string; quantity: number } }, who)

  test('put to store: fetched once to the wall, put store by store, the rest goes back', async () => {
    await rule({ minSites: 2 })
    const { id, lot } = await twoShops()
    const preview = await t.call('picking.readWave', { params: { id } }, n.lead)
    expect(preview.body.preview[0]?.methods).toEqual({ put_to_store: 2, by_order: 0, cross_dock: 0 })
    expect((await n.release(id)).body.summary).toMatchObject({ by_put_to_store: 2 })
    const [batch] = await batches(id)
    expect(batch).toMatchObject({
      quantity: 50_000,
      status: 'open',
      sites: 2,
      openTasks: 2,
      lotCode: lot.code,
    })
    const one = batch?.id ?? ''
    expect((await fetch(one, { lot: 'NOPE-1', quantity: 50_000 })).problem.code).toBe('wrong_lot')
    expect((await fetch(one, { lot: lot.code, quantity: 60_000 })).problem.code).toBe('over_pick')
    expect((await fetch(one, { lot: lot.code, quantity: 40_000 })).problem.code).toBe('reason_missing')
    expect((await fetch(one, { lot: lot.code, quantity: 35_000, reason: 'missing' })).problem.code).toBe(
      'off_step',
    )
    expect((await fetch(one, { lot: lot.code, quantity: 50_000 })).body).toMatchObject({
      status: 'fetched',
      atWall: 50_000,
      wallCode: 'AM-W01',
    })
    expect((await fetch(one, { lot: lot.code, quantity: 50_000 })).status).toBe(200)
    expect((await fetch(one, { lot: lot.code, quantity: 50_000 }, n.secondPicker)).problem.code).toBe(
      'wrong_state',
    )
    await expectGoodsSound(t)
    const back = () => t.call('picking.putBack', { params: { id: one }, body: {} }, n.picker)
    expect((await back()).problem.code).toBe('wrong_state')
    const tasks = await n.tasks(id, { batchId: one })
    for (const task of tasks)
      await n.pick(task.id, { lot: lot.code, quantity: task.quantity, tote: task.toteCode })
    expect(await batches(id)).toMatchObject([{ status: 'done', atWall: 0, openTasks: 0 }])
    expect((await back()).body.atWall).toBe(0)
    expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 50_000, promisable: 50_000, promised: 0 })
    await expectGoodsSound(t)
  })

  test('less at the bin than the stores want is shared by the rule of the hub, the rest replaced or cut', async () => {
    await rule({ minSites: 2 })
    const { id, lot, sku, orders } = await twoShops(5, [2, 3])
    await makeLot(t.db, sku, n.hub.id, 10_000, { useByDay: '2099-12-20' })
    await n.release(id)
    const [batch] = await batches(id)
    const answer = await fetch(batch?.id ?? '', { lot: lot.code, quantity: 30_000, reason: 'missing' })
    expect(answer.problem?.code).toBeUndefined()
    const open = await n.tasks(id, { status: 'open' })
    const sum = open.reduce((all, task) => all + task.quantity, 0)
    expect([sum, open.length]).toEqual([40_000, 3])
    const cuts = await Promise.all(
      orders.map(async (order) => (await n.linesOf(order.id))[0]?.['cut_quantity']),
    )
    expect(cuts.reduce<number>((all, cut) => all + Number(cut), 0)).toBe(10_000)
    expect(await n.lotOf(lot.id)).toMatchObject({ on_hand: 50_000, promisable: 30_000, promised: 30_000 })
    await expectGoodsSound(t)
  })

  test('cross-dock: what never left the dock is sorted there by store', async () => {
    await rule({ method: 'cross_dock', atDock: true })
    const { id, lot } = await twoShops()
    await t.sql`update bins set kind = 'dock' where id in (select bin_id from bin_stock where lot_id = ${lot.id})`
    await n.release(id)
    expect(await batches(id)).toMatchObject([{ method: 'cross_dock', status: 'fetched', quantity: 50_000 }])
  })

  test('the lead decides otherwise for a planned wave, once released no more', async () => {
    const { id, sku, orders } = await twoShops()
    const choose = (body: object, choiceId: string = newId()) =>
      t.call(
        'picking.chooseMethod',
        {
          params: { id, choiceId },
          body: { method: 'put_to_store', reason: '夜班人手少', ...body } as never,
        },
        n.lead,
      )
    expect((await choose({ skuId: (await n.goods(1)).sku.id })).problem.code).toBe('not_found')
    expect((await choose({ orderId: newId() })).problem.code).toBe('not_found')
    expect((await choose({ skuId: sku.id })).body).toHaveLength(1)
    const [first] = orders
    expect((await choose({ skuId: sku.id, orderId: first?.id, method: 'by_order' })).body).toHaveLength(2)
    expect((await choose({ method: 'cross_dock' })).body).toHaveLength(3)
    expect((await choose({ method: null })).body).toHaveLength(2)
    await n.release(id)
    const tasks = await n.tasks(id)
    expect(tasks.map((task) => [task.orderId === first?.id, task.method]).sort()).toEqual([
      [false, 'put_to_store'],
      [true, 'by_order'],
    ])
    expect((await choose({})).problem.code).toBe('wrong_state')
  })

  test('a wave is parted by district; all or nothing of it is refused', async () => {
    const { sku } = await n.goods(10)
    await n.place(await n.shop({ site: { districtCode: '310109' } }), [[sku, 1]])
    await n.place(await n.shop({ site: { districtCode: '310115' } }), [[sku, 1]])
    const id = await n.plan()
    const split = (districts: string[], newWave: string = newId()) =>
      t.call('picking.splitWave', { params: { id }, body: { id: newWave, districts } }, n.lead)
    expect((await split(['310101'])).problem.code).toBe('wave_empty')
    expect((await split(['310109', '310115'])).problem.code).toBe('wave_empty')
    const second = newId()
    expect((await split(['310115'], second)).body).toMatchObject({ seq: 2, orders: 1, status: 'planned' })
    expect((await split(['310115'], second)).status).toBe(200)
    await n.release(second)
    await n.release(id)
    expect((await n.tasks(id)).length + (await n.tasks(second)).length).toBe(2)
    expect((await split(['310109'])).problem.code).toBe('wrong_state')
  })

  test('too little is shared as the hub wants it, and each buyer is told by which rule', async () => {
    const {
      hubId: _,
      rules: __,
      ...settings
    } = (await t.call('picking.hubRules', { params: { hubId: n.hub.id } }, n.lead)).body
    await t.call(
      'picking.writeHubRules',
      { params: { hubId: n.hub.id }, body: { ...settings, shortageRule: 'contract_first' } },
      n.lead,
    )
    const { sku, lot } = await n.goods(3)
    const more = await makeLot(t.db, sku, n.hub.id, 60_000, { stage: 'made' })
    const shop = await n.shop()
    const canteen = await n.shop({ org: { buyerClass: 'canteen_university' } })
    const shopOrder = await n.place(shop, [[sku, 3]])
    const canteenOrder = await n.place(canteen, [[sku, 3]])
    expect(more.stage).toBe('made')
    const id = await n.plan()
    await n.release(id)
    expect((await n.linesOf(canteenOrder.id))[0]).toMatchObject({ cut_quantity: 0 })
    expect(await n.orderOf(shopOrder.id)).toBe('cancelled')
    const told = await t.sql`select key from notices where org_id = ${shop.org.id}`
    expect(told.map((row) => row['key'])).toContain('notice.line_cut.contract_first')
    const read = await t.call('orders.read', { params: { id: shopOrder.id } }, shop.guest)
    expect(read.body.lines[0]).toMatchObject({ cutReason: 'late_supply', cutRule: 'contract_first' })
    expect(await n.lotOf(lot.id)).toMatchObject({ promised: 30_000 })
  })
})
