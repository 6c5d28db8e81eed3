import { coopMessages } from '@huming/shared/i18n/coop'
import type { Area, NavItem, Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { CallOffs } from './call-offs.tsx'
import { Consignments } from './consignments.tsx'
import './coop.css'
import './forms.css'
import { Home } from './home.tsx'
import { LotPage } from './lot.tsx'
import { Lots } from './lots.tsx'
import { Products } from './products.tsx'
import { OwnScope } from './scope.tsx'

/** Where suppliers work; brokers have the same under each principal. */
export const supplierNav: readonly NavItem[] = [
  { to: '/', label: 'coop.nav.home', icon: 'home' },
  { to: '/lots', label: 'coop.nav.lots', icon: 'layers', action: 'lot.read' },
  { to: '/consignments', label: 'coop.nav.consignments', icon: 'truck', action: 'supply.read' },
  { to: '/products', label: 'coop.nav.products', icon: 'leaf', action: 'catalogue.manage' },
  { to: '/call-offs', label: 'coop.nav.callOffs', icon: 'bell', action: 'supply.read' },
]

export const supplierScreens: readonly Screen[] = [
  { path: '/', screen: Home },
  { path: '/products', screen: Products },
  { path: '/products/new', screen: later(async () => (await import('./product.tsx')).NewProduct) },
  { path: '/products/:id', screen: later(async () => (await import('./product.tsx')).ProductPage) },
  { path: '/products/:id/packs/new', screen: later(async () => (await import('./pack.tsx')).NewPack) },
  { path: '/products/:id/packs/:skuId', screen: later(async () => (await import('./pack.tsx')).PackPage) },
  { path: '/lots', screen: Lots },
  { path: '/lots/new', screen: later(async () => (await import('./declare-lot.tsx')).DeclareLot) },
  { path: '/lots/:id', screen: LotPage },
  { path: '/call-offs', screen: CallOffs },
  { path: '/consignments', screen: Consignments },
  {
    path: '/consignments/new',
    screen: later(async () => (await import('./consignment.tsx')).NewConsignment),
  },
  {
    path: '/consignments/:id',
    screen: later(async () => (await import('./consignment.tsx')).ConsignmentPage),
  },
]

export const area: Area = {
  title: 'coop.title',
  messages: coopMessages,
  nav: supplierNav,
  screens: supplierScreens,
  Frame: OwnScope,
}
