import { t } from '../app/i18n.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card } from '../kit/page.tsx'
import { Note } from '../kit/states.tsx'
import { useDrag } from './dispatch-drag.tsx'
import { type Plan, type Unassigned, windowText, zonesText } from './dispatch-words.ts'

/** Orders that found no vehicle, with the reason, each to be put on a run by hand. */
export function UnassignedCard({ plan, onAssign }: { plan: Plan; onAssign: (order: Unassigned) => void }) {
  const may = useMay()
  const { handle } = useDrag()
  return (
    <Card
      title={t('dispatch.unassigned')}
      side={plan.unassigned.length > 0 && <Badge tone="bad">{plan.unassigned.length}</Badge>}
    >
      {plan.unassigned.length === 0 ? (
        <Note tone="good">{t('dispatch.unassignedNone')}</Note>
      ) : (
        <ul className="dispatch-list">
          {plan.unassigned.map((order) => (
            <li key={order.orderId} className="dispatch-row">
              {may('plan.write') && (
                <button
                  type="button"
                  className="dispatch-handle"
                  aria-label={t('board.grab', { site: order.site })}
                  {...handle({ order })}
                >
                  <Icon name="menu" size={18} />
                </button>
              )}
              <div>
                <b>{order.site}</b>
                <span className="muted small">
                  {order.number} · {windowText(order)} · {(order.grams / 1000).toFixed(0)} kg ·{' '}
                  {zonesText(order.zones)}
                </span>
              </div>
              <Badge tone="bad">{t(`dispatch.reason.${order.reason}`)}</Badge>
              {may('plan.write') && (
                <Button
                  onClick={() => onAssign(order)}
                  aria-label={t('dispatch.assignOf', { site: order.site })}
                >
                  {t('dispatch.assign')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
