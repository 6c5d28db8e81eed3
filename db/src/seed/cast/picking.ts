import { buildSscc } from '@huming/shared/identifiers/gs1'
import { handlingOf, type Separation, separationOf } from '@huming/shared/reference/handling'
import type { hubPicking, pickRules } from '../../schema/picking-rules.ts'
import type { Pack, Product } from '../content/kinds.ts'
import { sampleId } from '../ids.ts'
import { hubRows } from './places.ts'

/** A company prefix of the sample (示例), no company's; numbers of sample totes begin with 9. */
const ssccPrefix = '69300001'
export const sampleSscc = (serial: number): string => buildSscc(9, ssccPrefix, serial)

/** How a sample pack is handled: as its category says; weighed farm goods come loose in baskets. */
export function handlingOfPack(pack: Pack, product: Product) {
  const handling = handlingOf(product.category)
  return { handling, loose: handling === 'raw' && (pack.catchWeight ?? false) }
}

export const separationOfPack = (pack: Pack, product: Product): Separation =>
  separationOf(handlingOfPack(pack, product).handling, pack.allergens ?? [])

/** Both sample hubs serve contracts and canteens first and weigh totes before sealing. */
export const hubPickingRows = (): (typeof hubPicking.$inferInsert)[] =>
  hubRows.map(({ id: hubId }) => ({
    hubId,
    shortageRule: 'contract_first',
    classOrder: ['canteen_university', 'canteen_office', 'snack_shop', '*'],
    ssccPrefix,
    checkRule: 'weigh',
    checkToleranceBp: 300,
    toteKinds: [
      { kind: 'crate', grams: 25_000, millilitres: 60_000, tareGrams: 2200 },
      { kind: 'cage', grams: 300_000, millilitres: 900_000, tareGrams: 28_000 },
      { kind: 'pallet', grams: 1_000_000, millilitres: 1_800_000, tareGrams: 22_000 },
    ],
  }))

const anything = {
  zone: null,
  category: null,
  buyerClass: null,
  catchWeight: null,
  atDock: null,
  minSites: null,
  maxPacks: null,
}

/** Trade practice: what never left the dock is sorted there; canteens by order; few packs for many stores are put. */
const methods = [
  { sequence: 10, method: 'cross_dock', atDock: true, minSites: 3, note: '未上架的到货按店直通' },
  { sequence: 20, method: 'by_order', buyerClass: 'canteen_university', note: '食堂按单摘果' },
  { sequence: 21, method: 'by_order', buyerClass: 'canteen_office', note: '食堂按单摘果' },
  { sequence: 30, method: 'put_to_store', minSites: 8, maxPacks: 120, note: '多店同品播种' },
] as const

export const pickRuleRows = (): (typeof pickRules.$inferInsert)[] =>
  hubRows.flatMap(({ id: hubId }) =>
    methods.map((rule) => ({
      ...anything,
      ...rule,
      id: sampleId(`pick rule ${hubId} ${rule.sequence}`),
      hubId,
      validFrom: '2026-01-01',
      validTo: '2099-12-31',
    })),
  )
