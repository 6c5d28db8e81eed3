import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { type Client, eachOf, type Who } from './client.ts'
import { receive } from './dock.ts'
import { enterLotPapers } from './lot-papers.ts'
import type { Night } from './night.ts'

type Lot = ContractReply<Contracts['stock.listLots']>['items'][number]
type Sku = ContractReply<Contracts['catalogue.listProducts']>['items'][number]['skus'][number]

/** A supplier’s clerk; lots of zones that may share a truck travel together. */
export type Lister = { who: Who }

const truckOf = (zone: Zone): string =>
  zone === 'frozen' ? 'frozen' : zone.startsWith('chilled') ? 'chilled' : 'ambient'

/** The co-ops and bases declare what they harvested and made for the night; a few packs are scarce. */
export async function declareLots(
  night: Night,
  listers: readonly Lister[],
  unitsEach: number,
): Promise<number> {
  const { client, chance, hubId, day } = night
  const today = serviceDayOf(new Date())
  let declared = 0
  await eachOf(listers, 4, async ({ who }) => {
    const { items } = await client.call(
      'catalogue.listProducts',
      { query: { orgId: who.orgId, limit: 200 } },
      who,
    )
    const packs = items.flatMap(({ skus, category }) => skus.map((sku) => ({ sku, category })))
    for (const { sku, category } of packs.filter((one) => !one.sku.archived)) {
      const useByDay = addDays(today, sku.shelfLifeDays)
      if (useByDay < addDays(day as ServiceDay, sku.minRemainingDays)) continue
      const units = chance.happens(0.08)
        ? Math.max(2, Math.round(unitsEach * 0.15))
        : Math.round(unitsEach * (0.9 + chance.next()))
      const id = newId()
      const body = lotOf(sku, hubId, units, today, useByDay)
      await client.call('stock.declareLot', { params: { id }, body }, who)
      await enterLotPapers(client, who, { id, quantity: body.quantity }, category)
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
  await eachOf(listers, 4, async ({ who }) => {
    const lots = (await promisedLots(night.client, who, night.hubId)).filter((lot) => lot.promised > 0)
    const zones = await zonesOf(night.client, who)
    for (const load of Map.groupBy(lots, (lot) => truckOf(zones.get(lot.skuId) ?? 'ambient')).values()) {
      shipped.push(await ship(night, who, load, zones))
    }
  })
  night.say(`  ${shipped.length} consignments are on the way`)
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
  const { items } = await client.call(
    'catalogue.listProducts',
    { query: { orgId: who.orgId, limit: 200 } },
    who,
  )
  return new Map(items.flatMap((product) => product.skus.map((sku): [string, Zone] => [sku.id, sku.zone])))
}

async function ship(
  { client, hubId, chance }: Night,
  who: Who,
  lots: readonly Lot[],
  zones: ReadonlyMap<string, Zone>,
): Promise<string> {
  const id = newId()
  const lines = lots.slice(0, 100).map((lot) => ({ lotId: lot.id, quantity: lot.quantity }))
  const draft = await client.call(
    'supply.writeConsignment',
    { params: { id }, body: { orgId: who.orgId, hubId, lines } },
    who,
  )
  const coldest = Math.min(...lots.map((lot) => ZONES[zones.get(lot.skuId) ?? 'ambient'].target.max))
  const body = {
    plate: `闽G${chance.whole(10_000, 99_999)}`,
    driverName: '示例司机',
    sealNumber: `S${chance.whole(100_000, 999_999)}`,
    setPointDeciC: coldest < 100 ? coldest : null,
    departsAt: new Date(Date.now() - 10 * 3_600_000).toISOString(),
    expectedAt: new Date(Date.now() + 600_000).toISOString(),
    version: draft.version,
  }
  await client.call('supply.shipConsignment', { params: { id }, body }, who)
  return id
}
