import { makeLot, makeOrg, makeSku, makeSupplier } from '@huming/db/factories'
import { addDays, type ServiceDay } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound, type Market, testMarket } from '../orders/test-market.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { weekOf } from './forecast-rules.ts'
import { learnConfidence } from './learn-confidence.ts'

let t: TestApp
let m: Market
let lister: Guest
let admin: Guest
beforeAll(async () => {
  t = await testApp()
  m = await testMarket(t)
  lister = await t.guest(m.supplier, ['lister'])
  admin = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
})
afterAll(() => t.close())

/** The next week, all of whose days lie ahead. */
const nextWeek = (): ServiceDay => addDays(weekOf(m.today), 7)
const pack = (over: object = {}, product: object = {}) =>
  makeSku(t.db, m.supplier.id, { shelfLifeDays: 20, ...over }, { product })
const cell = (sku: { id: string }, over: object = {}) => ({
  lotId: newId(),
  skuId: sku.id,
  week: nextWeek() as string,
  quantity: 500_000,
  harvestDay: addDays(nextWeek(), 2) as string,
  version: 0,
  ...over,
})
type Cell = ReturnType<typeof cell>
const write = (cells: Cell[], who = lister, over: object = {}) =>
  t.call('forecasts.write', { body: { orgId: m.supplier.id, hubId: m.hub.id, cells, ...over } }, who)
const grid = async (who = lister) =>
  (await t.call('forecasts.read', { query: { orgId: m.supplier.id, hubId: m.hub.id } }, who)).body
const rowOf = async (sku: { id: string }) => (await grid()).rows.find((row) => row.skuId === sku.id)
const lotOf = async (id: string) =>
  (
    await t.sql`select stage, quantity, promisable, promised, cap_bp, ready_day, version from lots where id = ${id}`
  )[0]

test('what cannot be forecast is refused cell by cell, and nothing of the request is kept', async () => {
  const sku = await pack()
  const summer = await pack({}, { seasons: [{ from: '02-01', to: '02-02', peak: false }] })
  const good = cell(sku)
  const refused = async (bad: Cell) => {
    const answer = await write([good, bad])
    return [answer.problem.code, answer.problem.pointers?.[0]]
  }
  const at = (reason: string) => ({ pointer: '/body/cells/1', reason })
  const other = await pack()
  expect(await refused(cell(other, { week: addDays(nextWeek(), 1) }))).toEqual([
    'bad_input',
    at('not_monday'),
  ])
  expect(await refused(cell(other, { harvestDay: addDays(nextWeek(), 7) }))).toEqual([
    'harvest_outside_week',
    at('harvest_outside_week'),
  ])
  const past = addDays(nextWeek(), -14)
  expect(await refused(cell(other, { week: past, harvestDay: past }))).toEqual([
    'forecast_past',
    at('forecast_past'),
  ])
  const far = addDays(nextWeek(), 70)
  expect(await refused(cell(other, { week: far, harvestDay: far }))).toEqual(['bad_input', at('too_far')])
  expect(await refused(cell(summer))).toEqual(['out_of_season', at('out_of_season')])
  expect(await refused(cell(sku))).toEqual(['bad_input', at('twice')])
  expect(await refused(cell(other, { version: 3 }))).toEqual(['stale_version', at('stale')])
  expect(await lotOf(good.lotId)).toBeUndefined()
  const theirs = await makeSku(t.db, (await makeSupplier(t.db)).id)
  expect((await write([cell(theirs)])).problem.code).toBe('not_found')
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  expect((await write([good], stranger)).problem.code).toBe('not_found')
  const receiver = await t.guest({ id: m.hub.orgId, kind: 'warehouse' }, ['receiver'])
  expect((await write([good], receiver)).problem.code).toBe('forbidden')
  expect((await write([good], lister, { hubId: newId() })).problem.code).toBe('not_found')
})

