import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { ImportNumbers } from './import-numbers.tsx'
import './texts.ts'
import { statementReads } from './words.ts'

type Invoice = Reply<'invoices.list'>['items'][number]

/** Invoice data (数电票): exported for the tax platform, its numbers entered here. */
export function Invoices() {
  const may = useMay()
  const [search] = useSearchParams()
  const [importing, setImporting] = useState(false)
  const statementId = search.get('statement')
  const of = statementId ? { statementId } : {}
  const { items, more, query } = usePages('invoices.list', { query: of })
  const file = (format: string) =>
    `/api/invoices/export/${format}${statementId ? `?statementId=${statementId}` : ''}`
  return (
    <>
      <PageHeader
        title={t('invoices.title')}
        back={statementId ? `/statements/${statementId}` : '/statements'}
      >
        <FileLink href={file('xlsx')}>{t('books.export', { format: 'Excel' })}</FileLink>
        <FileLink href={file('csv')}>{t('books.export', { format: 'CSV' })}</FileLink>
        {may('statement.manage') && (
          <Button icon="upload" onClick={() => setImporting(true)}>
            {t('invoices.import')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="document" title={t('invoices.none')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('invoices.title')}
            rows={items}
            rowKey={(one) => one.id}
            more={more}
            columns={[
              { key: 'seller', head: t('invoices.seller'), cell: (one) => one.seller },
              { key: 'buyer', head: t('claims.buyer'), cell: (one) => one.buyer },
              { key: 'kind', head: t('books.what'), cell: (one) => <KindBadges one={one} /> },
              { key: 'net', head: t('invoices.net'), end: true, cell: (one) => <Money fen={one.netFen} /> },
              { key: 'tax', head: t('invoices.tax'), end: true, cell: (one) => <Money fen={one.taxFen} /> },
              {
                key: 'total',
                head: t('invoices.total'),
                end: true,
                cell: (one) => <Money fen={one.totalFen} />,
              },
              { key: 'number', head: t('invoices.number'), cell: (one) => one.number20 ?? '—' },
              {
                key: 'acts',
                head: t('books.status'),
                cell: (one) => (
                  <span className="row">
                    <StatusChip of="invoice" status={one.status} />
                    {one.status === 'draft' && may('statement.manage') && <Issue one={one} />}
                    {one.status === 'issued' && !one.redOf && may('statement.manage') && <Redden one={one} />}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {importing && <ImportNumbers onClose={() => setImporting(false)} />}
    </>
  )
}

const KindBadges = ({ one }: { one: Invoice }) => (
  <span className="row">
    <Badge>{t(`invoices.kind.${one.kind}`)}</Badge>
    {one.specialType && <Badge tone="info">{t(`invoices.type.${one.specialType}`)}</Badge>}
    {one.redOf && <Badge tone="bad">{t('invoices.red')}</Badge>}
    {one.isSample && <Badge>{t('app.sampleMark')}</Badge>}
  </span>
)

function Issue({ one }: { one: Invoice }) {
  const [open, setOpen] = useState(false)
  const [number20, setNumber] = useState('')
  const [issuedOn, setDay] = useState<string>(() => serviceDayOf(new Date()))
  const act = useAct('invoices.issue', { changes: statementReads })
  const wrong = !/^\d{20}$/.test(number20)
  const send = () =>
    act.mutate({ params: { id: one.id }, body: { number20, issuedOn } }, { onSuccess: () => setOpen(false) })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('invoices.issue')}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('invoices.issue')}
        foot={
          <Button
            tone="main"
            busy={act.isPending}
            refused={wrong ? t('invoices.numberHint') : undefined}
            onClick={send}
          >
            {t('invoices.issue')}
          </Button>
        }
      >
        <TextField
          label={t('invoices.number')}
          hint={t('invoices.numberHint')}
          inputMode="numeric"
          maxLength={20}
          value={number20}
          onText={setNumber}
        />
        <TextField label={t('invoices.issuedOn')} type="date" value={issuedOn} onText={setDay} />
        <ProblemNote error={act.error} />
      </Dialog>
    </>
  )
}

function Redden({ one }: { one: Invoice }) {
  const [open, setOpen] = useState(false)
  const [confirmation, setConfirmation] = useState('')
  const [id] = useState(newId)
  const act = useAct('invoices.redden', { changes: statementReads })
  const send = () =>
    act.mutate({ params: { id: one.id }, body: { id, confirmation } }, { onSuccess: () => setOpen(false) })
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t('invoices.redden')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('invoices.redden')}
        foot={
          <Button
            tone="danger"
            busy={act.isPending}
            refused={confirmation.trim() ? undefined : t('invoices.confirmation')}
            onClick={send}
          >
            {t('invoices.redden')}
          </Button>
        }
      >
        <TextField
          label={t('invoices.confirmation')}
          maxLength={40}
          value={confirmation}
          onText={setConfirmation}
        />
        <ProblemNote error={act.error} />
      </Dialog>
    </>
  )
}
