import type { appMessages } from '@huming/shared/i18n/app'
import type { arrivalMessages } from '@huming/shared/i18n/arrival'
import type { bookMessages } from '@huming/shared/i18n/books'
import type { brokerMessages } from '@huming/shared/i18n/broker'
import type { coldMessages } from '@huming/shared/i18n/cold'
import type { coldDeskMessages } from '@huming/shared/i18n/cold-desk'
import type { coopMessages } from '@huming/shared/i18n/coop'
import type { coopCallOffMessages } from '@huming/shared/i18n/coop-call-offs'
import type { coopForecastMessages } from '@huming/shared/i18n/coop-forecasts'
import type { leadMessages } from '@huming/shared/i18n/coop-leads'
import type { coopProductMessages } from '@huming/shared/i18n/coop-products'
import type { coopWayMessages } from '@huming/shared/i18n/coop-way'
import type { crateMessages } from '@huming/shared/i18n/crates'
import type { dispatchMessages } from '@huming/shared/i18n/dispatch'
import type { doorRuleMessages } from '@huming/shared/i18n/door-rules'
import type { driverMessages } from '@huming/shared/i18n/driver'
import type { driverDoorMessages, driverLinkMessages } from '@huming/shared/i18n/driver-door'
import type { govMessages } from '@huming/shared/i18n/gov'
import type { kitMessages } from '@huming/shared/i18n/kit'
import type { liveMessages } from '@huming/shared/i18n/live'
import type { makingMessages } from '@huming/shared/i18n/making'
import type { navMessages } from '@huming/shared/i18n/nav'
import type { noticeMessages } from '@huming/shared/i18n/notices'
import type { opsMessages } from '@huming/shared/i18n/ops'
import type { opsRecallMessages } from '@huming/shared/i18n/ops-recall'
import type { opsSupplyMessages } from '@huming/shared/i18n/ops-supply'
import type { paperMessages } from '@huming/shared/i18n/papers'
import type { paymentMessages } from '@huming/shared/i18n/payments'
import type { priceWhyMessages } from '@huming/shared/i18n/price-why'
import type { pricingMessages } from '@huming/shared/i18n/pricing'
import type { recallNoticeMessages } from '@huming/shared/i18n/recall-notice'
import type { settlementMessages } from '@huming/shared/i18n/settlement'
import type { shopMessages } from '@huming/shared/i18n/shop'
import type { statusMessages } from '@huming/shared/i18n/status'
import type { timelineMessages } from '@huming/shared/i18n/timeline'
import type { traceMessages } from '@huming/shared/i18n/trace'
import type { truckRuleMessages } from '@huming/shared/i18n/truck-rules'
import type { warehouseMessages } from '@huming/shared/i18n/warehouse'
import type { boardMessages } from '@huming/shared/i18n/warehouse-board'
import type { dockMessages } from '@huming/shared/i18n/warehouse-dock'
import type { pickingMessages } from '@huming/shared/i18n/warehouse-picking'
import type { warehouseRecallMessages } from '@huming/shared/i18n/warehouse-recall'
import type { hubRuleMessages } from '@huming/shared/i18n/warehouse-rules'
import type { storesMessages } from '@huming/shared/i18n/warehouse-stores'

/** Sentences of one area: Chinese, English. */
export type Texts = Readonly<Record<string, readonly [zh: string, en: string]>>

/** Every key that may be asked for. A console's keys are there once its area is loaded. */
export type TextKey =
  | keyof typeof appMessages
  | keyof typeof noticeMessages
  | keyof typeof kitMessages
  | keyof typeof navMessages
  | keyof typeof statusMessages
  | keyof typeof settlementMessages
  | keyof typeof shopMessages
  | keyof typeof bookMessages
  | keyof typeof paymentMessages
  | keyof typeof priceWhyMessages
  | keyof typeof pricingMessages
  | keyof typeof coopMessages
  | keyof typeof coopProductMessages
  | keyof typeof liveMessages
  | keyof typeof makingMessages
  | keyof typeof warehouseMessages
  | keyof typeof dockMessages
  | keyof typeof storesMessages
  | keyof typeof pickingMessages
  | keyof typeof doorRuleMessages
  | keyof typeof truckRuleMessages
  | keyof typeof crateMessages
  | keyof typeof driverMessages
  | keyof typeof driverDoorMessages
  | keyof typeof driverLinkMessages
  | keyof typeof dispatchMessages
  | keyof typeof boardMessages
  | keyof typeof opsMessages
  | keyof typeof opsRecallMessages
  | keyof typeof recallNoticeMessages
  | keyof typeof warehouseRecallMessages
  | keyof typeof paperMessages
  | keyof typeof arrivalMessages
  | keyof typeof brokerMessages
  | keyof typeof govMessages
  | keyof typeof traceMessages
  | keyof typeof coldMessages
  | keyof typeof coldDeskMessages
  | keyof typeof coopCallOffMessages
  | keyof typeof coopForecastMessages
  | keyof typeof coopWayMessages
  | keyof typeof opsSupplyMessages
  | keyof typeof timelineMessages
  | keyof typeof hubRuleMessages
  | keyof typeof leadMessages
