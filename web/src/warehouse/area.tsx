import { dispatchMessages } from '@huming/shared/i18n/dispatch'
import { driverLinkMessages } from '@huming/shared/i18n/driver-door'
import { warehouseMessages } from '@huming/shared/i18n/warehouse'
import type { Area } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { coldScreens } from '../cold/screens.ts'
import { Tonight } from './tonight.tsx'
import './dock.css'
import './floor.css'
import { ownPaperScreens } from '../papers/holders.tsx'
import './warehouse.css'

export const area: Area = {
  title: 'warehouse.title',
  messages: {
    ...warehouseMessages,
    ...dispatchMessages,
    ...driverLinkMessages,
  },
  nav: [
    { to: '/', label: 'warehouse.nav.tonight', icon: 'moon' },
    { to: '/receive', label: 'warehouse.nav.receive', icon: 'truck', action: 'receipt.write' },
    { to: '/put-away', label: 'put.nav', icon: 'upload', action: 'receipt.write' },
    { to: '/pick', label: 'warehouse.nav.pick', icon: 'basket', action: 'pick.write' },
    { to: '/totes', label: 'warehouse.nav.totes', icon: 'box', action: 'pick.write' },
    { to: '/stores', label: 'stores.nav', icon: 'pin', action: 'stock.read' },
    { to: '/waves', label: 'warehouse.nav.waves', icon: 'layers', action: 'picking.read' },
    { to: '/dispatch', label: 'dispatch.nav', icon: 'map', action: 'plan.write' },
    { to: '/vehicles', label: 'truckRules.title', icon: 'truck', action: 'planRule.write' },
    { to: '/live', label: 'live.nav', icon: 'clock', action: 'board.read' },
    { to: '/recall', label: 'warehouse.nav.recall', icon: 'warning', action: 'recall.fetch' },
    { to: '/temperatures', label: 'warehouse.nav.temperatures', icon: 'cold', action: 'temperature.read' },
    { to: '/after-run', label: 'warehouse.nav.afterRun', icon: 'chart', action: 'board.read' },
    { to: '/dock', label: 'docks.nav', icon: 'calendar', action: 'hub.read' },
    { to: '/crates', label: 'crates.nav', icon: 'repeat', action: 'crate.write' },
    { to: '/lots', label: 'warehouse.nav.lots', icon: 'warehouse', action: 'lot.read' },
    { to: '/papers', label: 'papers.nav', icon: 'shield', action: 'paper.write' },
  ],
  screens: [
    { path: '/', screen: Tonight },
    { path: '/receive', screen: later(async () => (await import('./receive.tsx')).Receive) },
    { path: '/receive/:id', screen: later(async () => (await import('./consignment.tsx')).Consignment) },
    {
      path: '/receive/:id/:lineId',
      screen: later(async () => (await import('./receive-line.tsx')).ReceiveLine),
    },
    { path: '/dock', screen: later(async () => (await import('./dock.tsx')).Dock) },
    { path: '/dock/rules', screen: later(async () => (await import('./dock-rules.tsx')).DockRules) },
    { path: '/put-away', screen: later(async () => (await import('./put-away.tsx')).PutAway) },
    { path: '/crates', screen: later(async () => (await import('./crates.tsx')).Crates) },
    { path: '/pick', screen: later(async () => (await import('./pick.tsx')).Pick) },
    { path: '/pick/:id', screen: later(async () => (await import('./pick-wave.tsx')).PickWave) },
    { path: '/put/:id', screen: later(async () => (await import('./put-wave.tsx')).PutWave) },
    { path: '/put/:id/:batchId', screen: later(async () => (await import('./put-batch.tsx')).PutBatch) },
    { path: '/queue', screen: later(async () => (await import('./queue.tsx')).Queue) },
    { path: '/totes/:code', screen: later(async () => (await import('./tote.tsx')).TotePage) },
    { path: '/rules', screen: later(async () => (await import('./hub-rules.tsx')).HubRules) },
    { path: '/totes', screen: later(async () => (await import('./totes.tsx')).Totes) },
    { path: '/waves', screen: later(async () => (await import('./waves.tsx')).Waves) },
    { path: '/waves/:id', screen: later(async () => (await import('./wave.tsx')).WavePage) },
    { path: '/waves/:id/pick-list', screen: later(async () => (await import('./pick-list.tsx')).PickList) },
    { path: '/waves/:id/labels', screen: later(async () => (await import('./labels.tsx')).Labels) },
    {
      path: '/vehicles',
      screen: later(async () => (await import('./truck-rules.tsx')).TruckRulesScreen),
    },
    { path: '/dispatch', screen: later(async () => (await import('./dispatch.tsx')).Dispatch) },
    { path: '/dispatch/:id', screen: later(async () => (await import('./dispatch-plan.tsx')).DispatchPlan) },
    { path: '/live', screen: later(async () => (await import('../live/board.tsx')).LiveBoard) },
    { path: '/recall', screen: later(async () => (await import('./recall-tasks.tsx')).RecallTasks) },
    { path: '/stores', screen: later(async () => (await import('../stores/home.tsx')).StoresHome) },
    { path: '/stores/act', screen: later(async () => (await import('../stores/act.tsx')).StockAct) },
    {
      path: '/stores/replenish',
      screen: later(async () => (await import('../stores/replenish.tsx')).Replenish),
    },
    { path: '/stores/counts', screen: later(async () => (await import('../stores/counts.tsx')).Counts) },
    {
      path: '/stores/counts/:id',
      screen: later(async () => (await import('../stores/count.tsx')).CountPage),
    },
    {
      path: '/stores/apart',
      screen: later(async () => (await import('../stores/quarantine.tsx')).Quarantine),
    },
    { path: '/stores/expiry', screen: later(async () => (await import('../stores/expiry.tsx')).NearExpiry) },
    {
      path: '/stores/transfers',
      screen: later(async () => (await import('../stores/transfers.tsx')).Transfers),
    },
    {
      path: '/stores/transfers/:id',
      screen: later(async () => (await import('../stores/transfer.tsx')).TransferPage),
    },
    {
      path: '/stores/disposal',
      screen: later(async () => (await import('../stores/disposal.tsx')).Disposals),
    },
    { path: '/stores/board', screen: later(async () => (await import('../stores/board.tsx')).StockBoard) },
    { path: '/stores/bins', screen: later(async () => (await import('../stores/bins.tsx')).Bins) },
    {
      path: '/stores/bins/labels',
      screen: later(async () => (await import('../stores/bin-labels.tsx')).BinLabels),
    },
    { path: '/lots', screen: later(async () => (await import('./lots.tsx')).Lots) },
    ...coldScreens,
    ...ownPaperScreens,
    { path: '/lots/:id/papers', screen: later(async () => (await import('./lot-papers.tsx')).LotPapersPage) },
  ],
}
