import { districtOf, type SanmingCode, type ShanghaiCode } from '@huming/shared/districts'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { hubs, sites } from '../../schema/accounts.ts'
import { type Buyer, sampleBuyers } from '../content/buyers.ts'
import { placeIn, streets } from '../content/places.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { diceOf, sampleId } from '../ids.ts'
import { marked, personName, samplePhone } from './names.ts'
import { buyerId, houseId, isAcross, supplierId } from './parties.ts'

export const centralHubId = sampleId('hub central')
export const subHubId = sampleId('hub sub-centre')

type HubRow = typeof hubs.$inferInsert
type SiteRow = typeof sites.$inferInsert

/** The city warehouse at 江桥 in 嘉定, and its sub-centre across the river. */
export const hubRows: readonly HubRow[] = [
  {
    id: centralHubId,
    orgId: houseId('warehouse'),
    kind: 'central',
    name: '江桥城市配送仓（示例）',
    parentHubId: null,
    districtCode: '310114',
    address: '上海市嘉定区江桥镇示例路88号',
    lngE6: 121_330_000,
    latE6: 31_262_000,
    isSample: true,
  },
  {
    id: subHubId,
    orgId: houseId('warehouse'),
    kind: 'sub_centre',
    name: '浦东分中心（示例）',
    parentHubId: centralHubId,
    districtCode: '310115',
    address: '上海市浦东新区北蔡镇示例路16号',
    lngE6: 121_560_000,
    latE6: 31_180_000,
    isSample: true,
  },
]

/** A place goods are delivered to, with the buyer it belongs to. */
export type BuyerSite = { readonly row: SiteRow; readonly buyer: Buyer }

/** All doors of all buyers, in the order of the buyers. */
export function buyerSites(): BuyerSite[] {
  return sampleBuyers.flatMap((buyer, i) => {
    const names = [buyer.name, ...(buyer.branches ?? []).map((branch) => `${buyer.name}·${branch}`)]
    return names.map((name, at) => ({
      buyer,
      row: siteRow(buyer, name, buyer.districts[at] ?? (buyer.districts.at(-1) as ShanghaiCode), i * 10 + at),
    }))
  })
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const weekdaysOf: Partial<Record<BuyerClass, readonly number[]>> = { canteen_office: [1, 2, 3, 4, 5] }
const minutesAtDoor: Record<BuyerClass, number> = {
  snack_shop: 7,
  breakfast: 8,
  canteen_university: 18,
  canteen_office: 15,
  wholesale: 25,
  fresh_platform: 30,
  community: 12,
}

export function siteRow(buyer: Buyer, name: string, district: ShanghaiCode, serial: number): SiteRow {
  const dice = diceOf(`site ${name}`)
  const { window } = BUYER_CLASSES[buyer.buyerClass]
  const across =
    isAcross(district) &&
    ['snack_shop', 'breakfast', 'canteen_university', 'canteen_office'].includes(buyer.buyerClass)
  const later = buyer.buyerClass === 'snack_shop' ? dice.one([0, 0, 60, 120]) : 0
  return {
    id: sampleId(`site ${name}`),
    orgId: buyerId(buyer),
    hubId: across ? subHubId : centralHubId,
    name: marked(name),
    districtCode: district,
    address: `上海市${districtOf(district)?.name.zh}${dice.one(streets[district])}示例路${dice.whole(1, 499)}号`,
    ...placeIn(district, dice),
    contactName: personName(dice),
    contactPhone: samplePhone(20_000 + serial),
    deliveryWeekdays: [...(buyer.weekdays ?? weekdaysOf[buyer.buyerClass] ?? everyDay)],
    windowFrom: window.from + later,
    windowTo: window.to,
    serviceSeconds: minutesAtDoor[buyer.buyerClass] * 60,
    keyDrop: buyer.keyDrop ?? false,
    gateNote: buyer.gate ?? '',
    isSample: true,
  }
}

/** The place each supplier ships from; its hub is the city warehouse. */
export function supplierSiteRows(): SiteRow[] {
  return Object.entries(suppliers).map(([key, one], i) => {
    const dice = diceOf(`base ${key}`)
    const point = districtOf(one.county)?.point ?? { lngE6: 0, latE6: 0 }
    return {
      id: sampleId(`site ${one.name}`),
      orgId: supplierId(key as SupplierKey),
      hubId: centralHubId,
      name: marked(`${one.shortName.replace('（示例）', '')}发货点`),
      districtCode: one.county satisfies SanmingCode,
      address: one.address,
      lngE6: point.lngE6 + dice.whole(-15_000, 15_000),
      latE6: point.latE6 + dice.whole(-15_000, 15_000),
      contactName: marked(one.lister),
      contactPhone: samplePhone(10_000 + i * 10),
      deliveryWeekdays: everyDay,
      windowFrom: 360,
      windowTo: 1200,
      serviceSeconds: 1800,
      keyDrop: false,
      gateNote: '',
      isSample: true,
    }
  })
}
