import type { appMessages } from '@huming/shared/i18n/app'
import type { brokerMessages } from '@huming/shared/i18n/broker'
import type { coopMessages } from '@huming/shared/i18n/coop'
import type { dispatchMessages } from '@huming/shared/i18n/dispatch'
import type { driverMessages } from '@huming/shared/i18n/driver'
import type { govMessages } from '@huming/shared/i18n/gov'
import type { kitMessages } from '@huming/shared/i18n/kit'
import type { opsMessages } from '@huming/shared/i18n/ops'
import type { shopMessages } from '@huming/shared/i18n/shop'
import type { statusMessages } from '@huming/shared/i18n/status'
import type { warehouseMessages } from '@huming/shared/i18n/warehouse'

/** Sentences of one area: Chinese, English. */
export type Texts = Readonly<Record<string, readonly [zh: string, en: string]>>

/** Every key that may be asked for. A console's keys are there once its area is loaded. */
export type TextKey =
  | keyof typeof appMessages
  | keyof typeof kitMessages
  | keyof typeof statusMessages
  | keyof typeof shopMessages
  | keyof typeof coopMessages
  | keyof typeof warehouseMessages
  | keyof typeof driverMessages
  | keyof typeof dispatchMessages
  | keyof typeof opsMessages
  | keyof typeof brokerMessages
  | keyof typeof govMessages
