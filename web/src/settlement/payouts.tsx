import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { dayWords, momentWords } from '../coop/words.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Checkbox } from '../kit/field.tsx'
import { BottomBar, FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import './settlement.css'
import './texts.ts'

type Due = Reply<'settlement.suppliers'>['items'][number]
type Way = 'bank' | 'stripe'
type Brief = Reply<'payouts.list'>['items'][number]
/** What keeps a party from being paid this way; the door tells it for the bank. */
function blocksOf(row: Due, way: Way): Due['blocks'] {
  if (way === 'bank') return row.blocks
  const rest = row.blocks.filter((block) => block !== 'bank_missing')
  return row.hasStripe ? rest : [...rest, 'stripe_missing']
}

const keyOf = (row: Due): string => `${row.orgId}:${row.purpose}`

/** Operations' desk for paying suppliers and brokers: what is due, and the batches on their way. */
export function Payouts() {
  return (
    <>
      <PageHeader title={t('payout.title')}>
        <FileLink href="/api/payout-batches-file">{t('money.xlsx')}</FileLink>
      </PageHeader>
      <DueParties />
      <Batches />
    </>
  )
}

function DueParties() {
  const today = serviceDayOf(new Date())
  const due = useApi('settlement.suppliers', { query: { throughDay: today } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [way, setWay] = useState<Way>('bank')
  const may = useMay()
  const pick = (row: Due, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(keyOf(row))
    else next.delete(keyOf(row))
    setChosen(next)
  }
  return (
    <section className="stack" aria-labelledby="due-title">
      <h2 id="due-title">{t('payout.due')}</h2>
      <Loaded
        query={due}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="money" title={t('payout.dueNone')} />,
        }}
      >
        {({ items }) => {
          const picked = items.filter((row) => blocksOf(row, way).length === 0 && chosen.has(keyOf(row)))
          return (
            <>
              {may('payout.write') && items.some((row) => row.hasStripe) && (
                <FilterBar>
                  <Segmented
                    label={t('payout.way')}
                    value={way}
                    options={(['bank', 'stripe'] as const).map((value) => ({
                      value,
                      label: t(`payout.way.${value}`),
                    }))}
                    onPick={setWay}
                  />
                </FilterBar>
              )}
              <DataTable
                label={t('payout.due')}
                rows={items}
                rowKey={keyOf}
                columns={dueColumns(way, may('payout.write') ? { chosen, pick } : null)}
              />
              {picked.length > 0 && (
                <Propose throughDay={today} way={way} rows={picked} onDone={() => setChosen(new Set())} />
              )}
            </>
          )
        }}
      </Loaded>
    </section>
  )
}

type Picking = { chosen: ReadonlySet<string>; pick: (row: Due, on: boolean) => void }

const dueColumns = (way: Way, picking: Picking | null): Column<Due>[] => [
  {
    key: 'party',
    head: t('payout.party'),
    cell: (row) =>
      picking && blocksOf(row, way).length === 0 ? (
        <Checkbox
          label={row.party}
          checked={picking.chosen.has(keyOf(row))}
          onCheck={(on) => picking.pick(row, on)}
        />
      ) : (
        row.party
      ),
    sort: (row) => row.party,
  },
  { key: 'purpose', head: t('payout.kind'), cell: (row) => t(`payout.purpose.${row.purpose}`) },
  {
    key: 'balance',
    head: t('payout.balance'),
    end: true,
    cell: (row) => (
      <Link to={`/parties/${row.orgId}/money`}>
        <Money fen={row.balanceFen} />
      </Link>
    ),
    sort: (row) => row.balanceFen,
  },
  {
    key: 'due',
    head: t('payout.dueNow'),
    end: true,
    cell: (row) => (
      <b>
        <Money fen={row.dueFen} />
      </b>
    ),
    sort: (row) => row.dueFen,
  },
  {
    key: 'account',
    head: t('money.account'),
    cell: (row) => (
      <span>
        {row.lastFour ? t('money.tail', { four: row.lastFour }) : '—'}{' '}
        {row.hasStripe && <Badge tone="info">{t('payout.atStripe')}</Badge>}
      </span>
    ),
  },
  {
    key: 'why',
    head: t('payout.why'),
    cell: (row) => (
      <span className="row">
        {blocksOf(row, way).map((block) => (
          <Badge key={block} tone={block === 'nothing_due' ? 'plain' : 'warn'}>
            {t(`money.block.${block}`)}
          </Badge>
        ))}
        {blocksOf(row, way).length === 0 && <Badge tone="good">{t('payout.ready')}</Badge>}
        {way === 'bank' && row.freshBank && <Badge tone="bad">{t('payout.fresh')}</Badge>}
        {!row.hasTerms && <Badge tone="warn">{t('payout.noTerms')}</Badge>}
      </span>
    ),
  },
]

function Propose(props: { throughDay: string; way: Way; rows: readonly Due[]; onDone: () => void }) {
  const { throughDay, way, rows, onDone } = props
  const [id, setId] = useState(newId)
  const [, go] = useLocation()
  const propose = useAct('payouts.propose', {
    changes: ['settlement.suppliers', 'payouts.list'],
    onDone: (batch) => {
      toast(t('payout.proposed'))
      setId(newId())
      onDone()
      go(`/payouts/${batch.id}`)
    },
  })
  const totalFen = rows.reduce((sum, row) => sum + row.dueFen, 0)
  const parties = rows.map(({ orgId, purpose }) => ({ orgId, purpose }))
  return (
    <BottomBar>
      <ProblemNote error={propose.error} />
      <div className="money-sum">
        <span>
          {t('payout.chosen', { count: rows.length })} <Money fen={totalFen} size="l" />
        </span>
        <Button
          tone="main"
          busy={propose.isPending}
          onClick={() =>
            propose.mutate({
              params: { id },
              body: { throughDay, way, parties, expectedTotalFen: totalFen, note: '' },
            })
          }
        >
          {t('payout.propose')}
        </Button>
      </div>
    </BottomBar>
  )
}

const batchColumns = (): Column<Brief>[] => [
  { key: 'number', head: t('payout.batch'), cell: (one) => one.number },
  { key: 'through', head: t('money.through'), cell: (one) => dayWords(one.throughDay) },
  { key: 'sum', head: t('payout.sum'), end: true, cell: (one) => <Money fen={one.totalFen} /> },
  { key: 'count', head: t('payout.count'), end: true, cell: (one) => one.count },
  { key: 'way', head: t('payout.way'), cell: (one) => t(`payout.way.${one.way}`) },
  {
    key: 'status',
    head: t('payout.why'),
    cell: (one) => <StatusChip of="payoutBatch" status={one.status} />,
  },
  { key: 'maker', head: t('payout.maker'), cell: (one) => one.madeBy },
  { key: 'checker', head: t('payout.checker'), cell: (one) => one.checkedBy ?? '—' },
  { key: 'sent', head: t('payout.sentAt'), cell: (one) => momentWords(one.sentAt) },
]

function Batches() {
  const { items, more, query } = usePages('payouts.list', {})
  return (
    <section className="stack money-part" aria-labelledby="batches-title">
      <h2 id="batches-title">{t('payout.batches')}</h2>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <p className="muted">{t('payout.batchesNone')}</p> }}
      >
        {() => (
          <DataTable
            label={t('payout.batches')}
            rows={items}
            rowKey={(one) => one.id}
            rowLink={(one) => `/payouts/${one.id}`}
            columns={batchColumns()}
            more={more}
          />
        )}
      </Loaded>
    </section>
  )
}
