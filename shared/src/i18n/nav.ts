import { messages } from './messages.ts'

/** Names of places whose own sentences come only when they are opened. */
export const navMessages = messages({
  'crates.nav': ['周转筐', 'Crates'],
  'crates.typesNav': ['筐型', 'Crate types'],
  'docks.rulesNav': ['月台规则', 'Dock rules'],
  'docks.nav': ['月台', 'Dock'],
  'forecast.nav': ['预报', 'Forecast'],
  'live.nav': ['实时夜班', 'Live night'],
  'papers.nav': ['资质', 'Papers'],
  'stores.nav': ['在库', 'Stores'],
  'truckRules.title': ['车辆与规则', 'Vehicles and rules'],
  'put.nav': ['上架', 'Put away'],
  'warehouse.nav.recall': ['召回取回', 'Recall'],
})
