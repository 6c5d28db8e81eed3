import { instantText } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, locale, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { remainingText, useNow } from '../kit/countdown.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { RecallForm } from './recall-form.tsx'

type Recall = Reply<'recall.list'>['items'][number]
type Show = 'open' | 'done' | 'all'
const shows: readonly Show[] = ['open', 'done', 'all']

/** Recalls and drills with the clock that runs out next. */
export function Recalls() {
  const may = useMay()
  const [, go] = useLocation()
  const [search, setSearch] = useSearchParams()
  const [making, setMaking] = useState<{ id: string; drill: boolean } | null>(null)
  const show = shows.find((one) => one === search.get('show')) ?? 'all'
  const { items, more, query } = usePages('recall.list', { query: { show } })
  useLive(['recall.'], ['recall.'])
  return (
    <>
      <PageHeader title={t('recall.title')}>
        {may('recall.write') && (
          <>
            <Button icon="clock" onClick={() => setMaking({ id: newId(), drill: true })}>
              {t('recall.newDrill')}
            </Button>
            <Button tone="main" icon="warning" onClick={() => setMaking({ id: newId(), drill: false })}>
              {t('recall.new')}
            </Button>
          </>
        )}
      </PageHeader>
      <FilterBar>
        <Segmented
          label={t('recall.show')}
          value={show}
          options={shows.map((value) => ({ value, label: t(`recall.show.${value}`) }))}
          onPick={(value) => setSearch({ show: value })}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="shield" title={t('recall.none')} text={t('recall.noneHint')} />,
        }}
      >
        {() => <RecallTable items={items} more={more} />}
      </Loaded>
      {making && (
        <RecallForm {...making} onClose={() => setMaking(null)} onSaved={(id) => go(`/recalls/${id}`)} />
      )}
    </>
  )
}

function RecallTable({
  items,
  more,
}: {
  items: readonly Recall[]
  more: Parameters<typeof DataTable>[0]['more']
}) {
  return (
    <DataTable
      label={t('recall.title')}
      rows={items}
      rowKey={(recall) => recall.id}
      rowLink={(recall) => `/recalls/${recall.id}`}
      {...(more ? { more } : {})}
      columns={[
        {
          key: 'number',
          head: t('recall.number'),
          cell: (recall) => (
            <>
              <span className="num">{recall.number}</span>{' '}
              {recall.drill && <Badge>{t('recall.drill')}</Badge>}
              {recall.isSample && <Badge>{t('ops.orgs.sample')}</Badge>}
            </>
          ),
        },
        {
          key: 'goods',
          head: t('recall.goods'),
          cell: (recall) => (
            <>
              {recall.goods.join(comma())} <span className="muted small clamp">{recall.reason}</span>
            </>
          ),
        },
        {
          key: 'level',
          head: t('recall.level'),
          cell: (recall) => t(`recall.level.${recall.level as 1 | 2 | 3}`),
        },
        {
          key: 'status',
          head: t('recall.status'),
          cell: (recall) => <StatusChip of="recall" status={recall.status} />,
        },
        { key: 'due', head: t('recall.due'), cell: (recall) => <NextClock recall={recall} /> },
        {
          key: 'answered',
          head: t('recall.progress'),
          end: true,
          cell: (recall) => (
            <>
              <span className="num">
                {recall.answered}/{recall.places}
              </span>{' '}
              {recall.callsDue > 0 && (
                <Badge tone="bad" icon="phone">
                  {recall.callsDue}
                </Badge>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

/** The clock that is late, or runs out next. */
function NextClock({ recall }: { recall: Recall }) {
  const now = useNow(1000)
  const running = ['closed', 'withdrawn'].includes(recall.status)
    ? []
    : recall.clocks.filter((clock) => clock.doneAt === null)
  const [next] = running.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  const late = recall.clocks.find((clock) => clock.late)
  if (!next)
    return late ? (
      <Badge tone="bad">{t('recall.clock.late')}</Badge>
    ) : (
      <Badge tone="good">{t('recall.done')}</Badge>
    )
  const left = Date.parse(next.dueAt) - now
  return (
    <span>
      {t(`recall.clock.${next.clock}`)}{' '}
      {left < 0 ? (
        <Badge tone="bad">{t('recall.clock.late')}</Badge>
      ) : (
        <span className="num" role="timer" aria-live="off">
          {remainingText(left)}
        </span>
      )}
      <span className="muted small"> {instantText(new Date(next.dueAt), locale())}</span>
    </span>
  )
}
