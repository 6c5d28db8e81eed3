import { makeLot, makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { endStopped } from './end-stopped.ts'
import { expectGoodsSound, type TestNight, testNight } from './test-night.ts'

const t: TestApp = await testApp()
afterAll(() => t.close())

/** One thing that somebody does in the night; numbers choose among what there is. */
const act = fc.record({
  kind: fc.constantFrom(
    'place',
    'place',
    'arrive',
    'receive',
    'wave',
    'pick',
    'pick',
    'pick',
    'short',
    'hold',
    'fetch',
    'take',
    'check',
    'seal',
    'swap',
  ),
  a: fc.nat(1000),
  b: fc.nat(1000),
})
type Act = { kind: string; a: number; b: number }

/** A night with a few packs, lots here and on their way, and people who act at random. */
async function world(): Promise<World> {
  const n: TestNight = await testNight(t)
  const receiver = await t.guest({ id: n.hub.orgId, kind: 'warehouse' }, ['receiver'])
  const packs = [
    await n.goods(6, { handling: 'raw', loose: true }),
    await n.goods(3, { allergens: ['peanut'] }),
    await n.goods(8, { handling: 'ready_to_eat' }),
    await n.goods(5, { catchWeight: true, orderUnit: 'head' }),
  ]
  for (const { sku } of packs) await makeLot(t.db, sku, n.hub.id, 40_000, { useByDay: '2099-12-20' })
  const consignment = await onTheWay(
    n,
    packs.map(({ sku }) => sku),
  )
  const shops = [await n.shop(), await n.shop(), await n.shop()]
  const made = { n, receiver, packs, consignment, shops }
  await chooseHow(n, packs)
  for (let i = 0; i < 7; i++) await perform(made, { kind: 'place', a: i, b: i })
  await perform(made, { kind: 'wave', a: 0, b: 0 })
  return made
}
type World = {
  n: TestNight
  receiver: Guest
  packs: Awaited<ReturnType<TestNight['goods']>>[]
  consignment: Awaited<ReturnType<typeof onTheWay>>
  shops: Awaited<ReturnType<TestNight['shop']>>[]
}

/** One pack is put to stores, another by the lead's word; totes are weighed and too little goes to contracts first. */
async function chooseHow(n: TestNight, packs: { sku: { zone: string } }[]): Promise<void> {
  const hubId = n.hub.id
  const rule = {
    sequence: 1,
    method: 'put_to_store' as const,
    zone: packs[0]?.sku.zone as 'ambient',
    category: null,
    buyerClass: null,
    catchWeight: null,
    atDock: null,
    minSites: 2,
    maxPacks: null,
    note: '',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  }
  await t.call('picking.writePickRule', { params: { hubId, id: newId() }, body: rule }, n.lead)
  const {
    hubId: _,
    rules: __,
    ...settings
  } = (await t.call('picking.hubRules', { params: { hubId } }, n.lead)).body
  const body = { ...settings, checkRule: 'weigh' as const, shortageRule: 'contract_first' as const }
  await t.call('picking.writeHubRules', { params: { hubId }, body }, n.lead)
}

async function onTheWay(n: TestNight, skus: World['packs'][number]['sku'][]) {
  const lister = await t.guest(n.supplier, ['lister'])
  const id = newId()
  const lots = []
  for (const sku of skus)
    lots.push(await makeLot(t.db, sku, n.hub.id, 50_000, { stage: 'made', useByDay: '2099-11-30' }))
  const lines = lots.map((lot) => ({ lotId: lot.id, quantity: lot.quantity }))
  const body = { orgId: n.supplier.id, hubId: n.hub.id, lines }
  await t.call('supply.writeConsignment', { params: { id }, body }, lister)
  const times = {
    departsAt: new Date().toISOString(),
    expectedAt: new Date(Date.now() + 3_600_000).toISOString(),
  }
  const trip = { plate: '闽G12345', sealNumber: 'S', ...times, version: 1 }
  const sent = await t.call('supply.shipConsignment', { params: { id }, body: trip }, lister)
  expect(sent.problem?.code).toBeUndefined()
  return sent.body
}

const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

/** Does it; refusals are answers, too. Only a breach of the product itself (500) fails. */
async function perform(
  { n, receiver, packs, consignment, shops }: World,
  { kind, a, b }: Act,
): Promise<void> {
  const answer = await (async () => {
    switch (kind) {
      case 'place': {
        const buyer = one(shops, a) as (typeof shops)[number]
        const { sku } = one(packs, b) as (typeof packs)[number]
        const shortageRule = a % 3 === 0 ? 'cancel_line' : 'partial'
        return n.put(buyer, n.body(buyer, [[sku, (b % 4) + 1]], { shortageRule }))
      }
      case 'arrive':
        return t.call(
          'receiving.arrive',
          { params: { id: consignment.id }, body: { sealOk: 'ok' } },
          receiver,
        )
      case 'receive': {
        const line = one(consignment.lines, a) as (typeof consignment.lines)[number]
        const refused = (b % 6) * 10_000
        const body = { accepted: line.quantity - refused, refused, refuseReason: 'missing' as const }
        return t.call(
          'receiving.receiveLine',
          { params: { id: consignment.id, lineId: line.id }, body },
          receiver,
        )
      }
      case 'wave':
        return plannedAndReleased(n)
      case 'hold':
        if (a % 4 > 0) return undefined
        return t
          .call(
            'stock.holdLot',
            { params: { id: (one(packs, b) as (typeof packs)[number]).lot.id }, body: { reason: '复检' } },
            await foodSafety(),
          )
          .then(async (held) => {
            // What the event of the hold sets off.
            await endStopped(t.system(), (one(packs, b) as (typeof packs)[number]).lot.id)
            return held
          })
      case 'fetch':
        return fetchSome(n, a, b)
      case 'take':
      case 'check':
      case 'seal':
        return handleTote(n, kind, a, b)
      default:
        return pickOrShort(n, kind, a, b)
    }
  })()
  if (answer)
    expect([kind, answer.status < 500, answer.problem?.code]).toEqual([kind, true, answer.problem?.code])
}

let safety: Guest | undefined
async function foodSafety(): Promise<Guest> {
  if (!safety) {
    safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  }
  return safety
}

async function plannedAndReleased(n: TestNight) {
  await t.sql`update orders set status = 'frozen' where hub_id = ${n.hub.id} and status = 'placed'`
  const planned = await t.call(
    'picking.planWave',
    { params: { hubId: n.hub.id }, body: { day: n.day } },
    n.lead,
  )
  return planned.status === 200 ? n.release(planned.body.id) : planned
}

async function pickOrShort(n: TestNight, kind: string, a: number, b: number) {
  const rows = await t.sql<{ id: string; code: string; quantity: number; weighed: boolean }[]>`
    select t.id, l.code, t.quantity, k.catch_weight as weighed from pick_tasks t join waves w on w.id = t.wave_id
    join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id
    where w.hub_id = ${n.hub.id} and t.status = 'open' order by t.id limit 5`
  const task = one(rows, a)
  if (!task) return undefined
  const who = a % 2 ? n.picker : n.secondPicker
  const off = task.weighed ? Math.round(task.quantity * ((b % 11) - 5) * 0.01) : 0
  if (kind === 'swap') return swapLot(n, task, a)
  if (kind === 'pick') return n.pick(task.id, { lot: task.code, quantity: task.quantity + off }, who)
  const unit = 10_000
  const quantity = Math.min(task.quantity - 1, (b % 3) * unit)
  return n.short(
    task.id,
    {
      quantity: Math.max(0, quantity - (quantity % unit)),
      reason: one(['missing', 'damaged', 'misplaced'], b),
    },
    who,
  )
}

/** Another lot of the pack instead, with a reason, and no tote named: loose goods find their own. */
async function swapLot(n: TestNight, task: { id: string; quantity: number }, a: number) {
  const others = await t.sql<{ code: string }[]>`
    select o.code from pick_tasks t join lots l on l.id = t.lot_id
    join lots o on o.sku_id = l.sku_id and o.hub_id = l.hub_id and o.id <> l.id where t.id = ${task.id} order by o.id`
  const other = one(others, a)
  return other && n.pick(task.id, { lot: other.code, quantity: task.quantity, otherLotReason: '压在里面' })
}

async function fetchSome(n: TestNight, a: number, b: number) {
  const batches = await t.sql<{ id: string; lot: string; quantity: number }[]>`
    select b.id, l.code as lot, b.quantity from put_batches b join waves w on w.id = b.wave_id
    join lots l on l.id = b.lot_id where w.hub_id = ${n.hub.id} order by b.id limit 5`
  const batch = one(batches, a)
  if (!batch) return undefined
  const quantity = b % 2 ? batch.quantity : Math.max(0, batch.quantity - (b % 4) * 10_000)
  const body = { lot: batch.lot, quantity, reason: 'missing' as const }
  return t.call('picking.fetchBatch', { params: { id: batch.id }, body }, a % 2 ? n.picker : n.secondPicker)
}

async function handleTote(n: TestNight, kind: string, a: number, b: number) {
  const totes = await t.sql<{ code: string }[]>`
    select e.code from totes e join waves w on w.id = e.wave_id where w.hub_id = ${n.hub.id} order by e.id limit 8`
  const tote = one(totes, a)
  if (!tote) return undefined
  const params = { code: tote.code }
  const who = b % 2 ? n.picker : n.secondPicker
  if (kind === 'take') return t.call('picking.takeTote', { params, body: { id: newId() } }, who)
  if (kind === 'seal') return t.call('picking.sealTote', { params, body: {} }, who)
  const { expectedGrams } = (await t.call('picking.readTote', { params }, who)).body
  const body = { id: newId(), grossGrams: expectedGrams + (b % 3) * 1000 }
  return t.call('picking.checkTote', { params, body }, who)
}

test('whatever people do in whatever order, goods and promises stay true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const w = await world()
      for (const next of acts) await perform(w, next)
      await expectGoodsSound(t)
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 120_000)

test('and so they do when all act at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60 }), async (acts) => {
      const w = await world()
      await t.call(
        'receiving.arrive',
        { params: { id: w.consignment.id }, body: { sealOk: 'ok' } },
        w.receiver,
      )
      for (let i = 0; i < acts.length; i += 8)
        await Promise.all(acts.slice(i, i + 8).map((next) => perform(w, next)))
      await expectGoodsSound(t)
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 180_000)
