import { type Role, roles } from '@huming/shared/permissions'
import { isCanteen } from '@huming/shared/reference/buyer-classes'
import type { memberships, people } from '../../schema/accounts.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { diceOf, sampleEpoch, sampleId } from '../ids.ts'
import { marked, personName, samplePhone } from './names.ts'
import { buyerId, houseId, supplierId } from './parties.ts'

/** A person of an organisation, with what they do there. */
export type Member = {
  readonly id: string
  readonly orgId: string
  readonly name: string
  readonly phone: string
  readonly roles: readonly Role[]
  readonly since: Date
}

/** Drivers, one for each vehicle. */
export const driverCount = 60
export const driverId = (i: number): string => memberId(houseId('carrier'), `driver ${i}`, driversFrom + i)

const driversFrom = 2000
const memberId = (orgId: string, word: string, rank: number): string =>
  sampleId(`person ${orgId} ${word}`, sinceOf(rank))
/** Ids sort by rank: of each role the first person here is the one offered for signing in. */
const sinceOf = (rank: number): Date => new Date(sampleEpoch.getTime() + rank * 60_000)

function member(
  rank: number,
  orgId: string,
  word: string,
  name: string,
  has: readonly Role[],
  phone = rank,
): Member {
  const since = sinceOf(rank)
  return { id: memberId(orgId, word, rank), orgId, name, phone: samplePhone(phone), roles: has, since }
}

/** Everybody, those offered for signing in first. */
export function sampleMembers(): Member[] {
  return [
    ...starMembers(),
    ...buyerMembers(),
    ...supplierMembers(),
    ...warehouseMembers(),
    ...driverMembers(),
  ]
}

const named = (name: string) => sampleBuyers.find((one) => one.name === name) as (typeof sampleBuyers)[number]

/** One for each role, with phones that are easy to type: …01 for the first role and so on. */
function starMembers(): Member[] {
  const canteen = buyerId(named('杨浦示范大学食堂'))
  const shop = buyerId(named('凉城沙县小吃店'))
  const frozen = supplierId('shaxianFrozen')
  const warehouse = houseId('warehouse')
  const operations = houseId('operations')
  // The canteen's people come before the shop's owner, who holds three roles at once.
  const cast: readonly (readonly [string, string, readonly Role[]])[] = [
    [canteen, '周审批', ['approver']],
    [canteen, '林验收', ['acceptor']],
    [canteen, '许财务', ['buyer_finance']],
    [shop, '林店长', ['purchaser', 'acceptor', 'buyer_finance']],
    [frozen, '罗小冰', ['lister']],
    [frozen, '邓守诚', ['quality']],
    [houseId('broker'), '范经纪', ['broker']],
    [warehouse, '何收货', ['receiver']],
    [warehouse, '朱分拣', ['picker']],
    [warehouse, '沈调度', ['dispatcher']],
    [warehouse, '高领班', ['lead']],
    [operations, '曾运营', ['admin']],
    [operations, '余食安', ['food_safety']],
    [operations, '廖结算', ['ops_finance']],
    [houseId('sanming'), '叶联络', ['government']],
    // Money goes out only by two people.
    [operations, '钟复核', ['ops_finance']],
  ]
  return cast.map(([orgId, name, has], i) => {
    // The phone tells the role: its place in the list of roles; …9x for the second of a role.
    const first = cast.findIndex((one) => one[2][0] === has[0]) === i
    const phone = first ? roles.indexOf(has[0] as Role) + 1 : 90 + i - roles.length
    return member(i, orgId, name, marked(name), has, phone)
  })
}

function buyerMembers(): Member[] {
  return sampleBuyers.flatMap((buyer, i) => {
    const orgId = buyerId(buyer)
    const dice = diceOf(`people ${buyer.name}`)
    const teams: readonly (readonly Role[])[] = isCanteen(buyer.buyerClass)
      ? [['purchaser'], ['approver'], ['acceptor'], ['acceptor'], ['buyer_finance']]
      : [['purchaser', 'acceptor', 'buyer_finance'], ['acceptor']]
    return teams.map((has, at) => member(100 + i * 10 + at, orgId, `staff ${at}`, personName(dice), has))
  })
}

function supplierMembers(): Member[] {
  return Object.entries(suppliers).flatMap(([key, one], i) => {
    const orgId = supplierId(key as SupplierKey)
    if (key === 'shaxianFrozen') return []
    return [
      member(1000 + i * 10, orgId, one.lister, marked(one.lister), ['lister'], 10_000 + i * 10),
      member(1001 + i * 10, orgId, one.quality, marked(one.quality), ['quality'], 10_001 + i * 10),
    ]
  })
}

function warehouseMembers(): Member[] {
  const teams: readonly (readonly [Role, number])[] = [
    ['receiver', 3],
    ['picker', 8],
    ['dispatcher', 2],
    ['lead', 1],
  ]
  const rest = teams.flatMap(([role, count]) => Array.from({ length: count }, () => role))
  const dice = diceOf('people warehouse')
  const shanghai = member(1990, houseId('shanghai'), 'watch', personName(dice), ['government'])
  return [
    ...rest.map((role, i) => member(1500 + i, houseId('warehouse'), `staff ${i}`, personName(dice), [role])),
    shanghai,
  ]
}

function driverMembers(): Member[] {
  return Array.from({ length: driverCount }, (_, i) =>
    member(
      driversFrom + i,
      houseId('carrier'),
      `driver ${i}`,
      personName(diceOf(`driver ${i}`)),
      ['driver'],
      // The first driver is the one offered for signing in.
      i === 0 ? roles.indexOf('driver') + 1 : driversFrom + i,
    ),
  )
}

/** Rows of people and what they may do. All share one password, so one hash serves all. */
export function peopleRows(passwordHash: string): {
  people: (typeof people.$inferInsert)[]
  memberships: (typeof memberships.$inferInsert)[]
} {
  const all = sampleMembers()
  return {
    people: all.map(({ id, phone, name, since }) => ({
      id,
      phone,
      name,
      passwordHash,
      isSample: true,
      createdAt: since,
    })),
    memberships: all.flatMap((one) =>
      one.roles.map((role) => ({ personId: one.id, orgId: one.orgId, role })),
    ),
  }
}
