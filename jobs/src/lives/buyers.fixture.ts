import { files, organisations, people, sites } from '@huming/db/schema/accounts'
import { ledgerAccounts } from '@huming/db/schema/ledger'
import { statementTerms } from '@huming/db/schema/statements'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Role } from '@huming/shared/permissions'
import { actingAs, type House, pictureRow, weekly } from './house.fixture.ts'
import type { Life } from './life.fixture.ts'

/** How long a buyer lives: until its second statement. */
export const roundDays = 14

type Row = { orgId: string; siteId: string; personId: string; photoId: string; name: string }

/** Buyers who never bought before, each with a person who does everything for it. */
export async function newLives(house: House, count: number): Promise<Life[]> {
  const rows = Array.from({ length: count }, () => {
    const orgId = newId()
    return { orgId, siteId: newId(), personId: newId(), photoId: newId(), name: `示例店${orgId.slice(-12)}` }
  })
  await writeParties(house, rows)
  await writeAccounts(house, rows)
  const roles: Role[] = ['purchaser', 'approver', 'acceptor', 'buyer_finance']
  return rows.map(({ personId, ...row }) => ({
    ...row,
    who: actingAs(house.t, house.clock, { personId, org: { id: row.orgId, kind: 'buyer' }, roles }),
    orders: [],
    payments: [],
    bankLines: [],
    claims: [],
    statements: [],
    tasks: [],
    stopId: null,
    aboard: [],
    isDelivered: false,
    isAtDoor: false,
  }))
}

async function writeParties({ t, clock, hub }: House, rows: readonly Row[]): Promise<void> {
  const made = { isSample: true, createdAt: clock.now }
  const shop = { kind: 'buyer', buyerClass: 'snack_shop', divisionCode: '310114' }
  await t.db
    .insert(organisations)
    .values(rows.map(({ orgId: id, name }) => ({ ...made, ...shop, id, name, shortName: name })))
  const place = { districtCode: '310109', address: '示例街2号', lngE6: 121_500_600, latE6: 31_266_100 }
  const door = { contactName: '示例联系人', contactPhone: '19900000000', windowFrom: 60, windowTo: 390 }
  await t.db.insert(sites).values(
    rows.map(({ orgId, siteId: id, name }) => ({
      ...place,
      ...door,
      id,
      orgId,
      hubId: hub.id,
      name,
      deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
      isSample: true,
    })),
  )
  const person = { name: '示例人员', passwordHash: 'none' }
  await t.db
    .insert(people)
    .values(rows.map(({ personId: id }) => ({ ...made, ...person, id, phone: `P${id.slice(-12)}` })))
  await t.db
    .insert(files)
    .values(rows.map(({ photoId, orgId, personId }) => pictureRow(photoId, orgId, personId)))
}

/** One buyer in ten has hardly any credit. */
async function writeAccounts({ t, clock, dice }: House, rows: readonly Row[]): Promise<void> {
  await t.db.insert(ledgerAccounts).values(
    rows.map(({ orgId }) => ({
      id: newId(),
      orgId,
      purpose: 'receivable',
      creditLimitFen: dice.maybe(0.1) ? 150_000 : 100_000_000,
    })),
  )
  const today = serviceDayOf(clock.opened)
  const life = { side: 'buyer', validFrom: today, validTo: addDays(today, roundDays) }
  await t.db
    .insert(statementTerms)
    .values(rows.map(({ orgId }) => ({ ...weekly, ...life, id: newId(), orgId })))
}
