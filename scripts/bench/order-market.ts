import type { OpenDb } from '@huming/db/client'
import {
  makeBuyer,
  makeHub,
  makeLot,
  makePerson,
  makeSite,
  makeSku,
  makeSupplier,
} from '@huming/db/factories'
import { cookieName, openSession } from '@huming/server/accounts/sessions'
import { addDays, serviceDayOf } from '@huming/shared/days'

type Row<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>

export type BenchBuyer = {
  readonly orgId: string
  readonly siteId: string
  readonly accountId: string
  readonly personId: string
  readonly cookie: string
}
export type BenchMarket = {
  readonly day: string
  readonly hubId: string
  readonly buyers: readonly BenchBuyer[]
  readonly skus: readonly Row<typeof makeSku>[]
  /** One pack in short supply. */
  readonly hot: Row<typeof makeSku>
  /** For the raw baselines: lots of the same packs at a hub of their own, and its `sales` account. */
  readonly raw: {
    readonly hubId: string
    readonly lotIds: readonly string[]
    readonly salesAccountId: string
  }
}

const suppliers = 12
const skusOfSupplier = 34
/** Ordering units of every line. */
export const unitsPerLine = 2
/** For so many orders is there of the pack in short supply. */
export const hotStock = 100
/** Cartons in every other lot: never short, however long it runs. */
const plenty = 10_000_000

/** Buyers with open sessions, packs with prices and lots. Sample rows only; made anew for each run. */
export async function makeBenchMarket({ db, sql }: OpenDb, buyerCount: number): Promise<BenchMarket> {
  const day = addDays(serviceDayOf(new Date()), 2)
  const [hub, rawHub] = [await makeHub(db), await makeHub(db)]
  const skus: Row<typeof makeSku>[] = []
  const lotIds: string[] = []
  for (let i = 0; i < suppliers; i++) {
    const supplier = await makeSupplier(db)
    await Promise.all(
      Array.from({ length: skusOfSupplier }, async () => {
        const sku = await makeSku(db, supplier.id)
        await makeLot(db, sku, hub.id, plenty * sku.basePerOrderUnit)
        lotIds.push((await makeLot(db, sku, rawHub.id, plenty * sku.basePerOrderUnit)).id)
        skus.push(sku)
      }),
    )
  }
  const hotSupplier = await makeSupplier(db)
  const hot = await makeSku(db, hotSupplier.id)
  await makeLot(db, hot, hub.id, hotStock * unitsPerLine * hot.basePerOrderUnit)
  const salesAccountId = await openSalesAccount(sql, rawHub.orgId)
  const buyers = await Promise.all(
    Array.from({ length: buyerCount }, () => makeBenchBuyer({ db, sql }, hub.id)),
  )
  await sql`vacuum analyze`
  return { day, hubId: hub.id, buyers, skus, hot, raw: { hubId: rawHub.id, lotIds, salesAccountId } }
}

async function makeBenchBuyer({ db, sql }: Pick<OpenDb, 'db' | 'sql'>, hubId: string): Promise<BenchBuyer> {
  const org = await makeBuyer(db, {}, null)
  const site = await makeSite(db, org.id, hubId)
  const person = await makePerson(db, org.id, ['purchaser'])
  const session = await db.transaction((tx) =>
    openSession(tx, {
      personId: person.id,
      orgId: org.id,
      orgKind: 'buyer',
      device: 'bench',
      now: new Date(),
    }),
  )
  const [account] = await sql<{ id: string }[]>`select id from ledger_accounts where org_id = ${org.id}`
  return {
    orgId: org.id,
    siteId: site.id,
    accountId: (account as { id: string }).id,
    personId: person.id,
    cookie: `${cookieName}=${session.token}`,
  }
}

async function openSalesAccount(sql: OpenDb['sql'], orgId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into ledger_accounts (id, org_id, purpose) values (uuidv7(), ${orgId}, 'sales') returning id`
  return (row as { id: string }).id
}
