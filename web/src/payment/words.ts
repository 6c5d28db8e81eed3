import { instantText } from '@huming/shared/days'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import './texts.ts'

export type PaymentBrief = Reply<'payments.list'>['items'][number]
export type PaymentDoc = Reply<'payments.read'>
export type BankLine = Reply<'bank.lines'>['items'][number]
export type Refund = Reply<'refunds.list'>['items'][number]
export type Method = PaymentBrief['method']

export const methodText = (method: Method): string => t(`pay.method.${method}`)
export const purposeText = (purpose: PaymentBrief['purpose']): string => t(`pay.purpose.${purpose}`)
export const timeText = (at: string | null): string => (at ? instantText(new Date(at), locale()) : '—')
