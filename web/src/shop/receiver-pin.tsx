import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Card } from '../kit/page.tsx'
import type { Order } from './order.tsx'

/** The number to tell the driver instead of signing, while the goods are on the way. */
export function ReceiverPin({ order }: { order: Order }) {
  const onTheWay = order.status === 'loaded'
  const { data } = useApi('delivery.receiverPin', { params: { id: order.id } }, { enabled: onTheWay })
  if (!onTheWay || !data?.pin) return null
  return (
    <Card title={t('shop.pin.title')}>
      <p className="num" style={{ fontSize: 'var(--text-xl)', fontWeight: 700, letterSpacing: '0.2em' }}>
        {data.pin}
      </p>
      <p className="muted">{t('shop.pin.hint')}</p>
    </Card>
  )
}
