import { messages } from './messages.ts'

/** Names of places whose own sentences come only when they are opened. */
export const navMessages = messages({
  'claims.ask': ['申请售后', 'Claim goods'],
  'claims.nav': ['售后', 'Claims'],
  'statements.nav': ['对账单', 'Statements'],
  'ageing.nav': ['应收账龄', 'Ageing'],
  'months.nav': ['月结', 'Month close'],
  'crates.nav': ['周转筐', 'Crates'],
  'crates.typesNav': ['筐型', 'Crate types'],
  'docks.rulesNav': ['月台规则', 'Dock rules'],
  'docks.nav': ['月台', 'Dock'],
  'forecast.nav': ['预报', 'Forecast'],
  'live.nav': ['实时夜班', 'Live night'],
  'nav.commission': ['佣金', 'Commission'],
  'nav.mandates': ['经纪委托', 'Mandates'],
  'nav.money': ['货款', 'Money'],
  'nav.payouts': ['付款', 'Payouts'],
  'nav.supplierTerms': ['结算条款', 'Supplier terms'],
  'papers.nav': ['资质', 'Papers'],
  'stores.nav': ['在库', 'Stores'],
  'truckRules.title': ['车辆与规则', 'Vehicles and rules'],
  'put.nav': ['上架', 'Put away'],
  'warehouse.nav.recall': ['召回取回', 'Recall'],
})
