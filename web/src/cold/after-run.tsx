import { addDays, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { languageTag, t, textOf } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { OdometerForm } from './odometer.tsx'
import './texts.ts'

type Figures = Reply<'reports.afterRun'>
type Sums = Pick<
  Figures['days'][number],
  | 'orders'
  | 'arrived'
  | 'onTime'
  | 'dropSeconds'
  | 'dropStops'
  | 'metres'
  | 'actualMetres'
  | 'costFen'
  | 'gramsCo2e'
  | 'tonneMetres'
>

const number = (value: number, digits = 1) =>
  Number.isFinite(value)
    ? new Intl.NumberFormat(languageTag(), { maximumFractionDigits: digits }).format(value)
    : '—'
const percent = (part: number, whole: number) => (whole === 0 ? '—' : `${number((100 * part) / whole)} %`)

/** What the runs of some days came to. */
export function AfterRun() {
  const [search, setSearch] = useSearchParams()
  const today = serviceDayOf(new Date())
  const to = search.get('to') ?? today
  const from = search.get('from') ?? addDays(today, -6)
  const figures = useApi('reports.afterRun', { query: { from, to } }, { keep: true })
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      return before
    })
  const file = (rows: string) => `/api/reports/after-run/file?from=${from}&to=${to}&rows=${rows}`
  return (
    <>
      <PageHeader title={t('afterRun.title')} sub={t('afterRun.lead')}>
        <FileLink href={file('runs')}>{t('afterRun.xlsx.runs')}</FileLink>
        <FileLink href={file('orders')}>{t('afterRun.xlsx.orders')}</FileLink>
      </PageHeader>
      <FilterBar>
        <TextField
          label={t('afterRun.from')}
          type="date"
          value={from}
          max={to}
          onText={(day) => set('from', day)}
        />
        <TextField
          label={t('afterRun.to')}
          type="date"
          value={to}
          min={from}
          onText={(day) => set('to', day)}
        />
      </FilterBar>
      <Loaded
        query={figures}
        empty={{
          when: (data) => data.runs.length === 0,
          show: <EmptyState icon="chart" title={t('afterRun.none')} />,
        }}
      >
        {(data) => <Tables data={data} />}
      </Loaded>
    </>
  )
}

function sumColumns<Row extends Sums>(): Column<Row>[] {
  return [
    { key: 'orders', head: t('afterRun.orders'), end: true, cell: (row) => row.orders },
    { key: 'onTime', head: t('afterRun.onTime'), end: true, cell: (row) => percent(row.onTime, row.arrived) },
    {
      key: 'drop',
      head: t('afterRun.drop'),
      end: true,
      cell: (row) => number(row.dropSeconds / 60 / row.dropStops),
    },
    {
      key: 'km',
      head: t('afterRun.km'),
      end: true,
      cell: (row) => (
        <span>
          {number(row.metres / 1000)}{' '}
          {row.actualMetres === null && <span className="muted small">{t('afterRun.planned')}</span>}
        </span>
      ),
      sort: (row) => row.metres,
    },
    {
      key: 'cost',
      head: t('afterRun.cost'),
      end: true,
      cell: (row) => <Money fen={row.costFen} />,
      sort: (row) => row.costFen,
    },
    {
      key: 'costPerOrder',
      head: t('afterRun.costPerOrder'),
      end: true,
      cell: (row) => (row.orders === 0 ? '—' : `¥${number(row.costFen / 100 / row.orders, 2)}`),
    },
    {
      key: 'co2',
      head: t('afterRun.co2'),
      end: true,
      cell: (row) => number(row.gramsCo2e / 1000),
      sort: (row) => row.gramsCo2e,
    },
    {
      key: 'co2PerOrder',
      head: t('afterRun.co2PerOrder'),
      end: true,
      cell: (row) => number(row.gramsCo2e / 1000 / row.orders, 2),
    },
    {
      key: 'co2PerTkm',
      head: t('afterRun.co2PerTkm'),
      end: true,
      cell: (row) => number(row.gramsCo2e / row.tonneMetres, 3),
    },
  ]
}

const kmText = ({ odometer }: Figures['runs'][number]): string =>
  odometer ? `${odometer.outKm} – ${odometer.backKm ?? '…'}` : t('device.edit')

function Tables({ data }: { data: Figures }) {
  const may = useMay()
  const [open, setOpen] = useState<Figures['runs'][number] | null>(null)
  return (
    <div className="stack">
      <Card title={t('afterRun.byDay')}>
        <DataTable
          label={t('afterRun.byDay')}
          rows={data.days}
          rowKey={(row) => `${row.day} ${row.hubId}`}
          columns={[
            { key: 'day', head: t('afterRun.day'), cell: (row) => row.day },
            { key: 'hub', head: t('afterRun.hub'), cell: (row) => row.hub },
            ...sumColumns<Figures['days'][number]>(),
          ]}
        />
      </Card>
      <Card title={t('afterRun.byRun')}>
        <DataTable
          label={t('afterRun.byRun')}
          rows={data.runs}
          rowKey={(row) => row.runId}
          rowLink={(row) => `/after-run/${row.runId}`}
          columns={[
            { key: 'run', head: t('afterRun.run'), cell: (row) => `${row.day} · ${row.seq} · ${row.plate}` },
            ...sumColumns<Figures['runs'][number]>(),
            {
              key: 'odometer',
              head: t('odometer.title'),
              cell: (row) =>
                may('run.load') && (
                  <Button
                    aria-label={`${t('odometer.of', { run: `${row.seq} · ${row.plate}` })} ${kmText(row)}`}
                    onClick={() => setOpen(row)}
                  >
                    {kmText(row)}
                  </Button>
                ),
            },
          ]}
        />
      </Card>
      {data.factors.length > 0 && <Factors data={data} />}
      {open && <OdometerForm key={open.runId} run={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

/** What the emissions are reckoned with, and where each figure is from. */
function Factors({ data }: { data: Figures }) {
  return (
    <Card title={t('afterRun.factors')}>
      <DataTable
        label={t('afterRun.factors')}
        rows={data.factors}
        rowKey={(row) => `${row.drive} ${row.minGrossKg} ${row.validFrom}`}
        columns={[
          {
            key: 'drive',
            head: t('afterRun.drive'),
            cell: (row) => `${textOf(`afterRun.drive.${row.drive}`, row.drive)} ≥ ${row.minGrossKg} kg`,
          },
          { key: 'grams', head: t('afterRun.gramsPerKm'), end: true, cell: (row) => row.gramsPerKm },
          {
            key: 'cooling',
            head: t('afterRun.cooling'),
            end: true,
            cell: (row) => `${number(row.coolingBp / 100)} %`,
          },
          {
            key: 'certainty',
            head: t('afterRun.certainty'),
            cell: (row) => textOf(`afterRun.certainty.${row.certainty}`, row.certainty),
          },
          { key: 'source', head: t('afterRun.source'), cell: (row) => row.source },
        ]}
      />
    </Card>
  )
}
