import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink, LinkButton } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { Card, Facts, PageHeader, Tile } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { StatementLines } from './statement-lines.tsx'
import './texts.ts'
import { momentText, reasonText, statementReads } from './words.ts'

export type Statement = Reply<'statements.read'>

/** One statement: its sums, what moved, and what may be done with it now. */
export function StatementPage() {
  const { id = '' } = useParams<{ id: string }>()
  const statement = useApi('statements.read', { params: { id } })
  useLive(['statement.'], ['statements.'])
  return <Loaded query={statement}>{(found) => <StatementView statement={found} />}</Loaded>
}

function StatementView({ statement }: { statement: Statement }) {
  const file = `/api/statements/${statement.id}/file`
  return (
    <>
      <PageHeader
        title={statement.number}
        back="/statements"
        sub={
          <>
            <StatusChip of="statement" status={statement.status} />
            <span>{t('statements.period', { from: statement.fromDay, to: statement.toDay })}</span>
            <span>{statement.party}</span>
            {statement.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      >
        <FileLink href={`${file}/xlsx`}>{t('books.export', { format: 'Excel' })}</FileLink>
        <FileLink href={`${file}/pdf`} icon="print">
          {t('books.export', { format: 'PDF' })}
        </FileLink>
      </PageHeader>
      <div className="stack">
        <div className="cards" style={{ ['--card' as string]: '150px' }}>
          <Tile label={t('statements.opening')}>
            <Money fen={statement.openingFen} />
          </Tile>
          <Tile label={t('statements.increases')}>
            <Money fen={statement.increasesFen} />
          </Tile>
          <Tile label={t('statements.decreases')}>
            <Money fen={statement.decreasesFen} />
          </Tile>
          <Tile label={t('statements.closing')}>
            <Money fen={statement.closingFen} />
          </Tile>
        </div>
        <div className="cards" style={{ ['--card' as string]: '320px' }}>
          <Card title={t('statements.title')}>
            <StatementFacts statement={statement} />
            <PartyActs statement={statement} />
            <DeskActs statement={statement} />
          </Card>
          <Card title={t('books.what')}>
            <Facts
              of={statement.byReason.map(({ reason, amountFen, count }) => [
                `${reasonText(reason)} ×${count}`,
                <Money key={reason} fen={amountFen} />,
              ])}
            />
          </Card>
        </div>
        <StatementLines statement={statement} />
      </div>
    </>
  )
}

function StatementFacts({ statement }: { statement: Statement }) {
  const { confirmedAt, confirmer, autoConfirmDays } = statement
  const confirmed =
    confirmedAt &&
    (confirmer
      ? t('statements.confirmedBy', { who: confirmer, at: momentText(confirmedAt) })
      : t('statements.confirmedSilent', { at: momentText(confirmedAt) }))
  return (
    <>
      <Facts
        of={[
          [t('statements.due'), <Money key="due" fen={statement.dueFen} />],
          [t('statements.paid'), <Money key="paid" fen={statement.paidFen} />],
          [t('statements.dueOn'), statement.dueOn],
          [
            t('statements.interest'),
            statement.interestFen > 0 ? <Money key="interest" fen={statement.interestFen} /> : null,
          ],
        ]}
      />
      {confirmed && <span className="small">{confirmed}</span>}
      {statement.status === 'sent' && autoConfirmDays !== null && (
        <span className="muted small">{t('statements.autoConfirm', { days: autoConfirmDays })}</span>
      )}
    </>
  )
}

/** The party confirms and pays. */
function PartyActs({ statement }: { statement: Statement }) {
  const may = useMay()
  const confirm = useAct('statements.confirm', { changes: statementReads })
  if (!may('statement.answer')) return null
  const payable =
    statement.side === 'buyer' &&
    ['sent', 'confirmed', 'invoiced'].includes(statement.status) &&
    statement.dueFen > statement.paidFen
  return (
    <div className="row">
      {statement.status === 'sent' && (
        <ConfirmButton
          label={t('statements.confirm')}
          title={t('statements.confirmAsk')}
          text={t('statements.confirmText')}
          tone="main"
          busy={confirm.isPending}
          onConfirm={() =>
            confirm.mutate(
              { params: { id: statement.id }, body: { version: statement.version } },
              { onError: toastProblem },
            )
          }
        />
      )}
      {payable && may('payment.write') && (
        <LinkButton
          to={`/pay?statement=${statement.id}&fen=${statement.dueFen - statement.paidFen}`}
          tone={statement.status === 'sent' ? 'plain' : 'main'}
          icon="money"
        >
          {t('statements.pay')}
        </LinkButton>
      )}
    </div>
  )
}

/** Operations send, invoice and write off. */
function DeskActs({ statement }: { statement: Statement }) {
  const may = useMay()
  const send = useAct('statements.send', { changes: statementReads })
  const prepare = useAct('invoices.prepare', { changes: statementReads })
  if (!may('statement.manage')) return null
  const params = { id: statement.id }
  const buyers = statement.side === 'buyer'
  return (
    <div className="stack">
      <div className="row">
        {statement.status === 'open' && (
          <Button
            tone="main"
            busy={send.isPending}
            onClick={() =>
              send.mutate({ params, body: { version: statement.version } }, { onError: toastProblem })
            }
          >
            {t('statements.send')}
          </Button>
        )}
        {buyers && statement.status === 'confirmed' && (
          <Button
            tone="main"
            busy={prepare.isPending}
            onClick={() => prepare.mutate({ params, body: {} }, { onError: toastProblem })}
          >
            {t('statements.prepareInvoices')}
          </Button>
        )}
        {buyers && (
          <LinkButton to={`/invoices?statement=${statement.id}`}>{t('statements.invoices')}</LinkButton>
        )}
      </div>
      {buyers && <WriteOff statement={statement} />}
    </div>
  )
}

function WriteOff({ statement }: { statement: Statement }) {
  const { person } = useMe()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [id] = useState(newId)
  const ask = useAct('statements.askWriteOff', { changes: statementReads })
  const decide = useAct('statements.decideWriteOff', { changes: statementReads })
  const params = { id: statement.id }
  const { writeOff } = statement
  if (writeOff) {
    const own = writeOff.askedBy === person.id ? t('statements.secondPerson') : undefined
    const answer = (approve: boolean) =>
      decide.mutate({ params, body: { writeOffId: writeOff.id, approve } }, { onError: toastProblem })
    return (
      <Note tone="warn">
        <Money fen={writeOff.amountFen} />{' '}
        {t('statements.writeOffWaits', { who: writeOff.asker, amount: '', reason: writeOff.reason })}
        <span className="row">
          <Button tone="danger" refused={own} busy={decide.isPending} onClick={() => answer(true)}>
            {t('statements.approve')}
          </Button>
          <Button refused={own} onClick={() => answer(false)}>
            {t('statements.refuse')}
          </Button>
        </span>
      </Note>
    )
  }
  if (!['confirmed', 'invoiced'].includes(statement.status) || statement.dueFen <= statement.paidFen)
    return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('statements.writeOff')}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('statements.writeOff')}
        foot={
          <Button
            tone="danger"
            busy={ask.isPending}
            refused={reason.trim() ? undefined : t('statements.writeOffReason')}
            onClick={() => ask.mutate({ params, body: { id, reason } }, { onSuccess: () => setOpen(false) })}
          >
            {t('statements.writeOff')}
          </Button>
        }
      >
        <TextArea label={t('statements.writeOffReason')} value={reason} maxLength={500} onText={setReason} />
        <ProblemNote error={ask.error} />
      </Dialog>
    </>
  )
}
