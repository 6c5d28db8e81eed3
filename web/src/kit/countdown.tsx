import { useEffect, useState } from 'react'
import { t } from '../app/i18n.ts'
import './show.css'

const two = (value: number) => String(value).padStart(2, '0')

/** 01:42:10, with days in front when there are any. */
export function remainingText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map(two)
    .join(':')
  const days = Math.floor(seconds / 86_400)
  return days ? `${t('kit.days', { days })} ${clock}` : clock
}

/** The time now, told once a second; `skewMs` corrects a device whose clock is wrong. */
export function useNow(everyMs = 1000, skewMs = 0): number {
  const [now, setNow] = useState(() => Date.now() + skewMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + skewMs), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, skewMs])
  return now
}

interface CountdownProps {
  /** The instant as the server writes it. */
  until: string
  skewMs?: number
  /** Called once when the time is up. */
  onPassed?: () => void
}

/** Time to the cut-off. The ticking digits are for the eye; the minutes left are said now and then. */
export function Countdown({ until, skewMs = 0, onPassed }: CountdownProps) {
  const left = new Date(until).getTime() - useNow(1000, skewMs)
  const passed = left <= 0
  useEffect(() => {
    if (passed) onPassed?.()
    // Only the moment of passing matters, not who listens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [passed])
  const minutes = Math.ceil(left / 60_000)
  const spoken = [60, 30, 15, 10, 5, 3, 2, 1].find((mark) => minutes <= mark && minutes > mark - 1)
  return (
    <span className="k-countdown" data-tone={passed ? 'bad' : minutes <= 30 ? 'warn' : 'plain'}>
      <span>{passed ? t('kit.cutOffPassed') : t('kit.cutOffIn')}</span>
      {!passed && (
        <b role="timer" aria-live="off">
          {remainingText(left)}
        </b>
      )}
      <span className="sr-only" aria-live="polite">
        {spoken ? t('kit.minutesLeft', { minutes: spoken }) : ''}
      </span>
    </span>
  )
}