test('a cell is a planned lot; the same cell again changes nothing; an older screen is told', async () => {
  const sku = await pack()
  const one = cell(sku)
  const first = await write([one])
  expect(first.status).toBe(200)
  expect(await lotOf(one.lotId)).toMatchObject({
    stage: 'planned',
    quantity: 500_000,
    promisable: 350_000,
    cap_bp: 7000,
  })
  expect((await write([one])).body).toEqual(first.body)
  const another = await write([cell(sku)])
  expect(another.problem.code).toBe('stale_version')
  const more = { ...one, quantity: 600_000, version: 1 }
  const second = await write([more])
  expect(second.body.items[0]).toMatchObject({ quantity: 600_000, promisable: 420_000, version: 2 })
  expect((await write([more])).body).toEqual(second.body)
  expect((await write([{ ...one, quantity: 1000, version: 1 }])).problem.code).toBe('stale_version')
  const seen = await rowOf(sku)
  expect(seen?.cells.map((each) => each.forecasts.length)).toEqual([0, 0, 1, 0])
  expect(seen?.cells[2]).toMatchObject({
    forecasts: [{ lotId: one.lotId, quantity: 600_000, version: 2, harvestDay: one.harvestDay }],
    said: [{ harvestDay: one.harvestDay, quantity: 600_000 }],
    inSeason: true,
  })
  const gone = await write([{ ...one, quantity: 0, version: 2 }])
  expect(gone.body.items[0]).toMatchObject({ stage: 'withdrawn', promisable: 0 })
  expect((await write([{ ...one, quantity: 0, version: 2 }])).body).toEqual(gone.body)
  const again = cell(sku, { quantity: 90_000 })
  expect((await write([again])).status).toBe(200)
  const friday = cell(sku, { quantity: 30_000, harvestDay: addDays(nextWeek(), 4) })
  expect((await write([friday])).status).toBe(200)
  const moved = { ...friday, harvestDay: again.harvestDay, version: 1 }
  expect((await write([moved])).problem.code).toBe('stale_version')
  expect((await rowOf(sku))?.cells[2]?.forecasts).toMatchObject([
    { lotId: again.lotId, quantity: 90_000 },
    { lotId: friday.lotId, quantity: 30_000 },
  ])
})

test('two phones that save the same cell at once make one forecast', async () => {
  const sku = await pack()
  const answers = await Promise.all([write([cell(sku)]), write([cell(sku)]), write([cell(sku)])])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  expect(await t.sql`select 1 from lots where sku_id = ${sku.id}`).toHaveLength(1)
})

test('buyers may order a forecast up to its cap; less harvest moves or cuts at once, a lower trust never', async () => {
  const sku = await pack()
  const one = cell(sku)
  await write([one])
  const buyer = await m.shop()
  const day = (await lotOf(one.lotId))?.['ready_day'] as string
  const over = await m.put(buyer, m.body(buyer, [[sku, 36]], { day }))
  expect(over.problem.code).toBe('not_available')
  const order = await m.place(buyer, [[sku, 30]], { day })
  expect((await write([{ ...one, quantity: 0, version: 1 }])).problem.code).toBe('lot_promised')
  const late = { ...one, harvestDay: addDays(nextWeek(), 5) as string, version: 1 }
  expect((await write([late])).problem.code).toBe('harvest_promised')
  const set = await t.call(
    'forecasts.overrideConfidence',
    { params: { skuId: sku.id }, body: { bp: 1000, reason: '台风（示例）', until: addDays(m.today, 9) } },
    admin,
  )
  expect(set.body).toMatchObject({ bp: 1000, source: 'override' })
  expect(await lotOf(one.lotId)).toMatchObject({ cap_bp: 1000, promised: 300_000, promisable: 300_000 })
  const less = await write([{ ...one, quantity: 200_000, version: 1 }])
  expect(less.body.items[0]).toMatchObject({ quantity: 200_000, promised: 200_000, promisable: 200_000 })
  const [line] = await t.sql`select cut_quantity, cut_reason from order_lines where order_id = ${order.id}`
  expect(line).toEqual({ cut_quantity: 100_000, cut_reason: 'supply_short' })
  await expectSound(t)
})

test('only operations override, with an end and a reason; taken back, the record holds again', async () => {
  const sku = await pack()
  const one = cell(sku)
  await write([one])
  const override = (body: object, who: Guest) =>
    t.call('forecasts.overrideConfidence', { params: { skuId: sku.id }, body: body as never }, who)
  const good = { bp: 9000, reason: '连续三年准时', until: addDays(m.today, 30) }
  expect((await override(good, lister)).problem.code).toBe('forbidden')
  expect((await override({ ...good, until: null }, admin)).problem.code).toBe('bad_input')
  expect((await override({ ...good, until: addDays(m.today, -1) }, admin)).problem.code).toBe('bad_input')
  expect((await override({ ...good, reason: '' }, admin)).problem.code).toBe('bad_input')
  expect((await override({ ...good, bp: 10_001 }, admin)).problem.code).toBe('bad_input')
  expect((await override(good, admin)).body.bp).toBe(9000)
  expect((await override(good, admin)).body.bp).toBe(9000)
  expect((await lotOf(one.lotId))?.['promisable']).toBe(450_000)
  const told = await t.sql`select count(*)::int as n from notices where subject_id = ${sku.id}`
  expect(told[0]?.['n']).toBe(1)
  expect((await override({ bp: null, reason: '恢复正常' }, admin)).body).toMatchObject({
    bp: 7000,
    source: 'prior',
  })
  expect((await lotOf(one.lotId))?.['promisable']).toBe(350_000)
})

