import { instantText } from '@huming/shared/days'
import { baseText } from '@huming/shared/quantity'
import type { BaseUnit } from '@huming/shared/units'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { SearchBox, Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { FilterBar, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import '../recall/recall.css'

type Page = Reply<'upload.list'>
type Upload = Page['items'][number]
const shows = ['open', 'late', 'rejected', 'accepted'] as const
const kinds = ['in', 'out', 'archive'] as const

/** What is due at the city’s trace platform: lateness, receipts, tables to hand in. */
export function Uploads() {
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const show = shows.find((one) => one === search.get('show')) ?? 'open'
  const kind = kinds.find((one) => one === search.get('kind'))
  const text = search.get('q') ?? undefined
  const set = (key: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(key, value)
      else before.delete(key)
      return before
    })
  const { items, more, query, first } = usePages('upload.list', { query: { show, kind, search: text } })
  useLive(['lot.received', 'stop.', 'upload.'], ['upload.'])
  const file = (format: 'csv' | 'xlsx') =>
    `/api/uploads/export/${format}?${new URLSearchParams({ show, kind: kind ?? 'in', ...(text ? { search: text } : {}) }).toString()}`
  return (
    <>
      <PageHeader title={t('upload.title')} sub={first && <Badge>{t(`upload.way.${first.way}`)}</Badge>}>
        <FileLink href={file('csv')}>{t('upload.csv')}</FileLink>
        <FileLink href={file('xlsx')}>{t('upload.xlsx')}</FileLink>
      </PageHeader>
      <div className="stack">
        {first && <Counts counts={first.counts} />}
        <FilterBar>
          <Segmented
            label={t('recall.show')}
            value={show}
            options={shows.map((value) => ({ value, label: t(`upload.show.${value}`) }))}
            onPick={(value) => set('show', value)}
          />
          <Select
            label={t('upload.kind')}
            value={kind ?? ''}
            optional
            placeholder={t('recall.show.all')}
            options={kinds.map((value) => ({ value, label: t(`upload.kind.${value}`) }))}
            onPick={(value) => set('kind', value)}
          />
          <SearchBox label={t('upload.search')} value={text ?? ''} onSearch={(value) => set('q', value)} />
        </FilterBar>
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: <EmptyState icon="upload" title={t('upload.none')} text={t('upload.noneHint')} />,
          }}
        >
          {() => (
            <>
              {may('upload.write') && show !== 'accepted' && (
                <Chosen items={items} chosen={chosen} onChosen={setChosen} />
              )}
              <DataTable
                label={t('upload.title')}
                rows={items}
                rowKey={(one) => one.id}
                more={more}
                columns={columnsOf(
                  may('upload.write') && show !== 'accepted' ? { chosen, onChosen: setChosen } : null,
                )}
              />
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function Counts({ counts }: { counts: Page['counts'] }) {
  const tiles = [
    ['waiting', counts.waiting, 'plain'],
    ['late', counts.late, counts.late > 0 ? 'bad' : 'good'],
    ['rejected', counts.rejected, counts.rejected > 0 ? 'warn' : 'plain'],
    ['acceptedToday', counts.acceptedToday, 'good'],
    ['acceptedLate', counts.acceptedLate, counts.acceptedLate > 0 ? 'warn' : 'plain'],
  ] as const
  return (
    <div className="cards" style={{ ['--card' as string]: '120px' }}>
      {tiles.map(([key, count, tone]) => (
        <Tile key={key} label={t(`upload.${key}`)} tone={tone}>
          <span className="num">{count}</span>
        </Tile>
      ))}
    </div>
  )
}

type Choosing = { chosen: ReadonlySet<string>; onChosen: (ids: ReadonlySet<string>) => void }

/** Receipts noted by hand, and tries again, for the chosen records. */
function Chosen({ items, chosen, onChosen }: Choosing & { items: readonly Upload[] }) {
  const [noting, setNoting] = useState(false)
  const ids = items.filter((one) => chosen.has(one.id)).map((one) => one.id)
  const retry = useAct('upload.retry', {
    changes: ['upload.list'],
    onDone: ({ retried }) => {
      toast(t('upload.retried', { count: retried }))
      onChosen(new Set())
    },
  })
  const none = ids.length === 0 ? t('upload.chooseFirst') : undefined
  return (
    <div className="row">
      <Checkbox
        label={t('upload.chooseAll')}
        checked={ids.length > 0 && ids.length === Math.min(items.length, 200)}
        onCheck={(all) => onChosen(new Set(all ? items.slice(0, 200).map((one) => one.id) : []))}
      />
      <Button icon="check" refused={none} onClick={() => setNoting(true)}>
        {t('upload.confirm')}
      </Button>
      <Button
        icon="refresh"
        refused={none}
        busy={retry.isPending}
        onClick={() => retry.mutate({ body: { ids } }, { onError: toastProblem })}
      >
        {t('upload.retry')}
      </Button>
      {noting && (
        <ReceiptDialog ids={ids} onClose={() => setNoting(false)} onDone={() => onChosen(new Set())} />
      )}
    </div>
  )
}

function ReceiptDialog({ ids, onClose, onDone }: { ids: string[]; onClose: () => void; onDone: () => void }) {
  const [receiptNo, setReceiptNo] = useState('')
  const confirm = useAct('upload.confirm', {
    changes: ['upload.list'],
    onDone: ({ confirmed }) => {
      toast(t('upload.confirmed', { count: confirmed }))
      onDone()
      onClose()
    },
  })
  const foot = (
    <Button
      tone="main"
      busy={confirm.isPending}
      refused={receiptNo.trim() === '' ? t('upload.receipt') : undefined}
      onClick={() => confirm.mutate({ body: { ids, receiptNo } })}
    >
      {t('upload.confirm')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('upload.confirmTitle', { count: ids.length })} foot={foot}>
      <div className="stack">
        <ProblemNote error={confirm.error} />
        <TextField label={t('upload.receipt')} value={receiptNo} maxLength={60} onText={setReceiptNo} />
      </div>
    </Dialog>
  )
}

const told = (value: string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value)

function columnsOf(choosing: Choosing | null): Column<Upload>[] {
  const choose: Column<Upload> = {
    key: 'choose',
    head: t('upload.chooseHead'),
    cell: (one) => (
      <span className="recall-pick">
        <Checkbox
          label={
            <span className="sr-only">
              {t('upload.choose', { name: told(one.record['name'] ?? one.record['operator']) })}
            </span>
          }
          checked={choosing?.chosen.has(one.id) ?? false}
          onCheck={(on) => {
            const next = new Set(choosing?.chosen)
            if (on) next.add(one.id)
            else next.delete(one.id)
            choosing?.onChosen(next)
          }}
        />
      </span>
    ),
  }
  const rest: Column<Upload>[] = [
    {
      key: 'what',
      head: t('upload.what'),
      cell: ({ record, kind, org }) => (
        <>
          <Badge tone="info">{t(`upload.kind.${kind}`)}</Badge> {told(record['name'] ?? org)}{' '}
          <span className="muted small">
            {told(record['lot'])} {told(record['category'])}
          </span>
        </>
      ),
    },
    {
      key: 'quantity',
      head: t('upload.quantity'),
      end: true,
      cell: ({ record }) =>
        typeof record['quantity'] === 'number' ? (
          <span className="num">{baseText(record['quantity'], record['unit'] as BaseUnit, locale())}</span>
        ) : (
          '—'
        ),
    },
    {
      key: 'party',
      head: t('upload.party'),
      cell: ({ record }) => told(record['partySite'] ?? record['partyName']) || '—',
    },
    {
      key: 'due',
      head: t('upload.dueAt'),
      cell: (one) => (
        <>
          {instantText(new Date(one.dueAt), locale())}{' '}
          {one.late && <Badge tone="bad">{t('upload.late')}</Badge>}
        </>
      ),
    },
    {
      key: 'state',
      head: t('upload.state'),
      cell: (one) => (
        <>
          <Badge tone={one.status === 'accepted' ? 'good' : one.status === 'rejected' ? 'bad' : 'warn'}>
            {t(`upload.state.${one.status}`)}
          </Badge>{' '}
          <span className="muted small">
            {one.receiptNo ||
              one.lastError ||
              (one.attempts > 0 ? t('upload.attempts', { count: one.attempts }) : '')}
          </span>
        </>
      ),
    },
  ]
  return choosing ? [choose, ...rest] : rest
}
