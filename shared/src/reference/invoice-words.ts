import type { TaxClass } from './taxes.ts'

/**
 * Short names of goods on digital invoices (商品和服务分类简称) by tax class, written `*简称*名称`. 示例: the tax
 * platform's own list of 19-digit codes decides and is compared before the first true invoice.
 */
export const invoiceClassNames: Readonly<Record<TaxClass, string>> = {
  vegetable: '蔬菜',
  fresh_meat_egg: '畜禽产品',
  agri: '农产品',
  edible_oil: '植物油',
  grain_product: '谷物加工品',
  processed_food: '其他食品',
  packaging: '塑料制品',
  transport: '运输服务',
  service: '物流辅助服务',
}

/** 特定业务类型: 自产农产品销售 and 农产品收购. */
export const specialTypeNames = { '12': '自产农产品销售', '16': '农产品收购' } as const
