import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useEffect, useState } from 'react'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { recall, remember } from '../app/remember.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, Note, Skeleton } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { ForecastCell } from './forecast-cell.tsx'
import { type Cell, copyWeek, type Grid, type Row } from './forecast-drafts.ts'
import { ForecastRow } from './forecast-row.tsx'
import './forecasts.css'
import { useSupplier } from './scope.tsx'
import { TrustDialog } from './trust.tsx'
import { useForecastDrafts } from './use-forecast-drafts.ts'
import { dayWords } from './words.ts'
import './forecast-texts.ts'

/** What will be harvested, by product and week; typed on a phone in the field, kept there until it is saved. */
export function Forecasts() {
  const { orgId } = useSupplier()
  const hubs = useApi('orders.hubs')
  const [chosen, setChosen] = useState(() => recall('forecast.hub') ?? '')
  const all = hubs.data?.items ?? []
  const hubId =
    all.find((hub) => hub.id === chosen)?.id ?? all.find((hub) => hub.kind === 'central')?.id ?? chosen
  const pick = (id: string) => {
    remember('forecast.hub', id)
    setChosen(id)
  }
  return (
    <>
      <PageHeader title={t('forecast.title')} />
      {all.length > 1 && (
        <FilterBar>
          <Select
            label={t('forecast.hub')}
            value={hubId}
            options={all.map((hub) => ({ value: hub.id, label: hub.name }))}
            onPick={pick}
          />
        </FilterBar>
      )}
      {orgId && hubId && <HubGrid key={`${orgId}${hubId}`} orgId={orgId} hubId={hubId} />}
    </>
  )
}

/** The grid as the server has it; without a connection, as it was seen last. */
function useGrid(orgId: string, hubId: string) {
  const key = `forecast.grid.${orgId}.${hubId}`
  const query = useApi('forecasts.read', { query: { orgId, hubId } }, { keep: true })
  useLive(['lot.', 'confidence.', 'order.placed'], ['forecasts.'])
  useEffect(() => {
    if (query.data) remember(key, JSON.stringify(query.data))
  }, [key, query.data])
  const [old] = useState(() => {
    try {
      return JSON.parse(recall(key) ?? 'null') as Grid | null
    } catch {
      return null
    }
  })
  return { query, grid: query.data ?? (query.isError && query.error.lost ? old : null) }
}

function HubGrid({ orgId, hubId }: { orgId: string; hubId: string }) {
  const { query, grid } = useGrid(orgId, hubId)
  const work = useForecastDrafts(orgId, hubId)
  const { to } = useSupplier()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<{ row: Row; cell: Cell } | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const may = useMay()
  if (!grid)
    return query.isError ? (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton />
    )
  if (grid.rows.length === 0)
    return (
      <EmptyState icon="leaf" title={t('forecast.none')} text={t('forecast.noneText')}>
        <LinkButton to={to('/products')} tone="main">
          {t('coop.nav.products')}
        </LinkButton>
      </EmptyState>
    )
  const wanted = search.trim().toLowerCase()
  const rows = grid.rows.filter((row) =>
    `${row.name} ${row.nameEn} ${row.spec}`.toLowerCase().includes(wanted),
  )
  const copy = (from: number) => {
    const today = serviceDayOf(new Date())
    const list = copyWeek(grid.rows, from, work.drafts, { newId, later: weekLater, today })
    work.change(list)
    toast(list.length > 0 ? t('forecast.copied', { count: list.length }) : t('forecast.nothingToCopy'))
  }
  return (
    <div className="stack">
      {!query.data && <Note tone="warn">{t('forecast.oldGrid')}</Note>}
      <SaveState work={work} />
      {grid.rows.length > 8 && (
        <SearchBox value={search} onSearch={setSearch} placeholder={t('forecast.filter')} />
      )}
      <Weeks weeks={grid.weeks} onCopy={may('lot.write') ? copy : null} />
      {rows.length === 0 && <p className="muted">{t('forecast.noMatch')}</p>}
      <ul className="coop-forecasts">
        {rows.map((row) => (
          <ForecastRow
            key={row.skuId}
            row={row}
            drafts={work.drafts}
            onOpen={(cell) => setOpen({ row, cell })}
            onWhy={() => setWhy(row.skuId)}
          />
        ))}
      </ul>
      {open && (
        <ForecastCell
          row={open.row}
          cell={open.cell}
          work={work}
          readOnly={!may('lot.write')}
          onClose={() => setOpen(null)}
        />
      )}
      {why && <TrustDialog skuId={why} onClose={() => setWhy(null)} />}
    </div>
  )
}

const weekLater = (day: string): string => (isServiceDay(day) ? addDays(day, 7) : day)

/** Said to screen readers too: what is saved, what waits, what was refused. */
function SaveState({ work }: { work: ReturnType<typeof useForecastDrafts> }) {
  const refused = Object.values(work.drafts).filter((draft) => draft.problem !== undefined).length
  const [tone, words] =
    work.waiting > 0
      ? work.lost
        ? (['warn', t('forecast.waiting', { count: work.waiting })] as const)
        : (['info', t('forecast.saving')] as const)
      : refused > 0
        ? (['bad', t('forecast.refused', { count: refused })] as const)
        : (['good', t('forecast.saved')] as const)
  return (
    <p className="coop-save" role="status">
      <Badge tone={tone}>{words}</Badge>
    </p>
  )
}

const titles = ['forecast.lastWeek', 'forecast.thisWeek', 'forecast.nextWeek', 'forecast.afterNext'] as const

/** The weeks above the columns; one tap takes the week before over. */
function Weeks({ weeks, onCopy }: { weeks: readonly string[]; onCopy: ((from: number) => void) | null }) {
  return (
    <div className="coop-weeks">
      {weeks.map((week, index) => (
        <div key={week}>
          <b>{t(titles[index] ?? 'forecast.afterNext')}</b>
          <span className="muted small">{dayWords(week).split(' ')[0]}</span>
          {onCopy && index > 0 && <Button onClick={() => onCopy(index - 1)}>{t('forecast.copy')}</Button>}
        </div>
      ))}
    </div>
  )
}
