import { makeBuyer, makeHub, makeOrg, makeSite, makeSku, makeSupplier } from '@huming/db/factories'
import { makeCrateType } from '@huming/db/factories-dock'
import { receivingAccounts } from '@huming/db/schema/payment'
import type { Guest, TestApp } from '@huming/server/test-app'
import type { ContractInput } from '@huming/shared/contract'
import { type Contracts, contracts, type RouteId } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Dice } from './dice.fixture.ts'
import { fleetOf } from './fleet.fixture.ts'
import { kitchenOf } from './kitchen.fixture.ts'

type Warehouse = { id: string; orgId: string; lead: Guest; second: Guest }

/** Where one history plays: a warehouse with a sub-centre, their suppliers, buyers, trucks and people. */
export async function worldOf(t: TestApp, dice: Dice) {
  const hub = await makeHub(t.db)
  const annex = await makeHub(t.db, { kind: 'sub_centre', parentHubId: hub.id })
  const staffed = async ({ id, orgId }: { id: string; orgId: string }): Promise<Warehouse> => {
    const org = { id: orgId, kind: 'warehouse' }
    const roles = ['receiver', 'picker', 'dispatcher', 'lead'] as const
    return { id, orgId, lead: await t.guest(org, [...roles]), second: await t.guest(org, [...roles]) }
  }
  const operations = await makeOrg(t.db, 'operations')
  const main = await staffed(hub)
  const suppliers = await Promise.all(
    ['coop', 'base'].map(async (kind) => {
      const org = await makeSupplier(t.db, { kind })
      const skus = [
        await makeSku(t.db, org.id),
        await makeSku(t.db, org.id, { zone: 'chilled', catchWeight: true }),
        await makeSku(t.db, org.id, {
          baseUnit: 'piece',
          orderUnit: 'bag',
          basePerOrderUnit: 10,
          basePerPriceUnit: 10,
          priceUnit: 'bag',
        }),
      ]
      return { org, skus, lister: await t.guest(org, ['lister', 'quality']) }
    }),
  )
  const buyers = await Promise.all(
    (['snack_shop', 'canteen_university'] as const).map(async (buyerClass, i) => {
      const org = await makeBuyer(t.db, { buyerClass }, i === 0 ? null : 40_000_000)
      const sites = await Promise.all(
        [0, 1].map((n) => makeSite(t.db, org.id, hub.id, { lngE6: 121_300_000 + 50_000 * n })),
      )
      const people = await Promise.all([0, 1].map(() => t.guest(org, ['purchaser', 'approver', 'acceptor'])))
      return { org, sites, people }
    }),
  )
  const [coop, base] = suppliers as [(typeof suppliers)[number], (typeof suppliers)[number]]
  const kitchen = await kitchenOf(t, hub.id, base, coop.skus[0]?.id as string)
  base.skus.push(kitchen.pack)
  await t.sql`insert into dock_slots (id, hub_id, from_minute, to_minute, capacity, valid_from, valid_to)
    values (${newId()}, ${hub.id}, 480, 540, 6, '2020-01-01', '2099-12-31')`
  const today = serviceDayOf(new Date())
  return {
    t,
    dice,
    main,
    annex: await staffed(annex),
    hubIds: [hub.id, annex.id],
    admin: await t.guest(operations, ['admin', 'food_safety']),
    ...(await fleetOf(t, hub.id, main.lead)),
    suppliers,
    kitchen,
    money: await moneyOf(t, operations),
    crateTypeId: (await makeCrateType(t.db)).id,
    buyers,
    days: Array.from({ length: 8 }, (_, i) => addDays(today, i + 1)),
    today,
    /** Writes asked for so far. */
    asked: 0,
    done: new Map<string, number>(),
    refused: new Map<string, number>(),
  }
}

/** Two people of finance, the account that buyers pay into, and what is known of codes and lines so far. */
async function moneyOf(t: TestApp, operations: { id: string; kind: string }) {
  await t.db.insert(receivingAccounts).values({
    id: newId(),
    orgId: operations.id,
    holder: '示例',
    bank: '示例',
    number: newId(),
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  })
  return {
    finance: await t.guest(operations, ['ops_finance']),
    second: await t.guest(operations, ['ops_finance']),
    codes: new Map<string, string>(),
    serials: [] as string[],
    lines: new Map<string, string>(),
  }
}
export type World = Awaited<ReturnType<typeof worldOf>>

/** One kind of thing people do; it looks for something to do it to and does nothing when there is none. */
export type Command = { name: string; weight: number; run: (world: World) => Promise<unknown> }

/**
 * Asks a door as somebody. A refusal is a fair answer, whoever asked; a fault of the server is not. Now and then the
 * same request is sent twice at once, as a phone does that lost the answer.
 */
export async function ask<Id extends RouteId>(
  world: World,
  id: Id,
  input: ContractInput<Contracts[Id]>,
  who: Guest,
) {
  const { t, dice } = world
  const send = () => t.call(id, input, who)
  const twice = contracts[id].method !== 'GET' && dice.maybe(0.08)
  const [answer, repeat] = await Promise.all([send(), ...(twice ? [send()] : [])])
  for (const { status, problem } of [answer, ...(repeat ? [repeat] : [])]) {
    // A lock that others keep too long is told as `unavailable`: the caller comes again; the history counts them.
    if (status >= 500 && problem.code !== 'unavailable')
      throw new Error(`${id} ${JSON.stringify(input)}: ${status} ${JSON.stringify(problem)}`)
  }
  if (contracts[id].method !== 'GET') world.asked++
  const counts = answer.status < 300 ? world.done : world.refused
  const key = answer.status < 300 ? id : `${id} ${answer.problem.code}`
  counts.set(key, (counts.get(key) ?? 0) + 1)
  return answer
}

/** A random row of a query, or null. */
export async function some<T extends object>(
  world: World,
  query: string,
  values: unknown[] = [],
): Promise<T | null> {
  const rows = await world.t.sql.unsafe<T[]>(`${query} order by random() limit 1`, values as never[])
  return rows[0] ?? null
}

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Uploads a picture as somebody and gives its id. */
export async function pictureOf({ t }: World, who: Guest): Promise<string> {
  const id = newId()
  await t.app.inject({
    method: 'PUT',
    url: `/api/files/${id}`,
    headers: { cookie: who.cookie, 'content-type': 'image/png' },
    payload: onePixel,
  })
  return id
}
