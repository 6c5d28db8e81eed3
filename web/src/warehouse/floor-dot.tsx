import { useEffect } from 'react'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Icon } from '../kit/icon.tsx'
import { openFloor, useFloor } from './pick-outbox.ts'
import './picking-texts.ts'

/** Opens the queue of the device on a screen of the floor, and says when something waits or was sent back. */
export function FloorDot() {
  const me = useMe()
  useEffect(() => openFloor(me.person.id), [me.person.id])
  const { waiting } = useFloor()
  if (waiting.length === 0) return null
  const back = waiting.filter((act) => act.problem !== null).length
  return (
    <div role="status">
      <Link to="/queue" className="wh-queue" data-tone={back > 0 ? 'bad' : 'warn'}>
        <Icon name={back > 0 ? 'warning' : 'wifiOff'} size={20} />
        {back > 0
          ? t('picking.queue.conflict', { count: back })
          : t('picking.queue.waiting', { count: waiting.length })}
        <Icon name="right" size={18} />
      </Link>
    </div>
  )
}
