import { named, t } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { Picture } from '../kit/picture.tsx'
import { type Cell, type Drafts, type Row, shownOf, sumOf } from './forecast-drafts.ts'
import { dayWords, shortWords } from './words.ts'

interface RowProps {
  row: Row
  drafts: Drafts
  onOpen: (cell: Cell) => void
  onWhy: () => void
}

/** A pack with what each week is to bring. */
export function ForecastRow({ row, drafts, onOpen, onWhy }: RowProps) {
  return (
    <li className="coop-forecast">
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Picture picture={row.picture} size={40} />
        <span className="grow">
          <b>{named({ zh: row.name, en: row.nameEn })}</b>
          <span className="muted small">{row.spec}</span>
        </span>
        <button type="button" className="coop-trust" onClick={onWhy}>
          {t('forecast.trust', { percent: Math.round(row.confidenceBp / 100) })}
        </button>
      </div>
      <div className="coop-cells">
        {row.cells.map((cell, index) => (
          <CellButton
            key={cell.week}
            row={row}
            cell={cell}
            past={index === 0}
            drafts={drafts}
            onOpen={onOpen}
          />
        ))}
      </div>
    </li>
  )
}

interface CellProps {
  row: Row
  cell: Cell
  past: boolean
  drafts: Drafts
  onOpen: (cell: Cell) => void
}

function CellButton({ row, cell, past, drafts, onOpen }: CellProps) {
  const shown = shownOf(cell, row.skuId, drafts)
  const said = cell.said.reduce((sum, one) => sum + one.quantity, 0)
  const sum = past ? said : sumOf(shown)
  const taken = shown.reduce((all, one) => all + one.promised, 0)
  const state = shown.find((one) => one.state === 'refused') ?? shown.find((one) => one.state === 'waiting')
  const amount = sum > 0 ? shortWords(sum, row) : t('forecast.empty')
  if (past)
    return (
      <div className="coop-cell" data-past>
        <span className="num">{sum > 0 ? amount : '—'}</span>
        {cell.made > 0 && (
          <span className="small">{t('forecast.made', { amount: shortWords(cell.made, row) })}</span>
        )}
      </div>
    )
  const name = `${named({ zh: row.name, en: row.nameEn })} ${row.spec}`
  return (
    <button type="button" className="coop-cell" data-state={state?.state} onClick={() => onOpen(cell)}>
      <span className="sr-only">{t('forecast.cellOf', { name, week: dayWords(cell.week) })}</span>
      {sum > 0 ? (
        <b className="num">{amount}</b>
      ) : (
        <span className="muted">{cell.inSeason ? t('forecast.fill') : t('forecast.offSeason')}</span>
      )}
      {taken > 0 && (
        <span className="small muted">{t('forecast.taken', { amount: shortWords(taken, row) })}</span>
      )}
      {cell.made > 0 && (
        <Badge tone="good">{t('forecast.made', { amount: shortWords(cell.made, row) })}</Badge>
      )}
    </button>
  )
}
