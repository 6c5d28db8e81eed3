import { newId } from '@huming/shared/ids'
import { parseYuan } from '@huming/shared/money'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea, TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import type { PaymentDoc } from './words.ts'
import './texts.ts'

/** Asks that a payment, or a part of it, goes back. */
export function AskRefund({ payment }: { payment: PaymentDoc }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('refund.ask')}</Button>
      {open && <AskDialog payment={payment} onClose={() => setOpen(false)} />}
    </>
  )
}

function AskDialog({ payment, onClose }: { payment: PaymentDoc; onClose: () => void }) {
  const [id] = useState(newId)
  const left = (payment.receivedFen ?? 0) - payment.refundedFen
  const [text, setText] = useState((left / 100).toFixed(2))
  const [reason, setReason] = useState('')
  const amountFen = parseYuan(text)
  const ask = useAct('refunds.ask', { changes: ['refunds.list', 'payments.read'], onDone: onClose })
  const right = amountFen !== null && amountFen > 0 && reason.trim().length >= 2
  const send = () =>
    right && ask.mutate({ params: { id }, body: { paymentId: payment.id, amountFen, reason: reason.trim() } })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('refund.ask')}
      foot={
        <Button tone="main" busy={ask.isPending} disabled={!right} onClick={send}>
          {t('refund.ask')}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{t('refund.askHint')}</p>
        <TextField label={t('pay.amount')} inputMode="decimal" maxLength={14} value={text} onText={setText} />
        <TextArea label={t('refund.reason')} maxLength={300} rows={2} value={reason} onText={setReason} />
        <ProblemNote error={ask.error} />
      </div>
    </Dialog>
  )
}
