import { makeBuyer, makeHub, makeLot, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { makePickedOrder, makeVehicle, makeWave } from '@huming/db/factories-dispatch'
import { files, sites } from '@huming/db/schema/accounts'
import { ledgerAccounts, ledgerTransfers } from '@huming/db/schema/ledger'
import { orders } from '@huming/db/schema/orders'
import { newId } from '@huming/shared/ids'
import type { AccountPurpose } from '@huming/shared/ledger-words'
import { and, eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { openAccount } from '../ledger/transfer.ts'
import type { Guest, TestApp } from '../test-app.ts'

type Options = {
  sites?: Partial<typeof sites.$inferInsert>[]
  zones?: string[]
  /** How far the run has come. */
  until?: 'planned' | 'loading' | 'on_road'
}

/**
 * For tests of delivery: a run of one driver with an order of 10 kg per site in each of the zones, planned and
 * dispatched by the real verbs, its totes loaded.
 */
export async function road(t: TestApp, options: Options = {}) {
  const { sites: places = [{}], zones = ['ambient'], until = 'on_road' } = options
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const dispatcher = await t.guest({ id: hub.orgId, kind: 'warehouse' }, ['dispatcher'])
  const driver = await t.guest(carrier, ['driver'])
  await makeVehicle(t.db, hub.id, carrier.id, {
    driverPersonId: driver.personId,
    zones: ['ambient', 'chilled', 'frozen'],
  })
  const supplier = await makeSupplier(t.db)
  const wave = await makeWave(t.db, hub.id)
  const buyer = await makeBuyer(t.db)
  const packs = []
  for (const zone of zones) {
    const sku = await makeSku(t.db, supplier.id, { zone })
    packs.push({ sku, lot: await makeLot(t.db, sku, hub.id, 1_000_000), quantity: 10_000 })
  }
  const made = []
  for (const [i, over] of places.entries()) {
    const site = await makeSite(t.db, buyer.id, hub.id, { lngE6: 121_300_000 + i * 50_000, ...over })
    const order = await makePickedOrder(t.db, wave, site, packs)
    await hold(t, order, buyer.id, hub.orgId)
    made.push(order)
  }
  const plan = await t.call('routes.plan', { params: { waveId: wave.id } }, dispatcher)
  const runId = plan.body.runs[0]?.id as string
  if (until !== 'planned')
    await t.call('routes.dispatch', { params: { id: plan.body.id }, body: {} }, dispatcher)
  if (until === 'on_road') await leave(t, runId, driver, made)
  const read = async () => (await t.call('delivery.readRun', { params: { id: runId } }, driver)).body
  return {
    hub,
    carrier,
    dispatcher,
    driver,
    supplier,
    buyer,
    wave,
    orders: made,
    packs,
    planId: plan.body.id,
    runId,
    read,
  }
}

async function leave(
  t: TestApp,
  runId: string,
  driver: Guest,
  made: { toteCodes: string[] }[],
): Promise<void> {
  for (const code of made.flatMap((order) => order.toteCodes))
    await t.call('delivery.loadTote', { params: { id: runId }, body: { code } }, driver)
  // Where sample rules are there, the road keeps them.
  const { tripItems } = (await t.call('delivery.readRun', { params: { id: runId } }, driver)).body
  const answers = tripItems.map(({ code }) => ({ code, ok: true }))
  if (answers.length > 0)
    await t.call('delivery.checkTrip', { params: { id: runId }, body: { answers } }, driver)
  const photoFileIds = tripItems.length > 0 ? [await picture(t, driver)] : []
  const body = { preCoolDeciC: -200, photoFileIds }
  expect(
    (await t.call('delivery.depart', { params: { id: runId }, body }, driver)).problem?.code,
  ).toBeUndefined()
}

/** The order's money is held on the buyer's credit, as placing does. */
async function hold(t: TestApp, order: { id: string; totalFen: number }, buyerId: string, hubOrgId: string) {
  const account = (orgId: string, purpose: AccountPurpose) =>
    t.db.transaction((tx) => openAccount(tx, orgId, purpose))
  const [debitId, creditId] = [await account(buyerId, 'receivable'), await account(hubOrgId, 'sales')]
  const id = newId()
  const amountFen = order.totalFen
  await t.db.insert(ledgerTransfers).values({
    id,
    kind: 'hold',
    debitAccountId: debitId,
    creditAccountId: creditId,
    amountFen,
    subjectId: order.id,
    eventId: newId(),
    at: new Date(),
  })
  await t.db.execute(
    sql`update ledger_accounts set debits_pending_fen = debits_pending_fen + ${amountFen}::int8 where id = ${debitId}`,
  )
  await t.db.execute(
    sql`update ledger_accounts set credits_pending_fen = credits_pending_fen + ${amountFen}::int8 where id = ${creditId}`,
  )
  await t.db.update(orders).set({ holdId: id }).where(eq(orders.id, order.id))
}

/** What the buyer owes and still has held, in fen. */
export async function credit(t: TestApp, buyerId: string): Promise<{ held: number; owed: number }> {
  const [row] = await t.db
    .select()
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.orgId, buyerId), eq(ledgerAccounts.purpose, 'receivable')))
  return { held: row?.debitsPendingFen ?? -1, owed: row?.debitsPostedFen ?? -1 }
}

/** An uploaded picture of the guest's organisation. */
export async function picture(t: TestApp, who: Guest): Promise<string> {
  const id = newId()
  await t.db.insert(files).values({
    id,
    orgId: who.orgId,
    mediaType: 'image/png',
    bytes: 68,
    sha256: id,
    visibility: 'own',
    createdBy: who.personId,
    createdAt: new Date(),
  })
  return id
}
