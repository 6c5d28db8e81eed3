import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Tabs } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { SettleForm } from './settle-form.tsx'
import { type Refund, timeText } from './words.ts'
import './texts.ts'

/** Refunds to decide and to follow, and disputes. */
export function RefundDesk() {
  const [search, setSearch] = useSearchParams()
  const show = search.get('show') === 'disputes' ? 'disputes' : 'refunds'
  return (
    <>
      <PageHeader title={t('pay.nav.refunds')} />
      <Tabs
        label={t('pay.nav.refunds')}
        tabs={[
          { value: 'refunds', label: t('refund.title') },
          { value: 'disputes', label: t('refund.disputes') },
        ]}
        value={show}
        onPick={(value) => setSearch({ show: value })}
      >
        {show === 'refunds' ? <Refunds /> : <Disputes />}
      </Tabs>
    </>
  )
}

function Refunds() {
  const { items, more, query } = usePages('refunds.list', { query: {} })
  const [open, setOpen] = useState<Refund | null>(null)
  return (
    <Loaded
      query={query}
      empty={{ when: () => items.length === 0, show: <EmptyState icon="money" title={t('refund.none')} /> }}
    >
      {() => (
        <>
          <DataTable
            label={t('refund.title')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'buyer',
                head: t('pay.col.buyer'),
                cell: (row) => <Link to={`/payments/${row.paymentId}`}>{row.buyer}</Link>,
              },
              {
                key: 'amount',
                head: t('bank.amount'),
                end: true,
                cell: (row) => <Money fen={row.amountFen} />,
              },
              {
                key: 'reason',
                head: t('refund.reason'),
                cell: (row) =>
                  (row.reason || t('refund.atProvider')) + (row.failure ? ` · ${row.failure}` : ''),
              },
              {
                key: 'who',
                head: t('refund.people'),
                cell: (row) => `${row.askedBy?.name ?? '—'} / ${row.decidedBy?.name ?? '—'}`,
              },
              {
                key: 'status',
                head: t('pay.col.status'),
                cell: (row) => <StatusChip of="refund" status={row.status} />,
              },
              {
                key: 'act',
                head: '',
                end: true,
                cell: (row) =>
                  row.status === 'asked' || (row.status === 'pending' && row.method === 'transfer') ? (
                    <Button onClick={() => setOpen(row)}>{t('bank.act')}</Button>
                  ) : null,
              },
            ]}
            more={more}
          />
          {open && <RefundDialog refund={open} onClose={() => setOpen(null)} />}
        </>
      )}
    </Loaded>
  )
}

const changes = ['refunds.list', 'payments.list', 'payments.read'] as const
type DialogProps = { refund: Refund; onClose: () => void }

function RefundDialog({ refund, onClose }: DialogProps) {
  return (
    <Dialog open onClose={onClose} title={t('refund.title')}>
      <div className="stack">
        <p>
          {refund.buyer} <Money fen={refund.amountFen} /> · {refund.reason}
        </p>
        {refund.status === 'asked' ? (
          <Decide refund={refund} onClose={onClose} />
        ) : (
          <Settle refund={refund} onClose={onClose} />
        )}
      </div>
    </Dialog>
  )
}

function Decide({ refund, onClose }: DialogProps) {
  const me = useMe()
  const decide = useAct('refunds.decide', { changes, onDone: onClose })
  const own = refund.askedBy?.id === me?.person.id ? t('bank.other') : undefined
  const say = (approve: boolean) =>
    decide.mutate({ params: { id: refund.id }, body: { approve, version: refund.version } })
  return (
    <>
      <ProblemNote error={decide.error} />
      <div className="row" style={{ flexWrap: 'wrap' }}>
        <Button tone="main" refused={own} busy={decide.isPending} onClick={() => say(true)}>
          {t('refund.approve')}
        </Button>
        <Button refused={own} onClick={() => say(false)}>
          {t('refund.refuse')}
        </Button>
      </div>
    </>
  )
}

function Settle({ refund, onClose }: DialogProps) {
  const settle = useAct('refunds.settle', { changes, onDone: onClose })
  return (
    <SettleForm
      busy={settle.isPending}
      error={settle.error}
      onSay={(said) =>
        settle.mutate({ params: { id: refund.id }, body: { ...said, version: refund.version } })
      }
    />
  )
}

type Dispute = Reply<'disputes.list'>['items'][number]
const tones = { open: 'bad', won: 'good', lost: 'plain' } as const

function Disputes() {
  const { items, more, query } = usePages('disputes.list', { query: {} })
  return (
    <Loaded
      query={query}
      empty={{
        when: () => items.length === 0,
        show: <EmptyState icon="check" title={t('refund.noDisputes')} />,
      }}
    >
      {() => (
        <DataTable<Dispute>
          label={t('refund.disputes')}
          rows={items}
          rowKey={(row) => row.id}
          rowLink={(row) => `/payments/${row.paymentId}`}
          columns={[
            { key: 'buyer', head: t('pay.col.buyer'), cell: (row) => row.buyer },
            {
              key: 'amount',
              head: t('bank.amount'),
              end: true,
              cell: (row) => <Money fen={row.amountFen} />,
            },
            { key: 'reason', head: t('refund.reason'), cell: (row) => row.reason },
            { key: 'opened', head: t('refund.opened'), cell: (row) => timeText(row.openedAt) },
            { key: 'due', head: t('refund.due'), cell: (row) => timeText(row.dueBy) },
            {
              key: 'status',
              head: t('pay.col.status'),
              cell: (row) => <Badge tone={tones[row.status]}>{t(`pay.dispute.${row.status}`)}</Badge>,
            },
          ]}
          more={more}
        />
      )}
    </Loaded>
  )
}
