import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { later } from '../app/later.tsx'
import { Money } from '../kit/amount.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card } from '../kit/page.tsx'
import { Note, Skeleton } from '../kit/states.tsx'
import { TransferCard } from './transfer-card.tsx'
import { methodText, type PaymentDoc } from './words.ts'
import './payment.css'
import './texts.ts'

/** How the payer goes on: the account to send to, the provider's page, or its form. */
export function GoOn({ payment }: { payment: PaymentDoc }) {
  if (payment.method === 'transfer') return <TransferCard code={payment.payCode} fen={payment.amountFen} />
  if (!payment.goOn) return <Preparing since={payment.createdAt} />
  return (
    <Card title={methodText(payment.method)}>
      <div className="stack">
        <Money fen={payment.amountFen} size="l" />
        {payment.failure && <Note tone="warn">{t('pay.failed', { why: payment.failure })}</Note>}
        {payment.goOn.pageUrl ? <Page of={payment.goOn} id={payment.id} /> : <Form payment={payment} />}
        <p className="muted small">{t('pay.waiting')}</p>
      </div>
    </Card>
  )
}

const longMs = 10_000

function Preparing({ since }: { since: string }) {
  const long = Date.now() - Date.parse(since) > longMs
  return (
    <Card>
      <div className="stack" aria-live="polite">
        <p>{t(long ? 'pay.preparingLong' : 'pay.preparing')}</p>
        <Skeleton lines={2} />
      </div>
    </Card>
  )
}

type GoOnDoc = NonNullable<PaymentDoc['goOn']>

/** The provider's own page; the payer comes back here. */
function Page({ of, id }: { of: GoOnDoc; id: string }) {
  const back = `${location.origin}/payments/${id}?back=1`
  return (
    <>
      <a
        className="k-button"
        data-tone="main"
        data-size="l"
        data-full
        href={`${of.pageUrl}&back=${encodeURIComponent(back)}`}
      >
        <Icon name="money" />
        {t('pay.toProvider')}
      </a>
      {of.qr && (
        <figure className="stack" style={{ margin: 0, textAlign: 'center' }}>
          <img
            className="pay-qr"
            src={`data:image/svg+xml;utf8,${encodeURIComponent(of.qr)}`}
            alt={t('pay.scan')}
            width={200}
            height={200}
          />
          <figcaption className="muted small">{t('pay.scan')}</figcaption>
        </figure>
      )}
    </>
  )
}

/** The provider's form comes from the provider, and only here. */
function Form({ payment }: { payment: PaymentDoc }) {
  const [Element] = useState(() =>
    later(async () => {
      const { StripeElement } = await import('./stripe-element.tsx')
      return () => <StripeElement payment={payment} />
    }),
  )
  return <Element />
}
