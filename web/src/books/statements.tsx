import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import './texts.ts'
import { statementReads } from './words.ts'

type Brief = Reply<'statements.list'>['items'][number]

/** Statements of one's own account; on the desk those of all parties. */
export function Statements() {
  const may = useMay()
  const desk = may('statement.manage')
  const [side, setSide] = useState<Brief['side']>('buyer')
  const { items, more, query } = usePages('statements.list', { query: desk ? { side } : {} })
  useLive(['statement.'], ['statements.'])
  return (
    <>
      <PageHeader title={t('statements.title')}>
        <LinkButton to="/invoices" icon="document">
          {t('invoices.title')}
        </LinkButton>
        {desk && <DeskButtons />}
      </PageHeader>
      {desk && (
        <FilterBar>
          <Segmented
            label={t('terms.side')}
            value={side}
            options={(['buyer', 'supplier', 'broker'] as const).map((value) => ({
              value,
              label: t(`statements.side.${value}`),
            }))}
            onPick={setSide}
          />
        </FilterBar>
      )}
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="document" title={t('statements.none')} />,
        }}
      >
        {() => <StatementTable items={items} more={more} desk={desk} />}
      </Loaded>
    </>
  )
}

type More = ReturnType<typeof usePages<'statements.list'>>['more']

function StatementTable({ items, more, desk }: { items: readonly Brief[]; more: More; desk: boolean }) {
  return (
    <DataTable
      label={t('statements.title')}
      rows={items}
      rowKey={(one) => one.id}
      rowLink={(one) => `/statements/${one.id}`}
      more={more}
      columns={[
        { key: 'number', head: t('statements.title'), cell: (one) => one.number },
        {
          key: 'status',
          head: t('books.status'),
          cell: (one) => (
            <>
              <StatusChip of="statement" status={one.status} />{' '}
              {one.isSample && <Badge>{t('app.sampleMark')}</Badge>}
            </>
          ),
        },
        ...(desk ? [{ key: 'party', head: t('statements.party'), cell: (one: Brief) => one.party }] : []),
        {
          key: 'period',
          head: t('books.day'),
          cell: (one) => t('statements.period', { from: one.fromDay, to: one.toDay }),
        },
        { key: 'due', head: t('statements.due'), end: true, cell: (one) => <Money fen={one.dueFen} /> },
        { key: 'paid', head: t('statements.paid'), end: true, cell: (one) => <Money fen={one.paidFen} /> },
        {
          key: 'closing',
          head: t('statements.closing'),
          end: true,
          cell: (one) => <Money fen={one.closingFen} />,
        },
        { key: 'dueOn', head: t('statements.dueOn'), cell: (one) => one.dueOn },
      ]}
    />
  )
}

function DeskButtons() {
  const make = useAct('statements.makeDue', { changes: statementReads })
  const send = useAct('statements.sendOpen', { changes: statementReads })
  return (
    <>
      <Button
        icon="refresh"
        busy={make.isPending}
        onClick={() =>
          make.mutate(
            { body: {} },
            {
              onSuccess: ({ made }) => toast(t('statements.madeCount', { count: made })),
              onError: toastProblem,
            },
          )
        }
      >
        {t('statements.makeDue')}
      </Button>
      <Button
        tone="main"
        busy={send.isPending}
        onClick={() =>
          send.mutate(
            { body: {} },
            {
              onSuccess: ({ sent }) => toast(t('statements.sentCount', { count: sent })),
              onError: toastProblem,
            },
          )
        }
      >
        {t('statements.sendAll')}
      </Button>
      <LinkButton to="/ageing" icon="chart">
        {t('ageing.title')}
      </LinkButton>
      <LinkButton to="/terms" icon="document">
        {t('terms.title')}
      </LinkButton>
      <LinkButton to="/months" icon="clock">
        {t('months.title')}
      </LinkButton>
    </>
  )
}
