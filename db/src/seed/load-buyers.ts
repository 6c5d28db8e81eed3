import { SHANGHAI_DISTRICTS, type ShanghaiCode } from '@huming/shared/districts'
import { buildUscc } from '@huming/shared/identifiers/uscc'
import type { TransactionSql } from 'postgres'
import { memberships, organisations, people, sites } from '../schema/accounts.ts'
import { ledgerAccounts } from '../schema/ledger.ts'
import { marked, personName, samplePhone } from './cast/names.ts'
import { buyerId, isAcross, receivableId } from './cast/parties.ts'
import { type BuyerSite, siteRow } from './cast/places.ts'
import type { Buyer } from './content/buyers.ts'
import { diceOf, sampleEpoch, sampleId } from './ids.ts'
import { insertAll } from './insert.ts'

/** Districts of the city warehouse's own side of the river. */
const districts = SHANGHAI_DISTRICTS.map((one) => one.code as ShanghaiCode).filter((code) => !isAcross(code))

/** Loads begin after everything the story uses. */
const phonesFrom = 1_000_000

/** The n-th buyer made for load; the same in every database. One in ten is a breakfast point. */
export function loadSite(n: number): BuyerSite {
  const breakfast = n % 10 === 9
  const district = districts[n % districts.length] as ShanghaiCode
  const number = String(n + 1).padStart(5, '0')
  const buyer: Buyer = {
    name: `压测${number}号${breakfast ? '早餐点' : '沙县小吃店'}`,
    buyerClass: breakfast ? 'breakfast' : 'snack_shop',
    districts: [district],
    credit: 0,
    keyDrop: n % 3 === 0,
  }
  return { buyer, row: siteRow(buyer, buyer.name, district, 100_000 + n) }
}

/** The one person of such a buyer. */
export const loadPersonId = ({ buyer }: BuyerSite): string => sampleId(`load person ${buyer.name}`)

/** Adds buyers until there are so many. They have no credit limit and the password of all sample people. */
export async function ensureLoadBuyers(tx: TransactionSql, count: number): Promise<number> {
  const wanted = Array.from({ length: count }, (_, n) => ({ n, site: loadSite(n) }))
  const there = await tx<{ id: string }[]>`select id from organisations where name like '压测%' and is_sample`
  const known = new Set(there.map((row) => row.id))
  const fresh = wanted.filter(({ site }) => !known.has(buyerId(site.buyer)))
  const [like] = await tx<{ hash: string }[]>`
    select password_hash as hash from people where is_sample order by id limit 1`
  await insertAll(
    tx,
    organisations,
    fresh.map(({ n, site: { buyer } }) => ({
      id: buyerId(buyer),
      kind: 'buyer',
      name: marked(buyer.name),
      shortName: marked(buyer.name),
      uscc: buildUscc('92', buyer.districts[0], `ML${String(n).padStart(6, '0')}`),
      buyerClass: buyer.buyerClass,
      divisionCode: buyer.districts[0],
      isSample: true,
      createdAt: sampleEpoch,
    })),
  )
  await insertAll(
    tx,
    ledgerAccounts,
    fresh.map(({ site: { buyer } }) => ({
      id: receivableId(buyer),
      orgId: buyerId(buyer),
      purpose: 'receivable',
      creditLimitFen: null,
    })),
  )
  await insertAll(
    tx,
    sites,
    fresh.map(({ site }) => site.row),
  )
  const staff = fresh.map(({ n, site }) => ({ n, id: loadPersonId(site), orgId: site.row.orgId }))
  await insertAll(
    tx,
    people,
    staff.map(({ n, id }) => ({
      id,
      phone: samplePhone(phonesFrom + n),
      name: personName(diceOf(`load person ${n}`)),
      passwordHash: like?.hash ?? 'none',
      isSample: true,
      createdAt: sampleEpoch,
    })),
  )
  await insertAll(
    tx,
    memberships,
    staff.flatMap(({ id, orgId }) =>
      ['purchaser', 'acceptor'].map((role) => ({ personId: id, orgId, role })),
    ),
  )
  return fresh.length
}
