import { t } from '../app/i18n.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Checkbox } from '../kit/field.tsx'
import './product-texts.ts'

export interface Season {
  from: string
  to: string
  peak: boolean
}

const seasonsMax = 6
const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** When the product is there: none means all year. A season may run over the year's end. */
export function SeasonsEditor({
  seasons,
  onSeasons,
}: {
  seasons: readonly Season[]
  onSeasons: (seasons: Season[]) => void
}) {
  const change = (at: number, patch: Partial<Season>) =>
    onSeasons(seasons.map((season, index) => (index === at ? { ...season, ...patch } : season)))
  return (
    <div className="stack" style={{ ['--gap' as string]: '12px' }}>
      {seasons.length === 0 && <p className="muted">{t('coop.season.allYear')}</p>}
      {seasons.map((season, index) => (
        // A season has no id of its own; its place is what it is known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="coop-season" key={index}>
          <MonthDay
            label={t('coop.season.from')}
            value={season.from}
            onPick={(from) => change(index, { from })}
          />
          <MonthDay label={t('coop.season.to')} value={season.to} onPick={(to) => change(index, { to })} />
          <Checkbox
            label={t('coop.season.peak')}
            checked={season.peak}
            onCheck={(peak) => change(index, { peak })}
          />
          <IconButton
            icon="trash"
            label={t('coop.season.remove', { n: index + 1 })}
            onClick={() => onSeasons(seasons.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {seasons.length < seasonsMax && (
        <div>
          <Button
            icon="plus"
            onClick={() => onSeasons([...seasons, { from: '11-01', to: '01-31', peak: false }])}
          >
            {t('coop.season.add')}
          </Button>
        </div>
      )}
    </div>
  )
}

const two = (n: number) => String(n).padStart(2, '0')

function MonthDay({
  label,
  value,
  onPick,
}: {
  label: string
  value: string
  onPick: (value: string) => void
}) {
  const [month = 1, day = 1] = value.split('-').map(Number)
  const last = daysIn[month - 1] ?? 31
  return (
    <fieldset className="coop-month-day">
      <legend className="k-label">{label}</legend>
      <select
        className="k-input"
        aria-label={`${label} ${t('coop.season.month')}`}
        value={month}
        onChange={(event) => {
          const next = Number(event.target.value)
          onPick(`${two(next)}-${two(Math.min(day, daysIn[next - 1] ?? 31))}`)
        }}
      >
        {daysIn.map((_, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <option key={index} value={index + 1}>
            {t('coop.season.monthName', { n: index + 1 })}
          </option>
        ))}
      </select>
      <select
        className="k-input"
        aria-label={`${label} ${t('coop.season.day')}`}
        value={day}
        onChange={(event) => onPick(`${two(month)}-${two(Number(event.target.value))}`)}
      >
        {Array.from({ length: last }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <option key={index} value={index + 1}>
            {t('coop.season.dayName', { n: index + 1 })}
          </option>
        ))}
      </select>
    </fieldset>
  )
}
