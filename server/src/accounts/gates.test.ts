import { makeHub, makeLot, makeOrg, makePerson, makeSku, makeSupplier } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { makePaper } from '@huming/db/factories-papers'
import { products } from '@huming/db/schema/catalogue'
import { lotPapers, papers } from '@huming/db/schema/papers'
import { addDays, serviceDayOf } from '@huming/shared/days'
import type { Gate } from '@huming/shared/gates'
import { newId } from '@huming/shared/ids'
import { CATEGORIES, type CategoryId } from '@huming/shared/reference/categories'
import { LOT_PAPERS } from '@huming/shared/reference/papers'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { type GateAsk, refuseCarriage, refuseCarrier, refuseGate } from './gates.ts'

let t: TestApp
let hub: Awaited<ReturnType<typeof makeHub>>
beforeAll(async () => {
  t = await testApp()
  hub = await makeHub(t.db)
})
afterAll(() => t.close())

const today = serviceDayOf(new Date())
const at = (gate: Exclude<Gate, 'carry'>, ask: GateAsk) =>
  t.db.transaction((tx) => refuseGate(tx, t.system(), gate, ask))
/** Code and paper of the refusal, or null where the goods pass. */
async function refusal(work: Promise<void>): Promise<readonly unknown[] | null> {
  try {
    await work
    return null
  } catch (error) {
    const { code, extra } = error as { code: string; extra: Record<string, unknown> }
    return [code, extra['paper'], ...(extra['why'] ? [extra['why']] : [])]
  }
}
async function goods(category: CategoryId, product: { edibleBasis?: string } = {}) {
  const seller = await makeSupplier(t.db)
  const sku = await makeSku(t.db, seller.id, {}, { product: { category, ...product } })
  const lot = await makeLot(t.db, sku, hub.id, 100_000, { stage: 'made' })
  const drop = (kind: string) =>
    t.db.delete(papers).where(and(eq(papers.orgId, seller.id), eq(papers.kind, kind)))
  const change = (kind: string, set: Partial<typeof papers.$inferInsert>) =>
    t.db
      .update(papers)
      .set(set)
      .where(and(eq(papers.orgId, seller.id), eq(papers.kind, kind)))
  const dropOfLot = (kind: string) =>
    t.db.delete(lotPapers).where(and(eq(lotPapers.lotId, lot.id), eq(lotPapers.kind, kind)))
  return { seller, sku, lot, drop, change, dropOfLot }
}
const everyGate = ['list', 'promise', 'ship', 'receive'] as const

test.each([
  ['A1', 'business_licence'],
  ['A5', 'animal_health_permit'],
  ['pork', 'animal_health_permit'],
  ['pork', 'trading_licence'],
  ['beef_mutton', 'trading_licence'],
  ['C1', 'production_licence'],
  ['C1', 'type_inspection'],
] as const)('goods of %s pass no gate without %s of the seller', async (category, paper) => {
  const { sku, lot, drop, change } = await goods(category)
  const ask = { skuIds: [sku.id], lotIds: [lot.id] }
  for (const gate of everyGate) expect(await refusal(at(gate, ask)), gate).toBeNull()
  await change(paper, { status: 'pending' })
  for (const gate of everyGate)
    expect(await refusal(at(gate, ask)), gate).toEqual(['licence_missing', paper, 'pending'])
  await change(paper, { status: 'revoked' })
  expect(await refusal(at('ship', ask))).toEqual(['licence_missing', paper, 'missing'])
  await change(paper, { status: 'valid', validTo: addDays(today, -1) })
  for (const gate of everyGate)
    expect(await refusal(at(gate, ask)), gate).toEqual(['licence_expired', paper, 'expired'])
  expect(await refusal(at('ship', { ...ask, day: addDays(today, -1) }))).toBeNull()
  await change(paper, { validTo: today })
  expect(await refusal(at('ship', ask))).toBeNull()
  await drop(paper)
  for (const gate of everyGate)
    expect(await refusal(at(gate, ask)), gate).toEqual(['licence_missing', paper, 'missing'])
})

