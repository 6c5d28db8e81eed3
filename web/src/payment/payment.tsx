import { useEffect, useRef } from 'react'
import { useParams, useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink, LinkButton } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { AskRefund } from './ask-refund.tsx'
import { GoOn } from './go-on.tsx'
import { methodText, type PaymentDoc, purposeText, timeText } from './words.ts'
import './texts.ts'

/** A payment on its way waits for news so often, ms. */
const pace = { asked: 1500, open: 4000, processing: 4000 } as const

/** One payment: how to go on, then what became of it. Closed and opened again, it stands where it was left. */
export function PaymentPage() {
  const { id } = useParams<{ id: string }>()
  const input = { params: { id } }
  const payment = useApi('payments.read', input)
  const status = payment.data?.status
  // The same read again, at the pace of its state.
  useApi('payments.read', input, {
    enabled: status !== undefined && status in pace,
    every: pace[status as keyof typeof pace] ?? 60_000,
  })
  return (
    <Loaded query={payment}>
      {(doc) => (
        <>
          <PageHeader title={t('pay.title')} sub={purposeText(doc.purpose)} back="/payments">
            <StatusChip of="payment" status={doc.status} />
            {doc.dispute && (
              <Badge tone={doc.dispute === 'won' ? 'good' : 'bad'}>{t(`pay.dispute.${doc.dispute}`)}</Badge>
            )}
          </PageHeader>
          <div className="stack">
            <State of={doc} />
            <Told of={doc} />
            <Acts of={doc} />
          </div>
        </>
      )}
    </Loaded>
  )
}

function State({ of }: { of: PaymentDoc }) {
  const may = useMay()
  if (of.status === 'succeeded') return <Arrived of={of} />
  if (of.status === 'cancelled')
    return (
      <>
        <Note tone="warn">
          <strong>{t('pay.cancelled')}</strong> {t('pay.cancelledHint')}
        </Note>
        {may('payment.write') && <Again of={of} />}
      </>
    )
  if (of.status === 'processing') return <Note tone="info">{t('pay.processing')}</Note>
  return may('payment.write') ? <GoOn payment={of} /> : null
}

function Arrived({ of }: { of: PaymentDoc }) {
  const differs = (of.receivedFen ?? 0) - of.amountFen
  return (
    <>
      <Note tone="good">
        <strong>{t('pay.succeeded')}</strong> <Money fen={of.receivedFen} />
      </Note>
      {differs < 0 && <Note tone="warn">{t('pay.less', { amount: (-differs / 100).toFixed(2) })}</Note>}
      {differs > 0 && <Note>{t('pay.more', { amount: (differs / 100).toFixed(2) })}</Note>}
    </>
  )
}

function Again({ of }: { of: PaymentDoc }) {
  const subject = of.subjectId ? `${of.purpose}=${of.subjectId}&` : ''
  return (
    <LinkButton to={`/pay?${subject}fen=${of.amountFen}`} tone="main" size="l" full>
      {t('pay.again')}
    </LinkButton>
  )
}

function Told({ of }: { of: PaymentDoc }) {
  const facts: [string, React.ReactNode][] = [
    [t('pay.col.buyer'), of.buyer],
    [t('pay.col.method'), methodText(of.method)],
    [t('pay.col.amount'), <Money key="a" fen={of.amountFen} />],
    [t('pay.col.created'), timeText(of.createdAt)],
  ]
  if (of.completedAt) facts.push([t('pay.col.completed'), timeText(of.completedAt)])
  if (of.feeFen !== null && of.status === 'succeeded')
    facts.push([t('pay.fee'), <Money key="f" fen={of.feeFen} />])
  if (of.refundedFen > 0) facts.push([t('pay.col.refunded'), <Money key="r" fen={of.refundedFen} />])
  const paid = of.allocations.reduce((sum, one) => sum + one.fen, 0)
  if (paid > 0) facts.push([t('pay.allocated'), <Money key="s" fen={paid} />])
  if (of.prepaidFen > 0) facts.push([t('pay.prepaid'), <Money key="p" fen={of.prepaidFen} />])
  return (
    <Card>
      <Facts of={facts} />
      {of.isSample && <Badge>{t('app.sampleMark')}</Badge>}
    </Card>
  )
}

function Acts({ of }: { of: PaymentDoc }) {
  const may = useMay()
  const changes = ['payments.read', 'payments.list', 'payments.options'] as const
  const check = useAct('payments.check', { changes })
  const cancel = useAct('payments.cancel', { changes })
  useReturn(() => check.mutate({ params: { id: of.id } }), of.status !== 'succeeded')
  const open = of.status === 'open' || of.status === 'asked'
  const online = of.method !== 'transfer' && of.status !== 'succeeded'
  return (
    <div className="row" style={{ flexWrap: 'wrap' }}>
      {of.status === 'succeeded' && (
        <FileLink href={`/api/payments/${of.id}/receipt`}>{t('pay.receipt')}</FileLink>
      )}
      {may('payment.desk') && of.status === 'succeeded' && <AskRefund payment={of} />}
      {online && (
        <Button busy={check.isPending} onClick={() => check.mutate({ params: { id: of.id } })}>
          {t(may('payment.write') ? 'pay.iPaid' : 'pay.look')}
        </Button>
      )}
      <ProblemNote error={check.error} />
      {open && may('payment.write') && (
        <ConfirmButton
          label={t('pay.cancel')}
          title={t('pay.cancelTitle')}
          text={t('pay.cancelledHint')}
          tone="plain"
          onConfirm={() =>
            cancel.mutateAsync({ params: { id: of.id }, body: { version: of.version } }).catch(toastProblem)
          }
        />
      )}
    </div>
  )
}

/** Back from the provider (`?back=1`): asks once how it stands. */
function useReturn(look: () => void, waiting: boolean): void {
  const [search] = useSearchParams()
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current || !waiting || search.get('back') !== '1') return
    asked.current = true
    look()
  })
}
