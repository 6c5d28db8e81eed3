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
import { deskScreens } from '../books/screens.ts'
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
    { to: '/payments', label: 'pay.nav.received', icon: 'money', action: 'payment.read' },
    { to: '/bank', label: 'pay.nav.bank', icon: 'building', action: 'payment.desk' },
    { to: '/refunds', label: 'pay.nav.refunds', icon: 'repeat', action: 'payment.desk' },
    { to: '/connect', label: 'pay.nav.connect', icon: 'link', action: 'payment.desk' },
    { to: '/payouts', label: 'nav.payouts', icon: 'money', action: 'payout.read' },
    { to: '/supplier-terms', label: 'nav.supplierTerms', icon: 'document', action: 'terms.write' },
    { to: '/mandates', label: 'nav.mandates', icon: 'people', action: 'mandate.write' },
    { to: '/claims', label: 'claims.nav', icon: 'camera', action: 'claim.read' },
    { to: '/statements', label: 'statements.nav', icon: 'document', action: 'statement.read' },
    { to: '/ageing', label: 'ageing.nav', icon: 'chart', action: 'statement.manage' },
    { to: '/months', label: 'months.nav', icon: 'clock', action: 'month.close' },
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
    ...deskScreens,
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
    { path: '/payments', screen: later(async () => (await import('../payment/payments.tsx')).Payments) },
    {
      path: '/payments/:id',
      screen: later(async () => (await import('../payment/payment.tsx')).PaymentPage),
    },
    { path: '/bank', screen: later(async () => (await import('../payment/bank.tsx')).BankDesk) },
    { path: '/refunds', screen: later(async () => (await import('../payment/refunds.tsx')).RefundDesk) },
    { path: '/connect', screen: later(async () => (await import('../payment/connect.tsx')).ConnectDesk) },
    { path: '/payouts', screen: later(async () => (await import('../settlement/payouts.tsx')).Payouts) },
    { path: '/payouts/:id', screen: later(async () => (await import('../settlement/batch.tsx')).BatchPage) },
    {
      path: '/parties/:orgId/money',
      screen: later(async () => (await import('../settlement/party-money.tsx')).PartyMoneyPage),
    },
    {
      path: '/supplier-terms',
      screen: later(async () => (await import('../settlement/supplier-terms.tsx')).SupplierTerms),
    },
    { path: '/mandates', screen: later(async () => (await import('../settlement/mandates.tsx')).Mandates) },
    { path: '/queues', screen: QueuesScreen },
    { path: '/audit', screen: AuditScreen },
  ],
}