test('a licence must cover the class of the goods, and a licence to serve food does not sell pork', async () => {
  const sauce = await goods('C5')
  await sauce.change('production_licence', { scope: ['111', '104'] })
  const scope = ['licence_out_of_scope', 'production_licence', 'scope']
  for (const gate of everyGate)
    expect(await refusal(at(gate, { skuIds: [sauce.sku.id] })), gate).toEqual(scope)
  await sauce.change('production_licence', { scope: ['111', '103'] })
  expect(await refusal(at('list', { skuIds: [sauce.sku.id] }))).toBeNull()
  const pork = await goods('pork')
  await pork.change('trading_licence', { scope: ['2'] })
  expect(await refusal(at('list', { skuIds: [pork.sku.id] }))).toEqual([
    'licence_out_of_scope',
    'trading_licence',
    'scope',
  ])
})

test('packaging needs a test or a licence, a report of another product does not count', async () => {
  const { seller, sku, drop, change } = await goods('D1')
  await drop('production_licence')
  expect(await refusal(at('list', { skuIds: [sku.id] }))).toBeNull()
  await change('food_contact_test', { productIds: [sku.id] })
  expect(await refusal(at('list', { skuIds: [sku.id] }))).toEqual([
    'licence_missing',
    'food_contact_test',
    'missing',
  ])
  await makePaper(t.db, seller.id, 'production_licence')
  expect(await refusal(at('list', { skuIds: [sku.id] }))).toBeNull()
})

test('forest goods are no food before they say why they may be eaten', async () => {
  const told = await goods('edible_herb', { edibleBasis: 'dual_use_list' })
  const untold = await goods('A8')
  expect(await refusal(at('list', { skuIds: [told.sku.id] }))).toBeNull()
  expect((await refusal(at('list', { skuIds: [untold.sku.id] })))?.[0]).toBe('edible_basis_missing')
})

test.each([
  ['A1', 'conformity_certificate'],
  ['A3', 'conformity_certificate'],
  ['fresh_mushroom', 'conformity_certificate'],
  ['egg', 'conformity_certificate'],
  ['A6', 'conformity_certificate'],
  ['C4', 'factory_inspection'],
  ['poultry', 'quarantine_certificate'],
  ['pork', 'quarantine_certificate'],
  ['pork', 'meat_quality_certificate'],
  ['pork', 'swine_fever_test'],
] as const)('a lot of %s neither leaves nor is taken in without %s', async (category, paper) => {
  const { lot, dropOfLot } = await goods(category)
  const ask = { lotIds: [lot.id] }
  await dropOfLot(paper)
  expect(await refusal(at('ship', ask))).toEqual(['certificate_missing', paper])
  expect(await refusal(at('receive', ask))).toEqual(['certificate_missing', paper])
  expect(await refusal(at('promise', ask))).toBeNull()
})

test.each(['pork', 'beef_mutton', 'poultry'] as const)(
  '%s leaves without the road checkpoint’s stamp but is not taken in',
  async (category) => {
    const { lot, dropOfLot } = await goods(category)
    await dropOfLot('checkpoint_stamp')
    expect(await refusal(at('ship', { lotIds: [lot.id] }))).toBeNull()
    expect(await refusal(at('receive', { lotIds: [lot.id] }))).toEqual([
      'certificate_missing',
      'checkpoint_stamp',
    ])
  },
)

test('origin and test together stand for a 合格证, one of them does not', async () => {
  const { lot, dropOfLot } = await goods('A1')
  await dropOfLot('conformity_certificate')
  const add = (kind: string) =>
    t.db.insert(lotPapers).values({
      id: newId(),
      lotId: lot.id,
      kind,
      number: '示例',
      quantity: 100_000,
      issuedOn: today,
      createdAt: new Date(),
    })
  await add('origin_certificate')
  expect(await refusal(at('ship', { lotIds: [lot.id] }))).not.toBeNull()
  await add('test_report')
  expect(await refusal(at('ship', { lotIds: [lot.id] }))).toBeNull()
})

