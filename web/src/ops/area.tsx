import { coopCallOffMessages } from '@huming/shared/i18n/coop-call-offs'
import { opsMessages } from '@huming/shared/i18n/ops'
import { opsRecallMessages } from '@huming/shared/i18n/ops-recall'
import { opsSupplyMessages } from '@huming/shared/i18n/ops-supply'
import { paperMessages } from '@huming/shared/i18n/papers'
import { priceWhyMessages } from '@huming/shared/i18n/price-why'
import { timelineMessages } from '@huming/shared/i18n/timeline'
import { traceMessages } from '@huming/shared/i18n/trace'
import { warehouseMessages } from '@huming/shared/i18n/warehouse'
import { storesMessages } from '@huming/shared/i18n/warehouse-stores'
import type { Area } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { coldScreens } from '../cold/screens.ts'
import { paperScreensOf } from '../papers/holders.tsx'
import { AuditScreen } from './audit.tsx'
import { Board } from './board.tsx'
import { CutOffs } from './cut-offs.tsx'
import { OrderPage } from './order.tsx'
import { Orders } from './orders.tsx'
import { OrganisationPage } from './organisation.tsx'
import { Organisations } from './organisations.tsx'
import { QueuesScreen } from './queues.tsx'

export const area: Area = {
  title: 'ops.title',
  messages: {
    ...warehouseMessages,
    ...storesMessages,
    ...opsMessages,
    ...opsRecallMessages,
    ...opsSupplyMessages,
    ...coopCallOffMessages,
    ...paperMessages,
    ...timelineMessages,
    ...traceMessages,
    ...priceWhyMessages,
  },
  nav: [
    { to: '/', label: 'ops.nav.board', icon: 'moon', action: 'board.read' },
    { to: '/live', label: 'live.nav', icon: 'truck', action: 'board.read' },
    { to: '/orders', label: 'ops.nav.orders', icon: 'list', action: 'order.read' },
    { to: '/cut-offs', label: 'ops.nav.cutOffs', icon: 'clock', action: 'board.read' },
    { to: '/supply', label: 'supply.nav', icon: 'truck', action: 'supply.plan' },
    { to: '/vehicles', label: 'truckRules.title', icon: 'truck', action: 'planRule.write' },
    { to: '/recalls', label: 'ops.nav.recalls', icon: 'warning', action: 'recall.read' },
    { to: '/quarantine', label: 'stores.quarantineLink', icon: 'shield', action: 'stock.release' },
    { to: '/temperatures', label: 'ops.nav.temperatures', icon: 'cold', action: 'temperature.read' },
    { to: '/after-run', label: 'ops.nav.afterRun', icon: 'chart', action: 'board.read' },
    { to: '/trace', label: 'trace.ops.nav', icon: 'map', action: 'trace.read' },
    { to: '/uploads', label: 'ops.nav.uploads', icon: 'upload', action: 'upload.read' },
    { to: '/organisations', label: 'ops.nav.organisations', icon: 'building', action: 'org.list' },
    { to: '/papers', label: 'papers.desk.nav', icon: 'document', action: 'paper.read' },
    { to: '/dock-rules', label: 'docks.rulesNav', icon: 'truck', action: 'receiptRule.write' },
    { to: '/crate-types', label: 'crates.typesNav', icon: 'box', action: 'crateType.write' },
    { to: '/contracts', label: 'price.nav', icon: 'document', action: 'contract.read' },
    { to: '/reference-prices', label: 'price.navMarket', icon: 'chart', action: 'reference.read' },
    { to: '/tax-rules', label: 'price.navTax', icon: 'money', action: 'taxRule.read' },
    { to: '/queues', label: 'ops.nav.queues', icon: 'layers', action: 'queue.read' },
    { to: '/audit', label: 'ops.nav.audit', icon: 'shield', action: 'audit.read' },
    { to: '~/gov', label: 'ops.nav.report', icon: 'chart', action: 'report.read' },
  ],
  screens: [
    { path: '/', screen: Board },
    { path: '/live', screen: later(async () => (await import('../live/board.tsx')).LiveBoard) },
    {
      path: '/vehicles',
      screen: later(async () => (await import('../warehouse/truck-rules.tsx')).TruckRulesScreen),
    },
    { path: '/orders', screen: Orders },
    { path: '/orders/:id', screen: OrderPage },
    { path: '/cut-offs', screen: CutOffs },
    { path: '/supply', screen: later(async () => (await import('./supply.tsx')).SupplyDesk) },
    { path: '/recalls', screen: later(async () => (await import('./recalls.tsx')).Recalls) },
    { path: '/recalls/:id', screen: later(async () => (await import('./recall.tsx')).RecallPage) },
    { path: '/trace', screen: later(async () => (await import('./trace.tsx')).TraceScreen) },
    { path: '/uploads', screen: later(async () => (await import('./uploads.tsx')).Uploads) },
    { path: '/quarantine', screen: later(async () => (await import('../stores/quarantine.tsx')).Quarantine) },
    { path: '/organisations', screen: Organisations },
    { path: '/organisations/:id', screen: OrganisationPage },
    { path: '/papers', screen: later(async () => (await import('./paper-desk.tsx')).PaperDesk) },
    ...coldScreens,
    ...paperScreensOf,
    {
      path: '/dock-rules',
      screen: later(async () => (await import('../warehouse/dock-rules.tsx')).DockRulesDesk),
    },
    {
      path: '/crate-types',
      screen: later(async () => (await import('../crates/crate-types.tsx')).CrateTypes),
    },
    { path: '/contracts', screen: later(async () => (await import('../pricing/contracts.tsx')).Contracts) },
    {
      path: '/contracts/:id',
      screen: later(async () => (await import('../pricing/contract.tsx')).ContractPage),
    },
    {
      path: '/reference-prices',
      screen: later(async () => (await import('../pricing/references.tsx')).References),
    },
    { path: '/tax-rules', screen: later(async () => (await import('../pricing/taxes.tsx')).Taxes) },
    { path: '/queues', screen: QueuesScreen },
    { path: '/audit', screen: AuditScreen },
  ],
}
