import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { type Client, eachOf, type Who } from './client.ts'
import { receive } from './dock.ts'
import { forecastAll, harvestAll, harvestable, productsOf, type Sku } from './forecast.ts'
import { enterLotPapers } from './lot-papers.ts'
import type { Night } from './night.ts'
import { bookDock, passAlong, planWay } from './way.ts'

type Lot = ContractReply<Contracts['stock.listLots']>['items'][number]

/** A supplier’s clerk; lots of zones that may share a truck travel together. */
export type Lister = { who: Who }

const truckOf = (zone: Zone): string =>
  zone === 'frozen' ? 'frozen' : zone.startsWith('chilled') ? 'chilled' : 'ambient'

/** The co-ops and bases forecast, or declare as made, what the night is to have; a few packs are scarce. */
export async function declareLots(
  night: Night,
  listers: readonly Lister[],
  unitsEach: number,
): Promise<number> {
  const { client, chance, hubId, day } = night
  const today = serviceDayOf(new Date())
  let declared = 0
  await eachOf(listers, 4, async ({ who }) => {
    const products = await productsOf(client, who)
    const packs = products.flatMap((product) => product.skus.map((sku) => ({ sku, product })))
    const wanted = packs.flatMap(({ sku, product }) => {
      const useByDay = addDays(today, sku.shelfLifeDays)
      if (sku.archived || useByDay < addDays(day as ServiceDay, sku.minRemainingDays)) return []
      const units = chance.happens(0.08)
        ? Math.max(2, Math.round(unitsEach * 0.15))
        : Math.round(unitsEach * (0.9 + chance.next()))
      return [{ sku, product, units, useByDay }]
    })
    const ahead = wanted.filter(({ product }) => harvestable(product) && chance.happens(0.2))
    const forecast = await forecastAll(
      night,
      who,
      ahead.map(({ sku, units }) => ({ sku, quantity: 2 * units * sku.basePerOrderUnit })),
    )
    declared += forecast.size
    for (const { sku, product, units, useByDay } of wanted.filter((one) => !forecast.has(one.sku.id))) {
      const id = newId()
      const body = lotOf(sku, hubId, units, today, useByDay)
      await client.call('stock.declareLot', { params: { id }, body }, who)
      await enterLotPapers(client, who, { id, quantity: body.quantity }, product.category)
      declared++
    }
  })
  return declared
}

const lotOf = (sku: Sku, hubId: string, units: number, today: ServiceDay, useByDay: string) => ({
  skuId: sku.id,
  hubId,
  stage: 'made' as const,
  quantity: units * sku.basePerOrderUnit,
  madeOn: today,
  readyDay: today,
  useByDay,
  certificate: `SL-${today.replaceAll('-', '')}`,
})

/** Suppliers answer what they are asked for: most confirm, some can do less. */
export async function answerCallOffs(
  { client, chance, day, say }: Night,
  listers: readonly Lister[],
): Promise<void> {
  let confirmed = 0
  let cut = 0
  await eachOf(listers, 4, async ({ who }) => {
    const { items } = await client.call(
      'supply.listCallOffs',
      { query: { day, status: 'asked', orgId: who.orgId, limit: 200 } },
      who,
    )
    for (const ask of items) {
      const less = chance.happens(0.03)
      const confirmedQuantity = less
        ? Math.floor((ask.quantity * 0.8) / ask.basePerOrderUnit) * ask.basePerOrderUnit
        : ask.quantity
      await client.call(
        'supply.answerCallOff',
        { params: { id: ask.id }, body: { confirmedQuantity, note: less ? '示例：今天采收少' : '' } },
        who,
      )
      if (less) cut++
      else confirmed++
    }
  })
  say(`  call-offs: ${confirmed} confirmed, ${cut} cut`)
}

/** Each supplier loads the lots that buyers wait for on trucks by temperature; gives the consignments' ids. */
export async function shipAll(night: Night, listers: readonly Lister[]): Promise<string[]> {
  const shipped: string[] = []
  let harvested = 0
  await eachOf(listers, 4, async ({ who }) => {
    harvested += await harvestAll(night, who)
    const lots = (await promisedLots(night.client, who, night.hubId)).filter((lot) => lot.promised > 0)
    const zones = await zonesOf(night.client, who)
    for (const load of Map.groupBy(lots, (lot) => truckOf(zones.get(lot.skuId) ?? 'ambient')).values()) {
      shipped.push(await ship(night, who, load, zones))
    }
  })
  night.say(`  ${harvested} forecasts harvested; ${shipped.length} consignments are on the way`)
  return shipped
}

/** The warehouse takes in what arrives; one consignment comes short, and one truck breaks down and never comes. */
export async function receiveAll(night: Night, shipped: readonly string[]): Promise<void> {
  const lost = shipped.length > 3 ? night.chance.pick(shipped) : null
  const short = night.chance.pick(shipped.filter((id) => id !== lost))
  await eachOf(
    shipped.filter((id) => id !== lost),
    4,
    (id) => receive(night, id, id === short),
  )
  night.say(
    `  received ${shipped.length - (lost ? 1 : 0)}; one came short${lost ? ', one did not come' : ''}`,
  )
}

async function promisedLots(client: Client, who: Who, hubId: string): Promise<Lot[]> {
  const lots: Lot[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await client.call(
      'stock.listLots',
      { query: { orgId: who.orgId, hubId, stage: 'made', limit: 200, ...(cursor ? { cursor } : {}) } },
      who,
    )
    lots.push(...page.items)
    if (!page.nextCursor) return lots
    cursor = page.nextCursor
  }
}

async function zonesOf(client: Client, who: Who): Promise<Map<string, Zone>> {
  const products = await productsOf(client, who)
  return new Map(products.flatMap(({ skus }) => skus.map((sku): [string, Zone] => [sku.id, sku.zone])))
}

async function ship(
  night: Night,
  who: Who,
  lots: readonly Lot[],
  zones: ReadonlyMap<string, Zone>,
): Promise<string> {
  const { client, hubId, chance } = night
  const id = newId()
  const lines = lots.slice(0, 100).map((lot) => ({ lotId: lot.id, quantity: lot.quantity }))
  await client.call(
    'supply.writeConsignment',
    { params: { id }, body: { orgId: who.orgId, hubId, lines } },
    who,
  )
  const onBoard = lots.slice(0, 100).map((lot) => zones.get(lot.skuId) ?? 'ambient')
  const coldest = Math.min(...onBoard.map((zone) => ZONES[zone].target.max))
  const departsAt = new Date(Date.now() - 10 * 3_600_000)
  const trip = { departsAt, expectedAt: new Date(Date.now() + 600_000) }
  const legs = await planWay(night, who, id, onBoard, trip)
  await bookDock(night, who, id)
  const draft = await client.call('supply.readConsignment', { params: { id } }, who)
  const body = {
    plate: draft.plate || `闽G${chance.whole(10_000, 99_999)}`,
    driverName: '示例司机',
    sealNumber: `S${chance.whole(100_000, 999_999)}`,
    setPointDeciC: coldest < 100 ? coldest : null,
    departsAt: trip.departsAt.toISOString(),
    expectedAt: trip.expectedAt.toISOString(),
    version: draft.version,
  }
  await client.call('supply.shipConsignment', { params: { id }, body }, who)
  if (legs > 0 || chance.happens(0.5)) await passAlong(night, who, id)
  return id
}
