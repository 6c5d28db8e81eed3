import { newId } from '@huming/shared/ids'
import { useId, useState } from 'react'
import { useSearchParams } from 'wouter'
import { api, type Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { invalidate, usePages } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { LineDialog } from './line-dialog.tsx'
import { type BankLine, timeText } from './words.ts'
import './texts.ts'

const shown = ['unmatched', 'proposed', 'returning', 'returned', 'ignored', 'matched'] as const

/** The bank's statement: taken in, matched, and what needs a person. */
export function BankDesk() {
  const [search, setSearch] = useSearchParams()
  const status = shown.find((one) => one === search.get('status')) ?? 'unmatched'
  const [deciding, setDeciding] = useState<BankLine | null>(null)
  const { items, more, query } = usePages('bank.lines', { query: { status } })
  return (
    <>
      <PageHeader title={t('pay.nav.bank')} />
      <div className="stack">
        <Import />
        <FilterBar>
          <Segmented
            label={t('pay.col.status')}
            value={status}
            options={shown.map((value) => ({ value, label: t(`status.bankLine.${value}`) }))}
            onPick={(value) => setSearch({ status: value })}
          />
        </FilterBar>
        <Loaded
          query={query}
          empty={{ when: () => items.length === 0, show: <EmptyState icon="check" title={t('bank.none')} /> }}
        >
          {() => (
            <DataTable
              label={t('bank.lines')}
              rows={items}
              rowKey={(row) => row.id}
              columns={columnsOf(setDeciding)}
              more={more}
            />
          )}
        </Loaded>
        <Imports />
      </div>
      {deciding && <LineDialog line={deciding} onClose={() => setDeciding(null)} />}
    </>
  )
}

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const

/** The same file sent again after a failure goes under the same id. */
function Import() {
  const field = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [taken, setTaken] = useState<Reply<'bank.import'> | null>(null)
  const send = async (file: File) => {
    setBusy(true)
    setError(null)
    setTaken(null)
    const type = file.name.toLowerCase().endsWith('.xlsx') ? types.xlsx : types.csv
    const input = {
      params: { id: newId() },
      query: { name: file.name.slice(0, 120) },
      body: new Blob([await file.arrayBuffer()], { type }),
    }
    try {
      setTaken(await api('bank.import', input))
      invalidate('bank.', 'payments.')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('bank.import')}>
      <div className="stack">
        <p className="muted small" id={`${field}-hint`}>
          {t('bank.importHint')}
        </p>
        <label htmlFor={field}>{t('bank.file')}</label>
        <input
          id={field}
          className="k-input"
          type="file"
          accept=".csv,.txt,.xlsx,text/csv"
          disabled={busy}
          aria-describedby={`${field}-hint`}
          onChange={(event) => {
            const { files } = event.target
            if (files?.[0]) void send(files[0])
            event.target.value = ''
          }}
        />
        {taken && <Note tone="good">{t('bank.taken', taken)}</Note>}
        <ProblemNote error={error} />
      </div>
    </Card>
  )
}

function columnsOf(decide: (line: BankLine) => void): Column<BankLine>[] {
  return [
    { key: 'payer', head: t('bank.payer'), cell: (row) => row.payer || '—' },
    { key: 'day', head: t('bank.day'), cell: (row) => <span className="num">{row.day}</span> },
    { key: 'amount', head: t('bank.amount'), end: true, cell: (row) => <Money fen={row.amountFen} /> },
    { key: 'memo', head: t('bank.memo'), cell: (row) => row.memo || '—' },
    { key: 'serial', head: t('bank.serial'), cell: (row) => <span className="num small">{row.serial}</span> },
    {
      key: 'whose',
      head: t('bank.whose'),
      cell: (row) =>
        row.matched?.name ?? row.proposed?.name ?? <StatusChip of="bankLine" status={row.status} />,
    },
    {
      key: 'act',
      head: '',
      end: true,
      cell: (row) =>
        row.status === 'matched' || row.status === 'sent_back' ? null : (
          <Button onClick={() => decide(row)}>{t('bank.act')}</Button>
        ),
    },
  ]
}

function Imports() {
  const { items, more, query } = usePages('bank.imports', { query: { limit: 10 } })
  return (
    <Card title={t('bank.imports')}>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="upload" title={t('bank.noImports')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('bank.imports')}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              { key: 'name', head: t('bank.name'), cell: (row) => row.name || '—' },
              { key: 'at', head: t('bank.when'), cell: (row) => timeText(row.importedAt) },
              { key: 'who', head: t('bank.who'), cell: (row) => row.importedBy?.name ?? '—' },
              {
                key: 'fresh',
                head: t('bank.fresh'),
                end: true,
                cell: (row) => `${row.fresh} / ${row.lines}`,
              },
              { key: 'fen', head: t('bank.amount'), end: true, cell: (row) => <Money fen={row.freshFen} /> },
            ]}
            more={more}
          />
        )}
      </Loaded>
    </Card>
  )
}
