import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, inSeason, type ServiceDay, serviceDayOf, weekdayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { type Client, eachOf, type Who } from './client.ts'
import { enterLotPapers } from './lot-papers.ts'
import type { Night } from './night.ts'

export type Product = ContractReply<Contracts['catalogue.listProducts']>['items'][number]
export type Sku = Product['skus'][number]

const today = (): ServiceDay => serviceDayOf(new Date())
const weekOf = (day: ServiceDay): ServiceDay => addDays(day, 1 - weekdayOf(day))

/** May the product be harvested today? */
export const harvestable = ({ seasons }: Product): boolean =>
  seasons.length === 0 || seasons.some((season) => inSeason(today(), season))

/**
 * Forecasts today's harvest of packs, and sends the same once more as a phone does whose answer was lost. Gives the
 * packs whose forecast serves the night; the others are declared as made.
 */
export async function forecastAll(
  { client, hubId, day }: Night,
  who: Who,
  packs: readonly { sku: Sku; quantity: number }[],
): Promise<Set<string>> {
  if (packs.length === 0) return new Set()
  const harvestDay = today()
  const cells = packs.slice(0, 100).map(({ sku, quantity }) => ({
    lotId: newId(),
    skuId: sku.id,
    week: weekOf(harvestDay),
    harvestDay,
    quantity,
    version: 0,
  }))
  const body = { orgId: who.orgId, hubId, cells }
  await client.call('forecasts.write', { body }, who)
  const { items } = await client.call('forecasts.write', { body }, who)
  const serving = new Set(items.filter((lot) => lot.readyDay <= day).map((lot) => lot.lotId))
  return new Set(cells.filter((cell) => serving.has(cell.lotId)).map((cell) => cell.skuId))
}

/**
 * What was forecast for today is harvested, where orders wait for it and half of the rest: mostly what was said, now
 * and then a tenth less. Gives how many.
 */
export async function harvestAll(night: Night, who: Who): Promise<number> {
  const { client, hubId, chance } = night
  const [grid, products] = [
    await client.call('forecasts.read', { query: { orgId: who.orgId, hubId } }, who),
    await productsOf(client, who),
  ]
  const categories = new Map(
    products.flatMap(({ skus, category }) => skus.map((sku) => [sku.id, category] as const)),
  )
  const due = grid.rows.flatMap((row) =>
    row.cells
      .flatMap((cell) => cell.forecasts)
      .filter((one) => one.harvestDay === today() && (one.promised > 0 || chance.happens(0.5)))
      .map((one) => ({ row, one })),
  )
  await eachOf(due, 2, async ({ row, one }) => {
    const unit = row.basePerOrderUnit
    const less = chance.happens(0.12)
    const quantity = less ? Math.max(unit, Math.floor((one.quantity * 0.9) / unit) * unit) : one.quantity
    await client.call(
      'stock.makeLot',
      {
        params: { id: one.lotId },
        body: {
          quantity,
          madeOn: today(),
          useByDay: addDays(today(), row.shelfLifeDays),
          certificate: `SL-${today().replaceAll('-', '')}`,
        },
      },
      who,
    )
    await enterLotPapers(client, who, { id: one.lotId, quantity }, categories.get(row.skuId) ?? '')
  })
  return due.length
}

/** A supplier's products with their packs. */
export async function productsOf(client: Client, who: Who): Promise<Product[]> {
  const { items } = await client.call(
    'catalogue.listProducts',
    { query: { orgId: who.orgId, limit: 200 } },
    who,
  )
  return items
}
