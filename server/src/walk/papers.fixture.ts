import { makeLot, makeSku } from '@huming/db/factories'
import { lotPapers, papers } from '@huming/db/schema/papers'
import { newId } from '@huming/shared/ids'
import type { Role } from '@huming/shared/permissions'
import { and, eq } from 'drizzle-orm'
import type { TestApp } from '../test-app.ts'
import { inDays, today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** A side's papers in every state that a door asks for: those of its supplier and of the house. */
export async function papersOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const handIn = async (who: 'lister' | 'lead') => {
    const id = newId()
    const orgId = who === 'lister' ? orgs.coop.id : orgs.warehouse.id
    const body = {
      orgId,
      kind: 'haccp',
      number: `HACCP-${id.slice(-6)}`,
      validFrom: today,
      validTo: inDays(900),
    }
    well(await t.call('papers.write', { params: { id }, body }, guests[who]))
    return { id, body }
  }
  const validOf = async (orgId: string, kind: string): Promise<string> => {
    const [row] = await t.db
      .select({ id: papers.id })
      .from(papers)
      .where(and(eq(papers.orgId, orgId), eq(papers.kind, kind)))
    return row?.id ?? ''
  }
  const lot = await makeLot(t.db, await makeSku(t.db, orgs.coop.id), hub.id, 100_000, { stage: 'made' })
  const entered = {
    lotId: lot.id,
    kind: 'rapid_test',
    number: 'KJ-1',
    quantity: 100_000,
    issuedOn: today,
  }
  const lotPaperId = newId()
  well(await t.call('lotPapers.write', { params: { id: lotPaperId }, body: entered }, guests.quality))
  const [toVoid] = await t.db
    .select({ id: lotPapers.id })
    .from(lotPapers)
    .where(and(eq(lotPapers.lotId, lot.id), eq(lotPapers.kind, 'conformity_certificate')))
  const coop = { pending: await handIn('lister'), valid: await validOf(orgs.coop.id, 'animal_health_permit') }
  const warehouse = {
    pending: await handIn('lead'),
    valid: await validOf(orgs.warehouse.id, 'storage_filing'),
  }
  return {
    /** Of the organisation whose papers the role keeps: the house's lead keeps the house's. */
    of: (role: Role) => (role === 'lead' ? warehouse : coop),
    lot: { id: lotPaperId, body: entered, toVoid: toVoid?.id ?? '' },
  }
}
