import { addDays, serviceDayOf } from '@huming/shared/days'
import { districtOf, districtText } from '@huming/shared/districts'
import { formatYuan } from '@huming/shared/money'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { languageTag, locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, ProgressBar } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'

type Figures = Reply<'reports.cooperation'>

const quarterDays = 91

/** Sums for the two governments. */
export function Report() {
  const [search, setSearch] = useSearchParams()
  const today = serviceDayOf(new Date())
  const to = search.get('to') ?? today
  const from = search.get('from') ?? addDays(today, -quarterDays)
  const figures = useApi('reports.cooperation', { query: { from, to } }, { keep: true })
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      return before
    })
  return (
    <>
      <PageHeader title={t('gov.report')} sub={t('gov.lead')}>
        {figures.data && (
          <Button icon="download" onClick={() => download(figures.data)}>
            {t('gov.csv')}
          </Button>
        )}
      </PageHeader>
      <FilterBar>
        <TextField
          label={t('gov.from')}
          type="date"
          value={from}
          max={to}
          onText={(day) => set('from', day)}
        />
        <TextField label={t('gov.to')} type="date" value={to} min={from} onText={(day) => set('to', day)} />
      </FilterBar>
      <Loaded
        query={figures}
        empty={{
          when: (data) => data.deliveredOrders === 0,
          show: <EmptyState icon="chart" title={t('gov.none')} />,
        }}
      >
        {(data) => <FiguresView data={data} />}
      </Loaded>
    </>
  )
}

const tonnes = (grams: number) =>
  new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 }).format(grams / 1_000_000)

function FiguresView({ data }: { data: Figures }) {
  const share = (fen: number) => (
    <ProgressBar hideText label={t('gov.share')} done={fen} total={Math.max(1, data.totalFen)} />
  )
  const money = <Row extends { valueFen: number }>(): Column<Row>[] => [
    {
      key: 'value',
      head: t('gov.value'),
      end: true,
      cell: (row) => <Money fen={row.valueFen} />,
      sort: (row) => row.valueFen,
    },
    { key: 'share', head: t('gov.share'), cell: (row) => share(row.valueFen) },
  ]
  const orders = <Row extends { orders: number }>(): Column<Row> => ({
    key: 'orders',
    head: t('gov.orders'),
    end: true,
    cell: (row) => row.orders,
    sort: (row) => row.orders,
  })
  const sites = <Row extends { sites: number }>(): Column<Row> => ({
    key: 'sites',
    head: t('gov.sites'),
    end: true,
    cell: (row) => row.sites,
    sort: (row) => row.sites,
  })
  return (
    <div className="stack">
      <div className="cards">
        <Tile label={t('gov.value')}>
          <Money fen={data.totalFen} />
        </Tile>
        <Tile label={t('gov.orders')}>{data.deliveredOrders}</Tile>
        <Tile label={t('gov.weight')}>{tonnes(data.counties.reduce((sum, row) => sum + row.grams, 0))}</Tile>
        <Tile label={t('gov.punctual')}>
          {data.stops === 0 ? '—' : `${Math.round((data.onTimeStops / data.stops) * 100)}%`}
        </Tile>
      </div>
      <Transport data={data} />
      <Card title={t('gov.counties')}>
        <DataTable
          label={t('gov.counties')}
          rows={data.counties}
          rowKey={(row) => row.code}
          columns={[
            { key: 'county', head: t('gov.county'), cell: (row) => districtText(row.code, locale()) },
            { key: 'pair', head: t('gov.pair'), cell: (row) => pairOf(row.code) },
            ...money<Figures['counties'][number]>(),
            {
              key: 'grams',
              head: t('gov.weight'),
              end: true,
              cell: (row) => tonnes(row.grams),
              sort: (row) => row.grams,
            },
            {
              key: 'products',
              head: t('gov.products'),
              end: true,
              cell: (row) => row.products,
              sort: (row) => row.products,
            },
            orders(),
          ]}
        />
      </Card>
      <Card title={t('gov.districts')}>
        <DataTable
          label={t('gov.districts')}
          rows={data.districts}
          rowKey={(row) => row.code}
          columns={[
            { key: 'district', head: t('gov.district'), cell: (row) => districtText(row.code, locale()) },
            ...money<Figures['districts'][number]>(),
            sites(),
            orders(),
          ]}
        />
      </Card>
      <Card title={t('gov.classes')}>
        <DataTable
          label={t('gov.classes')}
          rows={data.classes}
          rowKey={(row) => row.buyerClass}
          columns={[
            {
              key: 'class',
              head: t('gov.class'),
              cell: (row) =>
                row.buyerClass in BUYER_CLASSES
                  ? named(BUYER_CLASSES[row.buyerClass as BuyerClass])
                  : row.buyerClass,
            },
            ...money<Figures['classes'][number]>(),
            sites(),
            orders(),
          ]}
        />
      </Card>
    </div>
  )
}

const number = (value: number, digits: number) =>
  new Intl.NumberFormat(languageTag(), { maximumFractionDigits: digits }).format(value)

/** What bringing it took; per order and per tonne-kilometre where there is something to divide by. */
function transportFigures({ metres, tonneMetres, gramsCo2e, deliveredOrders }: Figures): [string, string][] {
  const per = (value: number, by: number, digits: number) => (by === 0 ? '—' : number(value / by, digits))
  return [
    [t('gov.km'), number(metres / 1000, 0)],
    [t('gov.kmPerOrder'), per(metres / 1000, deliveredOrders, 2)],
    [t('gov.co2'), number(gramsCo2e / 1000, 1)],
    [t('gov.co2PerOrder'), per(gramsCo2e / 1000, deliveredOrders, 2)],
    [t('gov.co2PerTonneKm'), per(gramsCo2e / 1000, tonneMetres / 1000, 3)],
  ]
}

function Transport({ data }: { data: Figures }) {
  return (
    <Card title={t('gov.transport')}>
      <div className="cards tiles">
        {transportFigures(data).map(([label, text]) => (
          <Tile key={label} label={label}>
            {text}
          </Tile>
        ))}
      </div>
      <p className="muted small">{t('gov.transportHint')}</p>
    </Card>
  )
}

function pairOf(code: string): string {
  const pair = districtOf(code)?.pair
  return pair ? districtText(pair.code, locale()) : '—'
}

/** The county table as a sheet that Excel opens, the byte-order mark telling it the encoding. */
function download(data: Figures): void {
  const rows = data.counties.map((row) => [
    districtText(row.code, locale()),
    formatYuan(row.valueFen).replace(/[¥,]/g, ''),
    row.grams / 1000,
    row.products,
    row.orders,
  ])
  const head = [t('gov.county'), t('gov.value'), 'kg', t('gov.products'), t('gov.orders')]
  const transport = transportFigures(data).map(([label, value]) => [label, value.replaceAll(',', '')])
  const text = `\uFEFF${[head, ...rows, [], ...transport].map((cells) => cells.join(',')).join('\r\n')}\r\n`
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = `huming-${data.from}-${data.to}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