test('papers of a lot run out, are voided, and cover no more than they say', async () => {
  const { lot } = await goods('A1')
  const set = (values: Partial<typeof lotPapers.$inferInsert>) =>
    t.db.update(lotPapers).set(values).where(eq(lotPapers.lotId, lot.id))
  const ask = { lotIds: [lot.id] }
  const paper = 'conformity_certificate'
  await set({ validTo: addDays(today, -1) })
  expect(await refusal(at('ship', ask))).toEqual(['certificate_expired', paper])
  await set({ validTo: today })
  expect(await refusal(at('ship', ask))).toBeNull()
  await set({ quantity: 99_999 })
  expect(await refusal(at('receive', ask))).toEqual(['certificate_short', paper])
  expect(await refusal(at('receive', { ...ask, quantities: new Map([[lot.id, 99_999]]) }))).toBeNull()
  await set({ quantity: 100_000, voidedAt: new Date() })
  expect(await refusal(at('receive', ask))).toEqual(['certificate_missing', paper])
})

test('a hub takes nothing in without its storage filing, a carrier carries nothing without its permit', async () => {
  const { lot } = await goods('A1')
  const rest = and(eq(papers.orgId, hub.orgId), eq(papers.kind, 'storage_filing'))
  await t.db
    .update(papers)
    .set({ validTo: addDays(today, -1) })
    .where(rest)
  expect(await refusal(at('receive', { lotIds: [lot.id] }))).toEqual([
    'licence_expired',
    'storage_filing',
    'expired',
  ])
  expect(await refusal(at('ship', { lotIds: [lot.id] }))).toBeNull()
  await makePaper(t.db, hub.orgId, 'trading_licence', { scope: ['1'] })
  expect(await refusal(at('receive', { lotIds: [lot.id] }))).toBeNull()
  const carrier = await makeOrg(t.db, 'carrier')
  const carry = (day: string) =>
    refusal(t.db.transaction((tx) => refuseCarrier(tx, t.system(), carrier.id, day)))
  expect(await carry(today)).toBeNull()
  expect(await carry('2019-12-31')).toEqual(['licence_missing', 'road_transport_permit', 'not_yet'])
})

test('a vehicle leaves with its 行驶证, a disinfection and a healthy driver, each in force on the day', async () => {
  const carrier = await makeOrg(t.db, 'carrier')
  const [vehicle, other] = [
    await makeVehicle(t.db, hub.id, carrier.id),
    await makeVehicle(t.db, hub.id, carrier.id),
  ]
  const driver = await makePerson(t.db, carrier.id, ['driver'])
  const leave = (over: object = {}) =>
    refusal(
      t.db.transaction((tx) =>
        refuseCarriage(tx, t.system(), {
          orgId: carrier.id,
          vehicleId: vehicle.id,
          driverPersonId: driver.id,
          day: today,
          ...over,
        }),
      ),
    )
  expect(await leave()).toBeNull()
  expect(await leave({ driverPersonId: null })).toBeNull()
  const of = {
    disinfection_record: papers.vehicleId,
    vehicle_licence: papers.vehicleId,
    health_certificate: papers.personId,
  }
  for (const [kind, column] of Object.entries(of)) {
    const mine = and(eq(papers.kind, kind), eq(column, column === papers.personId ? driver.id : vehicle.id))
    await t.db
      .update(papers)
      .set({ validTo: addDays(today, -1) })
      .where(mine)
    expect(await leave()).toEqual(['licence_expired', kind, 'expired'])
    expect(await leave({ day: addDays(today, -1) })).toBeNull()
    await t.db.update(papers).set({ validTo: today, status: 'pending' }).where(mine)
    expect(await leave()).toEqual(['licence_missing', kind, 'pending'])
    await t.db.update(papers).set({ status: 'valid' }).where(mine)
    expect(await leave()).toBeNull()
  }
  // The paper of another vehicle or driver is none.
  await t.db.update(papers).set({ vehicleId: other.id }).where(eq(papers.vehicleId, vehicle.id))
  expect((await leave())?.[0]).toBe('licence_missing')
  expect(await leave({ vehicleId: other.id })).toBeNull()
  const stranger = await makePerson(t.db, (await makeOrg(t.db, 'carrier')).id, ['driver'])
  expect((await leave({ vehicleId: other.id, driverPersonId: stranger.id }))?.[1]).toBe('health_certificate')
  await t.db.delete(papers).where(and(eq(papers.orgId, carrier.id), eq(papers.kind, 'road_transport_permit')))
  expect((await leave({ vehicleId: other.id }))?.[1]).toBe('road_transport_permit')
})