/** A week that is over, as it was said, called off and brought. */
async function pastWeek(
  sku: Awaited<ReturnType<typeof pack>>,
  ago: number,
  said: number,
  asked: number,
  brought: number,
) {
  const week = addDays(weekOf(addDays(m.today, -3)), -7 * ago)
  const lot = await makeLot(t.db, sku, m.hub.id, Math.max(1, brought), { madeOn: addDays(week, 2) })
  await t.sql`insert into forecasts (lot_id, org_id, sku_id, hub_id, week, harvest_day, said_quantity, said_at)
    values (${lot.id}, ${m.supplier.id}, ${sku.id}, ${m.hub.id}, ${week}, ${addDays(week, 2)}, ${said}, now())`
  const consignment = newId()
  await t.sql`insert into consignments (id, number, org_id, hub_id, status, created_by, created_at)
    values (${consignment}, ${consignment}, ${m.supplier.id}, ${m.hub.id}, 'received', ${newId()}, now())`
  await t.sql`insert into consignment_lines (id, consignment_id, lot_id, quantity, received_quantity, photo_file_ids)
    values (${newId()}, ${consignment}, ${lot.id}, ${Math.max(1, brought)}, ${brought}, '[]')`
  if (asked > 0)
    await t.sql`insert into call_offs (id, org_id, hub_id, day, sku_id, quantity, status, created_at)
      values (${newId()}, ${m.supplier.id}, ${m.hub.id}, ${addDays(week, 4)}, ${sku.id}, ${asked}, 'asked', now())`
}

test('trust is learned from said against brought, explained to the supplier, and sets the caps', async () => {
  const sku = await pack()
  await pastWeek(sku, 1, 500_000, 500_000, 460_000)
  await pastWeek(sku, 2, 500_000, 500_000, 500_000)
  const open = cell(sku)
  await write([open])
  await learnConfidence(t.system())
  const why = await t.call('forecasts.readConfidence', { params: { skuId: sku.id } }, lister)
  expect(why.body.weeks.map(({ said, asked, brought, keptBp }) => [said, asked, brought, keptBp])).toEqual([
    [500_000, 500_000, 460_000, 9200],
    [500_000, 500_000, 500_000, 10_000],
  ])
  // (7000 × 300 + 9200 × 100 + 10 000 × 92) ÷ 492: the week before last has faded by an eighth of its half.
  expect(why.body).toMatchObject({ learnedBp: 8008, bp: 8008, source: 'learned' })
  expect(await lotOf(open.lotId)).toMatchObject({ cap_bp: 8008, promisable: 400_400 })
  expect(await learnConfidence(t.system())).toMatchObject({ lots: 0 })
  const stranger = await t.guest(await makeSupplier(t.db), ['lister'])
  const theirs = await t.call('forecasts.readConfidence', { params: { skuId: sku.id } }, stranger)
  expect(theirs.problem.code).toBe('not_found')
  const list = await t.call('forecasts.listConfidence', { query: {} }, stranger)
  expect(list.body.items).toEqual([])
})

test('what was said when the week began stands, whatever is corrected within it', async () => {
  const sku = await pack({ shelfLifeDays: 30 })
  const week = weekOf(m.today)
  const one = cell(sku, { week, harvestDay: addDays(week, 6) })
  await write([one])
  const said = async () =>
    (await t.sql`select said_quantity as said from forecasts where lot_id = ${one.lotId}`)[0]?.['said']
  await write([{ ...one, quantity: 100_000, version: 1 }])
  expect(await said()).toBe(500_000)
  await write([{ ...one, quantity: 0, version: 2 }])
  expect(await said()).toBe(500_000)
})

test('a supplier may not trust itself more than it is trusted', async () => {
  const sku = await pack()
  const id = newId()
  const body = {
    skuId: sku.id,
    hubId: m.hub.id,
    stage: 'planned' as const,
    quantity: 100_000,
    capBp: 10_000,
    readyDay: m.day,
    useByDay: addDays(m.day, 5),
  }
  expect((await t.call('stock.declareLot', { params: { id }, body }, lister)).body.promisable).toBe(70_000)
})
