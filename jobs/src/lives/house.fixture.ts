import { makeHub, makeOrg, makePerson, makeSku, makeSupplier } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { files, mandates } from '@huming/db/schema/accounts'
import { receivingAccounts } from '@huming/db/schema/payment'
import { orgBankAccounts, supplierTerms } from '@huming/db/schema/settlement'
import { statementTerms } from '@huming/db/schema/statements'
import { type Ctx, systemCtx } from '@huming/server/kernel/ctx'
import type { StripeSettings } from '@huming/server/payment/settings'
import { standIn } from '@huming/server/payment/stand-in/app'
import { FaultPlan } from '@huming/server/payment/stand-in/faults'
import type { Event } from '@huming/server/payment/stand-in/objects'
import { type TestApp, testApp } from '@huming/server/test-app'
import { addDays, instantAt, type ServiceDay, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { OrgKind, Role } from '@huming/shared/permissions'
import type { Dice } from '../histories/dice.fixture.ts'

/** Somebody who acts; given the time, what verbs need of them. */
export type Who = (now?: Date) => Ctx
type Org = { id: string; kind: string }
/** A batch of payouts as it was last seen. */
export type SeenBatch = { id: string; version: number; status: string; payouts: { id: string }[] }

/** The day on which the market of a chapter opens: a Monday, so that the weeks of statements begin with its rounds. */
export const firstDay = (today: ServiceDay): ServiceDay => addDays(today, 8 - weekdayOf(today))

/** Everybody whom all lives of a chapter meet: two suppliers, a broker, a hub, a carrier, the finance of the house. */
export async function openHouse(dice: Dice, today: ServiceDay) {
  const settings: StripeSettings = {
    secretKey: 'sk_test_lives',
    publishableKey: 'pk_test_lives',
    webhookSecret: 'whsec_lives',
    host: null,
  }
  const t = await testApp()
  const provider = standIn({ secretKey: settings.secretKey, plan: new FaultPlan(rates, dice.int(1, 1e6)) })
  const news: Event[] = []
  provider.books.onEvent = (event) => void news.push(event)
  const host = new URL(await provider.listen())
  const start = instantAt(firstDay(today), 9)
  const clock = { now: start, opened: start }
  const who = await staff(t, clock)
  const suppliers = await sellers(t, clock, who.house.id, who.broker.id)
  return {
    ...who,
    t,
    dice,
    clock,
    provider,
    settings: { ...settings, host },
    /** Notices of the provider that nobody was told yet, and those told already, which come again. */
    news,
    told: [] as Event[],
    /** Held back on their way. */
    late: [] as Event[],
    /** There may be calls to make or notices to follow. */
    toFollow: false,
    ...suppliers,
    system: (name = 'lives') => systemCtx({ db: t.db, sql: t.sql, log: t.app.log }, name, clock.now),
    batches: new Map<string, SeenBatch>(),
    done: new Map<string, number>(),
    refused: new Map<string, number>(),
    async close() {
      await provider.close()
      await t.close()
    },
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>

/** The provider's answers get lost now and then, per 1,000. */
const rates = { error_before: 10, error_after: 10, hang_after: 10, busy: 5 }

/** A person of an organisation without signing in: the roles are what verbs ask for. */
export async function someone(
  t: TestApp,
  clock: { now: Date },
  org: Org,
  roles: Role[],
  hubIds: string[] = [],
): Promise<Who & { personId: string; orgId: string }> {
  const { id: personId } = await makePerson(t.db, org.id, roles)
  return actingAs(t, clock, { personId, org, roles, hubIds })
}

/** The context of a person who is there already. */
export function actingAs(
  t: TestApp,
  clock: { now: Date },
  { personId, org, roles, hubIds = [] }: { personId: string; org: Org; roles: Role[]; hubIds?: string[] },
): Who & { personId: string; orgId: string } {
  const actor = {
    kind: 'person' as const,
    personId,
    orgId: org.id,
    orgKind: org.kind as OrgKind,
    roles,
    principalIds: [],
    hubIds,
    sessionId: personId,
  }
  const act = (now = clock.now): Ctx => ({
    db: t.db,
    sql: t.sql,
    log: t.app.log,
    now,
    actor,
    locale: 'zh',
    requestId: 'lives',
  })
  return Object.assign(act, { personId, orgId: org.id })
}

async function staff(t: TestApp, clock: { now: Date }) {
  const hub = await makeHub(t.db)
  const house = await makeOrg(t.db, 'operations')
  const carrier = await makeOrg(t.db, 'carrier')
  const broker = await makeOrg(t.db, 'broker')
  const warehouse = { id: hub.orgId, kind: 'warehouse' }
  const handling: Role[] = ['receiver', 'picker', 'dispatcher', 'lead']
  const driver = await someone(t, clock, carrier, ['driver'])
  const vehicle = await makeVehicle(t.db, hub.id, carrier.id, { driverPersonId: driver.personId })
  await t.db.insert(receivingAccounts).values({
    id: newId(),
    orgId: house.id,
    holder: '示例监管账户',
    bank: '示例银行',
    number: newId(),
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  })
  return {
    hub,
    house,
    broker,
    carrier,
    vehicle,
    driver,
    signatureId: await pictureOf(t, carrier.id, driver.personId),
    lead: await someone(t, clock, warehouse, handling, [hub.id]),
    picker: await someone(t, clock, warehouse, handling, [hub.id]),
    admin: await someone(t, clock, house, ['admin']),
    finance: await someone(t, clock, house, ['ops_finance']),
    second: await someone(t, clock, house, ['ops_finance']),
    brokerage: await someone(t, clock, broker, ['broker']),
  }
}

/** A picture that somebody of the organisation uploaded. */
export async function pictureOf(t: TestApp, orgId: string, personId: string): Promise<string> {
  const id = newId()
  await t.db.insert(files).values(pictureRow(id, orgId, personId))
  return id
}

export const pictureRow = (id: string, orgId: string, createdBy: string) => ({
  id,
  orgId,
  createdBy,
  mediaType: 'image/png',
  bytes: 68,
  sha256: id,
  visibility: 'own',
  createdAt: new Date(),
})

const past = new Date('2024-01-01T00:00:00Z')
const ever = { validFrom: '2024-01-01', validTo: '2099-12-31' }

/** Two suppliers with their terms, one of them by a broker; what they sell; when everybody's account is stated. */
async function sellers(t: TestApp, clock: { now: Date }, houseId: string, brokerId: string) {
  const coop = await makeSupplier(t.db, { kind: 'coop' })
  const base = await makeSupplier(t.db, { kind: 'base' })
  const terms = [
    { feeBp: 300, deliveryFeeCentifen: 2_000, retentionBp: 400, retentionMonths: 1, waitDays: 1 },
    { feeBp: 137, deliveryFeeCentifen: 0, retentionBp: 0, retentionMonths: 0, waitDays: 0 },
  ]
  await t.db.insert(supplierTerms).values(
    [coop, base].map((org, i) => ({
      id: newId(),
      supplierOrgId: org.id,
      platformOrgId: houseId,
      feeBpByCategory: {},
      rhythm: 'weekly',
      at: past,
      validFrom: ever.validFrom,
      ...(terms[i] as (typeof terms)[number]),
    })),
  )
  await t.db.insert(mandates).values({
    id: newId(),
    brokerOrgId: brokerId,
    principalOrgId: coop.id,
    ...ever,
    commissionBasis: 'bp',
    commissionRate: 173,
    supplierPaysBp: 4_000,
    platformOrgId: houseId,
    writtenAt: past,
  })
  await t.db.insert(orgBankAccounts).values(
    [coop.id, base.id, brokerId].map((orgId) => ({
      id: newId(),
      orgId,
      holder: '示例',
      bankName: '示例',
      bankCode: '105395000012',
      numberSealed: '1',
      lastFour: '0000',
      at: past,
    })),
  )
  await t.db.insert(statementTerms).values(
    (['supplier', 'broker'] as const).map((side) => ({
      ...weekly,
      id: newId(),
      side,
      orgId: null,
      ...ever,
    })),
  )
  const chicken = await makeSku(t.db, coop.id)
  const fish = await makeSku(t.db, coop.id, { catchWeight: true, toleranceBp: 500 })
  const dumplings = await makeSku(t.db, base.id, {
    baseUnit: 'piece',
    orderUnit: 'bag',
    basePerOrderUnit: 10,
    basePerPriceUnit: 10,
    priceUnit: 'bag',
  })
  const clerks = await Promise.all([coop, base].map((org) => someone(t, clock, org, ['lister'])))
  const [coopClerk, baseClerk] = clerks as [(typeof clerks)[number], (typeof clerks)[number]]
  return { coop, base, coopClerk, baseClerk, skus: [chicken, fish, dumplings] }
}

/** Accounts cut on Sundays, due in a week. */
export const weekly = {
  rhythm: 'weekly',
  cutDay: 7,
  dueDays: 7,
  debtorKind: 'other',
  autoConfirmDays: 3,
  interest: false,
  verdict: 'ok',
  verdictSource: '示例',
  writtenAt: past,
  isSample: true,
}
