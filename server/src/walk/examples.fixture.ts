import type { Examples } from './example.fixture.ts'
import { coldExamples } from './examples-cold.fixture.ts'
import { crateExamples, dockExamples } from './examples-dock.fixture.ts'
import { drivingExamples } from './examples-driving.fixture.ts'
import { floorExamples } from './examples-floor.fixture.ts'
import { inboundExamples } from './examples-inbound.fixture.ts'
import { liveExamples } from './examples-live.fixture.ts'
import { claimExamples, statementExamples } from './examples-money.fixture.ts'
import { orderExamples, roadExamples, supplyExamples, warehouseExamples } from './examples-night.fixture.ts'
import { packetExamples } from './examples-packets.fixture.ts'
import { paperExamples } from './examples-papers.fixture.ts'
import { paymentExamples } from './examples-payments.fixture.ts'
import { planBoardExamples } from './examples-plan-board.fixture.ts'
import { planningExamples } from './examples-planning.fixture.ts'
import { pricingExamples } from './examples-pricing.fixture.ts'
import { productionExamples } from './examples-production.fixture.ts'
import { recallExamples } from './examples-recall.fixture.ts'
import { settlementExamples } from './examples-settlement.fixture.ts'
import { storesExamples } from './examples-stores.fixture.ts'
import { tracingExamples } from './examples-tracing.fixture.ts'
import { accountExamples, goodsExamples } from './examples-trade.fixture.ts'

/** A true request of every door. */
export const examples: Examples = {
  ...accountExamples,
  ...goodsExamples,
  ...pricingExamples,
  ...orderExamples,
  ...supplyExamples,
  ...inboundExamples,
  ...productionExamples,
  ...crateExamples,
  ...dockExamples,
  ...warehouseExamples,
  ...floorExamples,
  ...roadExamples,
  ...drivingExamples,
  ...liveExamples,
  ...planningExamples,
  ...planBoardExamples,
  ...storesExamples,
  ...coldExamples,
  ...packetExamples,
  ...paperExamples,
  ...paymentExamples,
  ...claimExamples,
  ...statementExamples,
  ...settlementExamples,
  ...recallExamples,
  ...tracingExamples,
}
