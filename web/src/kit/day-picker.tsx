import { addDays, dayText, isServiceDay, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { useId, useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import './choose.css'

export interface DayOption {
  day: string
  /** Why nothing is delivered that day; the day stays visible and says so. */
  closed?: string | null | undefined
  /** A short word under an open day: 截单 16:00. */
  note?: string | undefined
}

interface DayPickerProps {
  label?: string
  days: readonly DayOption[]
  value: string | null
  onPick: (day: string) => void
}

/** Delivery days in a strip: weekday, date, and why a day is closed. */
export function DayPicker({ label = t('kit.deliveryDay'), days, value, onPick }: DayPickerProps) {
  const name = useId()
  const [today] = useState(() => serviceDayOf(new Date()))
  return (
    <div className="k-days" role="radiogroup" aria-label={label}>
      {days.map(({ day, closed, note }) => (
        <label key={day} title={closed ?? undefined}>
          <input
            type="radio"
            name={name}
            value={day}
            disabled={Boolean(closed)}
            checked={day === value}
            onChange={() => onPick(day)}
          />
          <DayWords day={day} today={today} />
          {(closed || note) && <small>{closed || note}</small>}
        </label>
      ))}
    </div>
  )
}

function DayWords({ day, today }: { day: string; today: ServiceDay }) {
  if (!isServiceDay(day)) return <b>{day}</b>
  const [date, weekday] = splitDay(dayText(day, locale()))
  const near = day === today ? t('kit.today') : day === addDays(today, 1) ? t('kit.tomorrow') : weekday
  return (
    <>
      <small>{near}</small>
      <b>{date}</b>
    </>
  )
}

/** "11月25日 周三" and "Wed 25 Nov" as [date, weekday]. */
function splitDay(text: string): [date: string, weekday: string] {
  const space = text.indexOf(' ')
  const [head, tail] = [text.slice(0, space), text.slice(space + 1)]
  return locale() === 'zh' ? [head, tail] : [tail, head]
}
