import type { ServiceDay } from '../days.ts'

/** How goods and services are taxed, by what they are. */
export const TAX_CLASSES = {
  vegetable: { zh: '蔬菜（含食用菌）', en: 'Vegetables and mushrooms' },
  fresh_meat_egg: { zh: '鲜活肉蛋', en: 'Fresh meat and eggs' },
  agri: { zh: '初级农产品', en: 'Primary agricultural goods' },
  edible_oil: { zh: '食用植物油', en: 'Edible vegetable oil' },
  grain_product: { zh: '粮食复制品', en: 'Noodles and wrappers' },
  processed_food: { zh: '加工食品', en: 'Processed food' },
  packaging: { zh: '包装用品', en: 'Packaging' },
  transport: { zh: '运输服务', en: 'Transport' },
  service: { zh: '仓储与平台服务', en: 'Storage and platform services' },
} as const

export type TaxClass = keyof typeof TAX_CLASSES
export const TAX_CLASS_IDS = Object.keys(TAX_CLASSES) as TaxClass[]

/** `self_producer`: farmer or co-op selling what it or its members grew; `small`: small-scale taxpayer. */
export const SELLER_TYPES = ['self_producer', 'general', 'small'] as const
export type SellerType = (typeof SELLER_TYPES)[number]

/** One dated rule; `to` null means until changed. Rows may be kept in a table and passed in its place. */
export type TaxRule = {
  readonly taxClass: TaxClass
  readonly sellerType: SellerType
  readonly from: ServiceDay
  readonly to: ServiceDay | null
  readonly rateBp: number
  readonly exempt: boolean
  readonly basis: string
}

// 增值税法 is in force from this day.
const FROM = '2026-01-01' as ServiceDay

function rule(taxClass: TaxClass, sellerType: SellerType, rateBp: number, basis: string): TaxRule {
  return { taxClass, sellerType, from: FROM, to: null, rateBp, exempt: rateBp === 0, basis }
}

const CIRCULATION_VEGETABLE = '财税〔2011〕137号（蔬菜流通环节免税，延续执行）'
const CIRCULATION_MEAT = '财税〔2012〕75号（鲜活肉蛋流通环节免税，延续执行）'
const GRAIN_PRODUCT = '增值税法第十条（二）；财税字〔1995〕52号（粮食复制品）'

const GENERAL: readonly TaxRule[] = [
  rule('vegetable', 'general', 0, CIRCULATION_VEGETABLE),
  rule('fresh_meat_egg', 'general', 0, CIRCULATION_MEAT),
  rule('agri', 'general', 900, '增值税法第十条（二）'),
  rule('edible_oil', 'general', 900, '增值税法第十条（二）'),
  rule('grain_product', 'general', 900, GRAIN_PRODUCT),
  rule('processed_food', 'general', 1300, '增值税法第十条（一）'),
  rule('packaging', 'general', 1300, '增值税法第十条（一）'),
  rule('transport', 'general', 900, '增值税法第十条（二）'),
  rule('service', 'general', 600, '增值税法第十条（三）'),
]

const LEVY = '增值税法第九条、第十一条（征收率）'
const SELF_GROWN = '增值税法第二十四条（一）；财税〔2008〕81号'

const SMALL: readonly TaxRule[] = TAX_CLASS_IDS.map((taxClass) => {
  const exempt = GENERAL.find((one) => one.taxClass === taxClass && one.exempt)
  return rule(taxClass, 'small', exempt ? 0 : 300, exempt?.basis ?? LEVY)
})

// A co-op's processed goods are not "self-grown"; as a small taxpayer it pays the levy on them.
const SELF: readonly TaxRule[] = SMALL.map((one) =>
  one.taxClass === 'agri' || one.exempt
    ? rule(one.taxClass, 'self_producer', 0, SELF_GROWN)
    : { ...one, sellerType: 'self_producer' },
)

/** VAT as of 2026; the exemptions marked 延续执行 rest on extension notices to be checked each year. */
export const VAT_RULES: readonly TaxRule[] = [...GENERAL, ...SMALL, ...SELF]

/** The rule in force on a day, or null when none is known for it; of several the latest begun. */
export function taxRule(
  rules: readonly TaxRule[],
  sale: { readonly taxClass: TaxClass; readonly sellerType: SellerType; readonly day: ServiceDay },
): TaxRule | null {
  let found: TaxRule | null = null
  for (const one of rules) {
    if (one.taxClass !== sale.taxClass || one.sellerType !== sale.sellerType) continue
    if (one.from > sale.day || (one.to !== null && one.to < sale.day)) continue
    if (found === null || one.from > found.from) found = one
  }
  return found
}

/** Its rate in basis points (0 when exempt), or null when no rule is known for the day. */
export function taxRateBp(rules: readonly TaxRule[], sale: Parameters<typeof taxRule>[1]): number | null {
  return taxRule(rules, sale)?.rateBp ?? null
}
