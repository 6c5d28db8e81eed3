import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import type { Statement } from './statement.tsx'
import { WordDialog } from './word-dialog.tsx'
import { momentText, reasonText, statementReads } from './words.ts'

type Line = Reply<'statements.lines'>['items'][number]

/** The entries of a statement; the party disputes a line, operations answer. */
export function StatementLines({ statement }: { statement: Statement }) {
  const { items, more, query } = usePages('statements.lines', { params: { id: statement.id }, query: {} })
  return (
    <section className="stack" aria-label={t('statements.lines')}>
      <h2>{t('statements.lines')}</h2>
      <Loaded query={query}>
        {() => (
          <DataTable
            label={t('statements.lines')}
            rows={items}
            rowKey={(line) => line.transferId}
            more={more}
            columns={[
              { key: 'time', head: t('books.time'), cell: (line) => momentText(line.at) },
              { key: 'what', head: t('books.what'), cell: (line) => reasonText(line.reason) },
              { key: 'subject', head: t('claims.order'), cell: (line) => <Subject line={line} /> },
              { key: 'site', head: t('claims.site'), cell: (line) => line.site },
              {
                key: 'amount',
                head: t('books.amount'),
                end: true,
                cell: (line) => <Money fen={line.amountFen} />,
              },
              {
                key: 'dispute',
                head: t('statements.dispute'),
                cell: (line) => <Dispute statement={statement} line={line} />,
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  )
}

function Subject({ line }: { line: Line }) {
  const may = useMay()
  const { subjectKind, subjectId, subject } = line
  if (subjectKind === 'order' && may('order.read')) return <Link to={`/orders/${subjectId}`}>{subject}</Link>
  if (subjectKind === 'claim' && may('claim.read')) return <Link to={`/claims/${subjectId}`}>{subject}</Link>
  return subject
}

function Dispute({ statement, line }: { statement: Statement; line: Line }) {
  const may = useMay()
  const { dispute } = line
  const open = dispute !== null && dispute.outcome === null
  const disputable = ['sent', 'disputed'].includes(statement.status) && !open
  return (
    <span className="stack" style={{ ['--gap' as string]: '4px' }}>
      {dispute && <span className="small">{t('statements.disputed', { reason: dispute.reason })}</span>}
      {dispute?.outcome && (
        <span className="small">
          {t('statements.answered', {
            outcome: t(`statements.outcome.${dispute.outcome}`),
            answer: dispute.answer,
          })}
        </span>
      )}
      {disputable && may('statement.answer') && <DisputeButton statement={statement} line={line} />}
      {open && may('statement.manage') && <AnswerButton statement={statement} disputeId={dispute.id} />}
    </span>
  )
}

function DisputeButton({ statement, line }: { statement: Statement; line: Line }) {
  const [id] = useState(newId)
  const act = useAct('statements.dispute', { changes: statementReads })
  return (
    <WordDialog
      label={t('statements.dispute')}
      title={`${t('statements.dispute')} ${line.subject}`}
      ask={t('statements.disputeReason')}
      busy={act.isPending}
      error={act.error}
      onSend={(reason, onSuccess) =>
        act.mutate(
          { params: { id: statement.id }, body: { id, transferId: line.transferId, reason } },
          { onSuccess },
        )
      }
    />
  )
}

const outcomes = ['kept', 'corrected'] as const

function AnswerButton({ statement, disputeId }: { statement: Statement; disputeId: string }) {
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('kept')
  const act = useAct('statements.answerDispute', { changes: statementReads })
  return (
    <WordDialog
      tone="main"
      label={t('statements.answer')}
      ask={t('claims.answerText')}
      busy={act.isPending}
      error={act.error}
      onSend={(answer, onSuccess) =>
        act.mutate({ params: { id: statement.id }, body: { disputeId, outcome, answer } }, { onSuccess })
      }
    >
      <RadioGroup
        label={t('statements.outcome')}
        value={outcome}
        options={outcomes.map((value) => ({ value, label: t(`statements.outcome.${value}`) }))}
        onPick={setOutcome}
      />
    </WordDialog>
  )
}
