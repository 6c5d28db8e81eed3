import { coopMessages } from '@huming/shared/i18n/coop'
import { priceWhyMessages } from '@huming/shared/i18n/price-why'
import { recallNoticeMessages } from '@huming/shared/i18n/recall-notice'
import type { Area, NavItem, Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { bookScreens, qualityScreen } from '../books/screens.ts'
import { productionScreens } from '../production/screens.ts'
import { RecallBanner } from '../recall/banner.tsx'
import './coop.css'
import './forms.css'
import { Home } from './home.tsx'
import { OwnScope } from './scope.tsx'

/** Home, under the recalls that wait for an answer. */
function HomeWithRecalls() {
  return (
    <>
      <RecallBanner />
      <Home />
    </>
  )
}

/** Where suppliers work; brokers have the same under each principal. */
export const supplierNav: readonly NavItem[] = [
  { to: '/', label: 'coop.nav.home', icon: 'home' },
  { to: '/forecasts', label: 'forecast.nav', icon: 'calendar', action: 'supply.read' },
  { to: '/lots', label: 'coop.nav.lots', icon: 'layers', action: 'lot.read' },
  { to: '/consignments', label: 'coop.nav.consignments', icon: 'truck', action: 'supply.read' },
  { to: '/products', label: 'coop.nav.products', icon: 'leaf', action: 'catalogue.manage' },
  { to: '/contracts', label: 'price.nav', icon: 'document', action: 'contract.read' },
  { to: '/call-offs', label: 'coop.nav.callOffs', icon: 'bell', action: 'supply.read' },
  { to: '/papers', label: 'papers.nav', icon: 'shield', action: 'paper.read' },
]

export const supplierScreens: readonly Screen[] = [
  { path: '/', screen: Home },
  { path: '/products', screen: later(async () => (await import('./products.tsx')).Products) },
  { path: '/products/new', screen: later(async () => (await import('./product.tsx')).NewProduct) },
  { path: '/products/:id', screen: later(async () => (await import('./product.tsx')).ProductPage) },
  { path: '/products/:id/packs/new', screen: later(async () => (await import('./pack.tsx')).NewPack) },
  { path: '/products/:id/packs/:skuId', screen: later(async () => (await import('./pack.tsx')).PackPage) },
  { path: '/leads', screen: later(async () => (await import('./leads.tsx')).Leads) },
  { path: '/forecasts', screen: later(async () => (await import('./forecasts.tsx')).Forecasts) },
  { path: '/lots', screen: later(async () => (await import('./lots.tsx')).Lots) },
  { path: '/lots/new', screen: later(async () => (await import('./declare-lot.tsx')).DeclareLot) },
  { path: '/lots/:id', screen: later(async () => (await import('./lot.tsx')).LotPage) },
  { path: '/call-offs', screen: later(async () => (await import('./call-offs.tsx')).CallOffs) },
  { path: '/consignments', screen: later(async () => (await import('./consignments.tsx')).Consignments) },
  {
    path: '/consignments/new',
    screen: later(async () => (await import('./consignment.tsx')).NewConsignment),
  },
  { path: '/consignments/:id/way', screen: later(async () => (await import('./way.tsx')).WayPage) },
  {
    path: '/consignments/:id',
    screen: later(async () => (await import('./consignment.tsx')).ConsignmentPage),
  },
  { path: '/contracts', screen: later(async () => (await import('../pricing/contracts.tsx')).Contracts) },
  {
    path: '/contracts/new',
    screen: later(async () => (await import('../pricing/contract-form.tsx')).NewContract),
  },
  {
    path: '/contracts/:id',
    screen: later(async () => (await import('../pricing/contract.tsx')).ContractPage),
  },
  { path: '/papers', screen: later(async () => (await import('../papers/papers.tsx')).Papers) },
  { path: '/papers/new', screen: later(async () => (await import('../papers/paper.tsx')).NewPaper) },
  { path: '/papers/:id', screen: later(async () => (await import('../papers/paper.tsx')).PaperPage) },
]

export const area: Area = {
  title: 'coop.title',
  messages: {
    ...coopMessages,
    ...recallNoticeMessages,
    ...priceWhyMessages,
  },
  nav: [
    ...supplierNav.slice(0, 3),
    { to: '/making', label: 'coop.nav.making', icon: 'box', action: 'production.read' },
    ...supplierNav.slice(3),
    { to: '/money', label: 'nav.money', icon: 'money', action: 'money.read' },
    { to: '/claims', label: 'claims.nav', icon: 'camera', action: 'claim.read' },
    { to: '/statements', label: 'statements.nav', icon: 'document', action: 'statement.read' },
    { to: '/crates', label: 'crates.nav', icon: 'repeat', action: 'crate.read' },
    { to: '/recalls', label: 'recallNotice.nav', icon: 'warning', action: 'recallNotice.read' },
  ],
  screens: [
    { path: '/', screen: HomeWithRecalls },
    ...supplierScreens.filter((screen) => screen.path !== '/'),
    ...productionScreens,
    ...bookScreens,
    qualityScreen,
    { path: '/money', screen: later(async () => (await import('../settlement/money.tsx')).OwnMoney) },
    { path: '/crates', screen: later(async () => (await import('../crates/my-crates.tsx')).MyCrates) },
    { path: '/recalls', screen: later(async () => (await import('../recall/notices.tsx')).RecallNotices) },
    { path: '/recalls/:id', screen: later(async () => (await import('../recall/notice.tsx')).RecallNotice) },
  ],
  Frame: OwnScope,
}
