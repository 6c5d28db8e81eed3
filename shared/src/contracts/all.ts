import type { Contract } from '../contract.ts'
import { accountContracts } from './accounts.ts'
import { afterRunContracts } from './after-run.ts'
import { catalogueContracts } from './catalogue.ts'
import { claimResultContracts } from './claim-results.ts'
import { claimContracts } from './claims.ts'
import { commissionContracts } from './commission.ts'
import { crateContracts } from './crates.ts'
import { deliveryContracts } from './delivery.ts'
import { deliveryReadContracts } from './delivery-reads.ts'
import { dockRuleContracts } from './dock-rules.ts'
import { doorRuleContracts } from './door-rules.ts'
import { drivingContracts } from './driving.ts'
import { epcisViewContracts } from './epcis-views.ts'
import { forecastContracts } from './forecasts.ts'
import { invoiceContracts } from './invoices.ts'
import { legContracts } from './legs.ts'
import { liveContracts } from './live.ts'
import { monthContracts } from './months.ts'
import { offerContracts } from './offers.ts'
import { orderCalendarContracts } from './order-calendar.ts'
import { orderContracts } from './orders.ts'
import { packetContracts } from './packets.ts'
import { paperContracts } from './papers.ts'
import { paymentContracts } from './payment.ts'
import { connectContracts, paymentDeskContracts } from './payment-desk.ts'
import { payoutContracts } from './payouts.ts'
import { pickingContracts } from './picking.ts'
import { pickingListContracts } from './picking-list.ts'
import { pickingRulesContracts } from './picking-rules.ts'
import { pickingTotesContracts } from './picking-totes.ts'
import { planBoardContracts } from './plan-board.ts'
import { planningRuleContracts } from './planning-rules.ts'
import { pricingContracts } from './pricing.ts'
import { productionContracts } from './production.ts'
import { productionLabelContracts } from './production-labels.ts'
import { productionReceiptContracts } from './production-receipts.ts'
import { proposalContracts } from './proposals.ts'
import { recallContracts } from './recall.ts'
import { recallCloseContracts } from './recall-close.ts'
import { recallNoticeContracts } from './recall-notices.ts'
import { receivingContracts } from './receiving.ts'
import { receivingBoardContracts } from './receiving-board.ts'
import { reportContracts } from './reports.ts'
import { routeContracts } from './routes.ts'
import { settlementContracts } from './settlement.ts'
import { statementContracts } from './statements.ts'
import { stockContracts } from './stock.ts'
import { storingContracts } from './storing.ts'
import { storingApartContracts } from './storing-apart.ts'
import { storingFlowContracts } from './storing-flow.ts'
import { supplyContracts } from './supply.ts'
import { systemContracts } from './system.ts'
import { temperatureContracts } from './temperature.ts'
import { temperatureDeviceContracts } from './temperature-devices.ts'
import { timelineContracts } from './timeline.ts'
import { tracingContracts } from './tracing.ts'
import { uploadContracts } from './upload.ts'

/** Every door of the product by its route id. */
export const contracts = {
  ...systemContracts,
  ...accountContracts,
  ...paperContracts,
  ...catalogueContracts,
  ...pricingContracts,
  ...stockContracts,
  ...orderContracts,
  ...orderCalendarContracts,
  ...paymentContracts,
  ...paymentDeskContracts,
  ...connectContracts,
  ...supplyContracts,
  ...forecastContracts,
  ...timelineContracts,
  ...offerContracts,
  ...legContracts,
  ...productionContracts,
  ...productionReceiptContracts,
  ...productionLabelContracts,
  ...crateContracts,
  ...receivingContracts,
  ...receivingBoardContracts,
  ...dockRuleContracts,
  ...doorRuleContracts,
  ...storingContracts,
  ...storingApartContracts,
  ...storingFlowContracts,
  ...pickingContracts,
  ...pickingListContracts,
  ...pickingTotesContracts,
  ...pickingRulesContracts,
  ...routeContracts,
  ...proposalContracts,
  ...planningRuleContracts,
  ...planBoardContracts,
  ...deliveryContracts,
  ...deliveryReadContracts,
  ...liveContracts,
  ...drivingContracts,
  ...temperatureContracts,
  ...temperatureDeviceContracts,
  ...packetContracts,
  ...recallContracts,
  ...recallCloseContracts,
  ...recallNoticeContracts,
  ...uploadContracts,
  ...tracingContracts,
  ...epcisViewContracts,
  ...reportContracts,
  ...afterRunContracts,
  ...claimContracts,
  ...claimResultContracts,
  ...statementContracts,
  ...invoiceContracts,
  ...monthContracts,
  ...settlementContracts,
  ...payoutContracts,
  ...commissionContracts,
} as const satisfies Record<string, Contract>

export type Contracts = typeof contracts
export type RouteId = keyof Contracts
