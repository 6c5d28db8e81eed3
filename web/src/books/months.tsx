import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import './texts.ts'
import { momentText } from './words.ts'

type Month = Reply<'months.read'>

/** The last months and whether their books are closed. */
export function Months() {
  const months = useApi('months.list')
  return (
    <>
      <PageHeader title={t('months.title')} back="/statements" />
      <Loaded query={months}>
        {({ items }) => (
          <DataTable
            label={t('months.title')}
            rows={items}
            rowKey={(one) => one.month}
            rowLink={(one) => `/months/${one.month}`}
            columns={[
              { key: 'month', head: t('books.day'), cell: (one) => one.month },
              {
                key: 'status',
                head: t('books.status'),
                cell: (one) => (
                  <Badge tone={one.status === 'closed' ? 'good' : 'plain'}>
                    {t(`months.status.${one.status}`)}
                  </Badge>
                ),
              },
              {
                key: 'closed',
                head: t('books.time'),
                cell: (one) => (one.closedAt ? `${momentText(one.closedAt)} ${one.closer ?? ''}` : '—'),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  )
}

/** One month: its checklist, closing it, and opening it again by two people. */
export function MonthPage() {
  const { month = '' } = useParams<{ month: string }>()
  const read = useApi('months.read', { params: { month } })
  return (
    <>
      <PageHeader title={`${t('months.title')} ${month}`} back="/months">
        <FileLink href={`/api/months/${month}/file/xlsx`}>{t('books.export', { format: 'Excel' })}</FileLink>
        <FileLink href={`/api/months/${month}/file/pdf`} icon="print">
          {t('books.export', { format: 'PDF' })}
        </FileLink>
      </PageHeader>
      <Loaded query={read}>{(found) => <MonthView month={found} />}</Loaded>
    </>
  )
}

function MonthView({ month }: { month: Month }) {
  return (
    <div className="cards" style={{ ['--card' as string]: '320px' }}>
      <Card title={t('months.checklist')}>
        {month.checklist.map(({ name, open }) => (
          <span key={name} className="row">
            <span className="grow">{t(`months.point.${name}`)}</span>
            <Badge tone={open === 0 ? 'good' : 'warn'} icon={open === 0 ? 'check' : 'warning'}>
              {open === 0 ? t('months.done') : t('months.open', { count: open })}
            </Badge>
          </span>
        ))}
      </Card>
      <Card title={t(`months.status.${month.status}`)}>
        {month.closer && month.closedAt && (
          <span>{t('months.closedBy', { who: month.closer, at: momentText(month.closedAt) })}</span>
        )}
        <MonthActs month={month} />
      </Card>
    </div>
  )
}

function MonthActs({ month }: { month: Month }) {
  const { person } = useMe()
  const [reason, setReason] = useState('')
  const options = { changes: ['months.read' as const, 'months.list' as const] }
  const close = useAct('months.close', options)
  const ask = useAct('months.askOpen', options)
  const decide = useAct('months.decideOpen', options)
  const params = { month: month.month }
  if (month.status === 'opening') {
    const own = month.openAskedBy === person.id ? t('statements.secondPerson') : undefined
    const answer = (approve: boolean) =>
      decide.mutate({ params, body: { approve } }, { onError: toastProblem })
    return (
      <Note tone="warn">
        {t('months.openWaits', { who: month.openAsker ?? '', reason: month.openReason })}
        <span className="row">
          <Button tone="danger" refused={own} busy={decide.isPending} onClick={() => answer(true)}>
            {t('months.allowOpen')}
          </Button>
          <Button refused={own} onClick={() => answer(false)}>
            {t('months.keepClosed')}
          </Button>
        </span>
      </Note>
    )
  }
  if (month.status === 'closed')
    return (
      <>
        <TextArea label={t('months.openReason')} value={reason} maxLength={500} onText={setReason} />
        <Button
          busy={ask.isPending}
          refused={reason.trim() ? undefined : t('months.openReason')}
          onClick={() => ask.mutate({ params, body: { reason } }, { onError: toastProblem })}
        >
          {t('months.askOpen')}
        </Button>
      </>
    )
  const ready = month.checklist.every(({ open }) => open === 0)
  const refused = month.over ? (ready ? undefined : t('months.notReady')) : t('months.notOver')
  return (
    <ConfirmButton
      label={t('months.close')}
      title={t('months.closeAsk', { month: month.month })}
      text={t('months.closeText')}
      tone="main"
      refused={refused}
      busy={close.isPending}
      onConfirm={() => close.mutate({ params, body: {} }, { onError: toastProblem })}
    />
  )
}
