import { nextStatus } from '@huming/shared/flows'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button, LinkButton } from '../kit/button.tsx'
import { Countdown, useNow } from '../kit/countdown.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { type Basket, basketLike, basketToChange, keepBasket, linesOf, loadBasket } from './basket-store.ts'
import type { Order } from './order.tsx'
import { useShopping } from './shopping.tsx'
import '../payment/texts.ts'

const changes = ['orders.read', 'orders.list', 'orders.credit', 'orders.guide', 'catalogue.browse'] as const

/** What may be done with the order now: change or cancel until the cut-off, approve, order again. */
export function OrderActions({ order }: { order: Order }) {
  const may = useMay()
  const now = useNow(15_000)
  const early = now < Date.parse(order.cutOffAt)
  const open = early && nextStatus('order', order.status, 'edit') !== null
  const waits = order.status === 'awaiting_approval'
  const payable = may('payment.write') && !['cancelled', 'failed'].includes(order.status)
  if (!may('order.place')) return waits ? <Note tone="warn">{t('shop.order.needsApproval')}</Note> : null
  return (
    <Card>
      {open && (
        <div className="row spread">
          <Countdown until={order.cutOffAt} />
          <span className="muted small">{t('shop.order.untilCutOff')}</span>
        </div>
      )}
      {waits && <Note tone="warn">{t('shop.order.needsApproval')}</Note>}
      <div className="row">
        {waits && early && may('order.approve') && <Approve order={order} />}
        {open && (
          <Refill
            icon="edit"
            label={t('shop.order.edit')}
            siteId={order.siteId}
            make={() => basketToChange(order)}
          />
        )}
        <Refill
          icon="repeat"
          label={t('shop.order.reorder')}
          siteId={order.siteId}
          make={() => basketLike(order)}
          onDone={() => toast(t('shop.order.reordered', { number: order.number }))}
        />
        {open && <Cancel order={order} />}
        {payable && (
          <LinkButton to={`/pay?order=${order.id}&fen=${order.finalFen ?? order.totalFen}`} icon="money">
            {t('pay.title')}
          </LinkButton>
        )}
      </div>
    </Card>
  )
}

function Approve({ order }: { order: Order }) {
  const approve = useAct('orders.approve', { changes, onDone: () => toast(t('shop.order.approved')) })
  return (
    <Button
      tone="main"
      icon="check"
      busy={approve.isPending}
      onClick={() =>
        approve.mutate(
          { params: { id: order.id }, body: { version: order.version } },
          { onError: toastProblem },
        )
      }
    >
      {t('shop.order.approve')}
    </Button>
  )
}

type RefillProps = {
  icon: 'edit' | 'repeat'
  label: string
  siteId: string
  make: () => Basket
  onDone?: () => void
}

/** Fills the basket of the order's site from it; a basket that was not ordered yet is not lost unasked. */
function Refill({ icon, label, siteId, make, onDone }: RefillProps) {
  const { pickSite } = useShopping()
  const [, go] = useLocation()
  const [asks, setAsks] = useState(0)
  const fill = () => {
    keepBasket(siteId, make())
    pickSite(siteId)
    onDone?.()
    go('/basket')
  }
  const press = () => {
    const kept = loadBasket(siteId)
    const inIt = linesOf(kept).length
    // Changes begun to the same order are gone on with.
    if (inIt > 0 && kept.orderId !== make().orderId) setAsks(inIt)
    else fill()
  }
  return (
    <>
      <Button icon={icon} onClick={press}>
        {label}
      </Button>
      <Dialog
        open={asks > 0}
        onClose={() => setAsks(0)}
        title={label}
        foot={
          <>
            <Button onClick={() => setAsks(0)}>{t('kit.cancel')}</Button>
            <Button tone="main" onClick={fill}>
              {label}
            </Button>
          </>
        }
      >
        {t('shop.basket.replaceAsk', { count: asks })}
      </Dialog>
    </>
  )
}

function Cancel({ order }: { order: Order }) {
  const [reason, setReason] = useState('')
  const cancel = useAct('orders.cancel', { changes, onDone: () => toast(t('shop.order.cancelled')) })
  return (
    <ConfirmButton
      label={t('shop.order.cancel')}
      title={t('shop.order.cancelAsk', { number: order.number })}
      text={
        <div className="stack">
          <p>{t('shop.order.cancelText')}</p>
          <TextField
            label={t('shop.order.cancelReason')}
            optional
            maxLength={200}
            value={reason}
            onText={setReason}
          />
        </div>
      }
      onConfirm={() => cancel.mutateAsync({ params: { id: order.id }, body: { reason } }).catch(toastProblem)}
    />
  )
}
