import { instantText } from '@huming/shared/days'
import { useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Order } from './order.tsx'

/** Who has accepted the goods, who is still needed, and the button for the next one. */
export function Acceptance({ order }: { order: Order }) {
  const may = useMay()
  const open = order.status === 'delivered'
  if (!open && order.acceptances.length === 0) return null
  const missing = order.acceptancesNeeded - order.acceptances.length
  const mine = order.acceptances.some((one) => one.mine)
  return (
    <Card title={t('shop.order.acceptTitle')}>
      {open && order.acceptancesNeeded > 1 && <p className="small">{t('shop.order.acceptTwo')}</p>}
      <ul className="stack" style={{ ['--gap' as string]: '6px' }}>
        {order.acceptances.map((one) => (
          <li key={one.at} className="shop-accepted">
            <Icon name="check" size={18} />
            <span>
              {t('shop.order.acceptedBy', { name: one.name })}{' '}
              <span className="muted small">{instantText(new Date(one.at), locale())}</span>
              {one.note && <div className="small">{one.note}</div>}
            </span>
          </li>
        ))}
        {open && missing > 0 && <li className="muted">{t('shop.order.acceptWaits', { count: missing })}</li>}
      </ul>
      {open && mine && <p className="muted small">{t('shop.order.mine')}</p>}
      {open && may('order.accept') && !mine && <Accept order={order} />}
    </Card>
  )
}

function Accept({ order }: { order: Order }) {
  const [note, setNote] = useState('')
  const accept = useAct('orders.accept', {
    changes: ['orders.read', 'orders.list'],
    onDone: (reply) =>
      toast(reply.accepted < reply.needed ? t('shop.order.acceptedPart') : t('shop.order.acceptedNow')),
  })
  return (
    <div className="stack">
      <p className="muted small">{t('shop.order.acceptHint')}</p>
      <TextField label={t('shop.order.acceptNote')} optional maxLength={300} value={note} onText={setNote} />
      <ProblemNote error={accept.error} />
      <Button
        tone="main"
        size="l"
        full
        icon="check"
        busy={accept.isPending}
        onClick={() => accept.mutate({ params: { id: order.id }, body: { note } })}
      >
        {t('shop.order.accept')}
      </Button>
    </div>
  )
}
