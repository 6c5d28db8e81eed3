import {
  addDays,
  type ServiceDay,
  serviceDay,
  serviceDayOf,
  weekdayOf,
  weekdayText,
} from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/states.tsx'
import { AmountField } from './amount-field.tsx'
import { type Cell, type Row, type Shown, shownOf } from './forecast-drafts.ts'
import type { useForecastDrafts } from './use-forecast-drafts.ts'
import { dayWords, packingOf, quantityWords } from './words.ts'

interface CellProps {
  row: Row
  cell: Cell
  work: ReturnType<typeof useForecastDrafts>
  readOnly: boolean
  onClose: () => void
}

/** The harvest days of a week: one is chosen, its amount filled in; every change is kept at once. */
export function ForecastCell({ row, cell, work, readOnly, onClose }: CellProps) {
  const today = serviceDayOf(new Date())
  const days = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(serviceDay(cell.week), ahead))
  const shown = shownOf(cell, row.skuId, work.drafts)
  const ahead = days.filter((day) => day >= today)
  const [day, setDay] = useState<string>(
    () => shown[0]?.harvestDay ?? usualDay(row, cell, ahead) ?? (days[0] as string),
  )
  const one = shown.find((each) => each.harvestDay === day)
  const [freshId, setFreshId] = useState(newId)
  const [wrong, setWrong] = useState(false)
  const write = (base: number | null, isWrong: boolean) => {
    setWrong(isWrong)
    // What cannot be read changes nothing; the field says what is wrong with it.
    if (isWrong) return
    const quantity = base ?? 0
    if (!one && quantity === 0) return
    work.change([
      {
        lotId: one?.lotId ?? freshId,
        skuId: row.skuId,
        week: cell.week,
        harvestDay: day,
        quantity,
        copied: false,
        version: one?.version ?? 0,
      },
    ])
  }
  const pick = (next: string) => {
    setDay(next)
    setWrong(false)
    setFreshId(newId())
  }
  const label = (each: ServiceDay) => `${weekdayText(weekdayOf(each), locale())} ${Number(each.slice(8))}`
  const foot = (
    <Button tone="main" full refused={wrong ? t('forecast.amountWrong') : undefined} onClick={onClose}>
      {t('forecast.keep')}
    </Button>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${named({ zh: row.name, en: row.nameEn })} · ${row.spec}`}
      foot={foot}
    >
      <div className="stack">
        <Segmented
          label={t('forecast.day')}
          value={day}
          options={(ahead.length > 0 ? ahead : days).map((each) => ({
            value: each as string,
            label: shown.some((held) => held.harvestDay === each) ? `${label(each)} ●` : label(each),
          }))}
          onPick={pick}
        />
        {!readOnly && ahead.length > 0 && (
          <AmountField
            key={day}
            label={`${t('forecast.amount')} · ${dayWords(day)}`}
            hint={t('forecast.amountHint')}
            size="l"
            units={[row.orderUnit, row.baseUnit === 'g' ? 'kg' : row.baseUnit === 'ml' ? 'litre' : 'piece']}
            packing={packingOf(row)}
            base={one?.quantity ?? null}
            onBase={write}
          />
        )}
        <Held row={row} held={shown} onForget={work.forget} />
      </div>
    </Dialog>
  )
}

/** The weekday that was harvested on the week before, if it lies ahead; else the first day that does. */
function usualDay(row: Row, cell: Cell, ahead: readonly ServiceDay[]): string | undefined {
  const at = row.cells.findIndex((one) => one.week === cell.week)
  const before = row.cells[at - 1]?.said[0]?.harvestDay
  const weekday = before ? weekdayOf(serviceDay(before)) : null
  return ahead.find((day) => weekdayOf(day) === weekday) ?? ahead[0]
}

function Held({
  row,
  held,
  onForget,
}: {
  row: Row
  held: readonly Shown[]
  onForget: (lotId: string) => void
}) {
  return (
    <ul className="coop-list">
      {held.map((one) => (
        <li key={one.lotId} className="stack" style={{ ['--gap' as string]: '4px' }}>
          <span className="row spread">
            <span>{dayWords(one.harvestDay)}</span>
            <b className="num">{quantityWords(one.quantity, row)}</b>
          </span>
          {one.readyDay && (
            <span className="muted small">{t('forecast.readyFrom', { day: dayWords(one.readyDay) })}</span>
          )}
          {one.promised > 0 && (
            <span className="muted small">
              {t('forecast.promisedHint', { amount: quantityWords(one.promised, row) })}
            </span>
          )}
          {one.state === 'refused' && (
            <>
              <Note tone="bad">{one.problem}</Note>
              <Button onClick={() => onForget(one.lotId)}>{t('forecast.forget')}</Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
