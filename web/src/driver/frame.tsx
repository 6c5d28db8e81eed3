import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Icon } from '../kit/icon.tsx'
import './driver.css'
import { type Outbox, openOutbox, useOutbox } from './outbox.ts'

/** Around every screen of the driver: the outbox at work, and its dot. */
export function Frame({ children }: { children: ReactNode }) {
  const me = useMe()
  useEffect(() => openOutbox(me.person.id), [me.person.id])
  return (
    <div className="driver">
      <SyncDot />
      {children}
    </div>
  )
}

function SyncDot() {
  const { tone, text } = wordsOf(useOutbox())
  return (
    <div role="status">
      <Link to="/sync" className="driver-sync" data-tone={tone}>
        <span className="driver-dot" aria-hidden="true" />
        {text}
        <Icon name="right" size={18} />
      </Link>
    </div>
  )
}

function wordsOf({ waiting, sending }: Outbox): { tone: 'good' | 'warn' | 'bad'; text: string } {
  const back = waiting.filter((act) => act.problem !== null).length
  if (back > 0) return { tone: 'bad', text: t('driver.sync.conflict', { count: back }) }
  if (waiting.length === 0) return { tone: 'good', text: t('driver.sync.done') }
  const count = t('driver.sync.waiting', { count: waiting.length })
  return { tone: 'warn', text: sending ? `${t('driver.sync.sending')} · ${count}` : count }
}
