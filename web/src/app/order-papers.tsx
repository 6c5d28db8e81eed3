import { FileLink } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { t } from './i18n.ts'

/** States of an order in which its goods are packed, so that papers exist. */
const packed = ['picked', 'loaded', 'delivered', 'accepted']

/** The papers of an order's delivery, to print or to keep, once there are any. */
export function OrderPapers({ order }: { order: { id: string; status: string } }) {
  if (!packed.includes(order.status)) return null
  const at = `/api/orders/${order.id}`
  return (
    <Card title={t('app.papers.title')}>
      <p className="muted small">{t('app.papers.hint')}</p>
      <div className="row">
        <FileLink href={`${at}/delivery-note`} icon="print">
          {t('app.papers.note')}
        </FileLink>
        <FileLink href={`${at}/packet?format=pdf`} icon="print">
          {t('app.papers.pdf')}
        </FileLink>
        <FileLink href={`${at}/packet?format=zip`}>{t('app.papers.zip')}</FileLink>
      </div>
    </Card>
  )
}
