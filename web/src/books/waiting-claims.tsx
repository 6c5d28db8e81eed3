import { useEffect } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'
import { again, drop, openClaims, useClaimOutbox } from './outbox.ts'

/** What waits on this phone to be sent, and what was sent back. */
export function WaitingClaims() {
  const { person } = useMe()
  const { waiting } = useClaimOutbox()
  useEffect(() => openClaims(person.id), [person.id])
  const back = waiting.filter((one) => one.problem !== null)
  const kept = waiting.length - back.length
  return (
    <>
      {kept > 0 && <Note>{t('claims.waiting', { count: kept })}</Note>}
      {back.map((one) => (
        <Note key={one.id} tone="warn">
          {t('claims.sentBack', { why: one.problem?.detail ?? '' })}
          <span className="row">
            <Button onClick={() => void again(one)}>{t('claims.again')}</Button>
            <Button onClick={() => void drop(one)}>{t('claims.giveUp')}</Button>
          </span>
        </Note>
      ))}
    </>
  )
}