test('a seller whose licences were not compared with the register for half a year lists and promises nothing', async () => {
  const { sku, lot, change } = await goods('C1')
  const ask = { skuIds: [sku.id], lotIds: [lot.id] }
  await change('production_licence', { verifiedOn: addDays(today, -183) })
  expect(await refusal(at('promise', ask))).toBeNull()
  await change('production_licence', { verifiedOn: addDays(today, -184) })
  for (const gate of ['list', 'promise'] as const)
    expect((await refusal(at(gate, ask)))?.[0], gate).toBe('licence_unchecked')
  // Goods sold before go out and are taken in.
  for (const gate of ['ship', 'receive'] as const) expect(await refusal(at(gate, ask)), gate).toBeNull()
  // Before the rule was in force nobody asked.
  expect(await refusal(at('promise', { ...ask, day: '2026-11-23' }))).toBeNull()
})

test('rules of law on file ask of a lot at the dock what the reference says of its kind of goods', async () => {
  const rows = await t.sql`
    select goods, need from paper_rules where subject = 'lot' and 'receive' = any(gates)
      and valid_from <= ${today} and valid_to >= ${today}`
  const needs = Object.fromEntries(rows.map((row) => [row['goods'], row['need']]))
  const { packaging, ...asked } = LOT_PAPERS
  expect(packaging).toEqual([])
  expect(needs).toEqual(asked)
  const known = new Set<string>(
    CATEGORIES.flatMap(({ id, parent, papers: kind }) => [id, parent ?? id, kind]),
  )
  const strange = await t.sql`select goods from paper_rules where goods <> '*'`
  expect(strange.filter((row) => !known.has(row['goods']))).toEqual([])
})

test('the audit finds goods on sale without a licence and marks without a certificate', async () => {
  const { seller, sku } = await goods('A1')
  const officer = await t.guest(await makeOrg(t.db, 'operations'), ['admin'])
  const breaches = async () => {
    const { checks } = (await t.call('reports.runAudit', {}, officer)).body
    const count = (name: string) => checks.find((check) => check.name === name)?.breachCount ?? Number.NaN
    return [count('sale_needs_licence'), count('mark_needs_certificate')] as const
  }
  const [sales, marks] = await breaches()
  await t.db.delete(papers).where(eq(papers.orgId, seller.id))
  const mark = { type: 'gi_product', text: '示例', from: '2020-01-01', until: '2099-12-31' }
  await t.db
    .update(products)
    .set({ marks: [mark] })
    .where(eq(products.id, sku.productId))
  expect(await breaches()).toEqual([sales + 1, marks + 1])
})

test('the refusal names the paper and its holder in the reader’s language', async () => {
  const { seller, sku, drop } = await goods('C1')
  await drop('production_licence')
  const ctx = { ...t.system(), locale: 'en' as const }
  await expect(
    t.db.transaction((tx) => refuseGate(tx, ctx, 'list', { skuIds: [sku.id] })),
  ).rejects.toMatchObject({
    extra: {
      params: { licence: 'Food production licence (SC)', holder: seller.shortName },
      orgId: seller.id,
    },
  })
})
