import { instantText } from '@huming/shared/days'
import { paymentWords } from '@huming/shared/i18n/payment-words'
import { sayableNumber } from '@huming/shared/ids'
import { formatYuan } from '@huming/shared/money'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import { sendFile } from '../documents/send-file.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import type { Door } from '../kernel/routes.ts'
import { readPayment } from './read-payment.ts'
import { receivingAccount } from './rows.ts'

/** Receipt of a payment that was made. It is no invoice (发票), and says so. */
export async function paymentReceipt(ctx: Ctx, id: string, door: Door): Promise<unknown> {
  const payment = await readPayment(ctx, id, null)
  if (payment.status !== 'succeeded' || payment.receivedFen === null) throw new Fault('wrong_state')
  const account = await receivingAccount(ctx.db, ctx.now)
  const word = (key: keyof typeof paymentWords) => paymentWords[key][ctx.locale === 'zh' ? 0 : 1]
  const facts: (readonly [string, string])[] = [
    [word('pay.col.buyer'), payment.buyer],
    [word('pay.col.payee'), account?.holder ?? ''],
    [word('pay.col.received'), formatYuan(payment.receivedFen)],
    [word('pay.col.method'), word(`pay.method.${payment.method}`)],
    [word('pay.col.purpose'), word(`pay.purpose.${payment.purpose}`)],
    [word('pay.col.completed'), instantText(new Date(payment.completedAt ?? payment.createdAt), ctx.locale)],
    ...(payment.refundedFen > 0
      ? [[word('pay.col.refunded'), formatYuan(payment.refundedFen)] as const]
      : []),
    ...(payment.prepaidFen > 0 ? [[word('pay.prepaid'), formatYuan(payment.prepaidFen)] as const] : []),
  ]
  const number = sayableNumber('R', id)
  const parts: PdfPart[] = [
    { kind: 'facts', rows: facts },
    { kind: 'text', text: word('pay.noInvoice'), muted: true },
  ]
  const title = word('pay.receipt')
  const watermark = payment.isSample ? { watermark: '示例' } : {}
  return sendFile(
    door,
    'pdf',
    `${title} ${number}`,
    await writePdf({ title, sub: number, parts, ...watermark }),
  )
}
