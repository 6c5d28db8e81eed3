import { minutesOf, minutesText, serviceDayOf } from '@huming/shared/days'
import { useEffect } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Countdown } from '../kit/countdown.tsx'
import { DayPicker } from '../kit/day-picker.tsx'
import { Select } from '../kit/field.tsx'
import { Icon } from '../kit/icon.tsx'
import { EmptyState, ErrorState, Note, Skeleton } from '../kit/states.tsx'
import { type Days, useShopping } from './shopping.tsx'
import { dayWords } from './words.ts'

type Day = Days['days'][number]

const closedWords = (day: Day): string | null => {
  if (day.open) return null
  if (day.reason === 'cut_off_passed') return t('shop.day.passed')
  if (day.reason === 'day_not_served') return t('shop.day.notServed')
  return day.closedReason || t('kit.closedDay')
}

/** The hour of a cut-off that is still today; later ones are told by the countdown once the day is chosen. */
function cutOffWords(day: Day): string | undefined {
  const at = new Date(day.cutOffAt)
  if (serviceDayOf(new Date()) !== serviceDayOf(at)) return undefined
  return t('shop.day.cutOff', { time: minutesText(minutesOf(at)) })
}

/** Where to, which day, and how long one may still order. */
export function WhereWhen() {
  const { sites, site, pickSite, days, day, open, pickDay, rereadDays, basket, moved } = useShopping()
  if (!site) return null
  return (
    <section className="shop-when" aria-label={t('shop.site')}>
      <div className="shop-when-line">
        {sites.length > 1 ? (
          <Select
            label={t('shop.site')}
            hideLabel
            value={site.id}
            options={sites.map((one) => ({ value: one.id, label: one.name }))}
            onPick={pickSite}
          />
        ) : (
          <span className="shop-site">
            <Icon name="pin" size={18} /> {site.name}
          </span>
        )}
        {open && day && (
          <span className="shop-clock">
            <Countdown until={open.cutOffAt} onPassed={rereadDays} />
            <span>{t('shop.day.forDay', { day: dayWords(day) })}</span>
          </span>
        )}
      </div>
      {days && (
        <DayPicker
          days={days.days.map((one) => ({ day: one.day, closed: closedWords(one), note: cutOffWords(one) }))}
          value={day}
          onPick={pickDay}
        />
      )}
      {days && !day && <Note tone="warn">{t('shop.day.none')}</Note>}
      {moved && day && basket.day && (
        <Note tone="warn">
          {t('shop.day.moved', { before: dayWords(basket.day), day: dayWords(day) })}
          <div>
            <Button onClick={() => pickDay(day)}>{t('shop.basket.useDay', { day: dayWords(day) })}</Button>
          </div>
        </Note>
      )}
    </section>
  )
}

/** What a screen shows until the site is known, or when there is none; null when there is. */
export function useNoSite() {
  const { site, reading } = useShopping()
  if (site) return null
  if (reading.isPending) return <Skeleton />
  if (reading.error) return <ErrorState error={reading.error} onRetry={() => void reading.refetch()} />
  return <EmptyState icon="pin" title={t('shop.noSite')} text={t('shop.noSiteHint')} />
}

/** The heading of a page whose first line says the same to the eye: it is there for the tab and for listeners. */
export function PageTitle({ title }: { title: string }) {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
  return <h1 className="sr-only">{title}</h1>
}
