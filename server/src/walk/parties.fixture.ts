import { makeBuyer, makeHub, makeOrg, makePerson, makeSite, makeSupplier } from '@huming/db/factories'
import { makeVehicle } from '@huming/db/factories-dispatch'
import { hashPassword } from '@huming/db/password'
import { mandates, organisations } from '@huming/db/schema/accounts'
import { notices } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import { type OrgKind, type Role, roles, rolesOfKind } from '@huming/shared/permissions'
import { eq } from 'drizzle-orm'
import type { Guest, TestApp } from '../test-app.ts'

type Org = Awaited<ReturnType<typeof makeOrg>>
/** Organisations that both sides of the world deal with. */
export type Shared = Awaited<ReturnType<typeof sharedParties>>

/** A picture, as far as the first bytes tell. */
export const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('walk')])

/** Uploads a picture as the guest and gives its id. */
export async function uploaded(t: TestApp, who: Guest): Promise<string> {
  const id = newId()
  const answer = await t.app.inject({
    method: 'PUT',
    url: `/api/files/${id}`,
    headers: { 'content-type': 'image/png', cookie: who.cookie },
    payload: png,
  })
  if (answer.statusCode !== 200) throw new Error(`no picture: ${answer.body}`)
  return id
}

export const password = 'a-password-of-the-walk'

export async function sharedParties(t: TestApp) {
  const operations = await makeOrg(t.db, 'operations')
  const government = await makeOrg(t.db, 'government')
  const passwordHash = await hashPassword(password)
  return {
    operations,
    government,
    noticeOf: {
      [operations.id]: await noticeTo(t, operations.id),
      [government.id]: await noticeTo(t, government.id),
    },
    /** Both sides name the same one: it is their common operations’ own. */
    fileOfOperations: await uploaded(t, await t.guest(operations, ['food_safety'])),
    /** Somebody who signs in at the door. */
    visitor: await makePerson(t.db, operations.id, ['admin'], { passwordHash }),
  }
}

async function noticeTo({ db }: TestApp, orgId: string): Promise<string> {
  const id = newId()
  const about = { key: 'notice.call_offs', params: { day: '2026-11-25', count: 1 }, at: new Date() }
  await db.insert(notices).values({ id, orgId, ...about })
  return id
}

/**
 * One side of the world: a buyer with two sites, a supplier with its broker, a hub with its people, a carrier with
 * two drivers and two vehicles, and somebody signed in for each of the sixteen roles.
 */
export async function partiesOf(t: TestApp, shared: Shared) {
  const hub = await makeHub(t.db)
  const [warehouse] = await t.db.select().from(organisations).where(eq(organisations.id, hub.orgId))
  const orgs = {
    buyer: await makeBuyer(t.db, { approvalAboveFen: 1_000_000 }),
    coop: await makeSupplier(t.db),
    broker: await makeOrg(t.db, 'broker'),
    warehouse: warehouse as Org,
    carrier: await makeOrg(t.db, 'carrier'),
    operations: shared.operations,
    government: shared.government,
  }
  await t.db.insert(mandates).values({
    id: newId(),
    brokerOrgId: orgs.broker.id,
    principalOrgId: orgs.coop.id,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  })
  /** The organisation a role of this side belongs to. */
  const orgOf = (role: Role): Org => {
    const found = Object.values(orgs).find((org) => rolesOfKind[org.kind as OrgKind].includes(role))
    if (!found) throw new Error(`no organisation has ${role}`)
    return found
  }
  const guests = {} as Record<Role, Guest>
  for (const role of roles) guests[role] = await t.guest(orgOf(role), [role])
  const noticeOf: Record<string, string> = { ...shared.noticeOf }
  for (const { id } of Object.values(orgs)) noticeOf[id] ??= await noticeTo(t, id)
  const site = await makeSite(t.db, orgs.buyer.id, hub.id)
  return {
    hub,
    visitor: shared.visitor,
    orgs,
    orgOf,
    guests,
    site,
    annex: await makeSite(t.db, orgs.buyer.id, hub.id),
    colleague: await makePerson(t.db, orgs.buyer.id, ['purchaser']),
    secondDriver: await makePerson(t.db, orgs.carrier.id, ['driver']),
    vehicle: await makeVehicle(t.db, hub.id, orgs.carrier.id, { driverPersonId: guests.driver.personId }),
    spareVehicle: await makeVehicle(t.db, hub.id, orgs.carrier.id),
    noticeOf,
    files: {
      buyer: await uploaded(t, guests.acceptor),
      coop: await uploaded(t, guests.lister),
      broker: await uploaded(t, guests.broker),
      warehouse: await uploaded(t, guests.receiver),
      carrier: await uploaded(t, guests.driver),
      operations: shared.fileOfOperations,
    },
  }
}
export type Parties = Awaited<ReturnType<typeof partiesOf>>
