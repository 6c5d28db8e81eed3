import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { momentWords } from '../coop/words.ts'
import { Money } from '../kit/amount.tsx'
import { StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { rateOf } from './words.ts'
import './settlement.css'
import './texts.ts'

type Contest = Reply<'commission.contests'>['items'][number]

const columns = (onAnswer: ((one: Contest) => void) | null): Column<Contest>[] => [
  {
    key: 'goods',
    head: t('money.goods'),
    cell: (one) => (
      <span>
        <b>{one.name}</b>
        <br />
        <span className="muted small">
          {one.lotCode} · {one.orderNumber}
        </span>
      </span>
    ),
  },
  { key: 'broker', head: t('mandate.broker'), cell: (one) => one.broker },
  { key: 'fen', head: t('money.earned'), end: true, cell: (one) => <Money fen={one.commissionFen} /> },
  { key: 'reason', head: t('contest.reason'), cell: (one) => one.reason },
  { key: 'at', head: t('money.day'), cell: (one) => momentWords(one.raisedAt) },
  {
    key: 'status',
    head: t('payout.why'),
    cell: (one) => (
      <span>
        <StatusChip of="commissionContest" status={one.status} /> <span className="small">{one.answer}</span>
      </span>
    ),
  },
  {
    key: 'act',
    head: '',
    cell: (one) =>
      onAnswer && one.status === 'open' ? (
        <Button onClick={() => onAnswer(one)}>{t('contest.answer')}</Button>
      ) : null,
  },
]

/** Objections to commissions, open ones first. */
export function Contests({ mayAnswer }: { mayAnswer: boolean }) {
  const { items, more, query } = usePages('commission.contests', {})
  const [answering, setAnswering] = useState<Contest | null>(null)
  return (
    <section className="stack money-part" aria-labelledby="contests-title">
      <h2 id="contests-title">{t('contest.title')}</h2>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <p className="muted">{t('contest.none')}</p> }}
      >
        {() => (
          <DataTable
            label={t('contest.title')}
            rows={items}
            rowKey={(one) => one.id}
            columns={columns(mayAnswer ? setAnswering : null)}
            more={more}
          />
        )}
      </Loaded>
      {answering && <AnswerDialog contest={answering} onClose={() => setAnswering(null)} />}
    </section>
  )
}

function AnswerDialog({ contest, onClose }: { contest: Contest; onClose: () => void }) {
  const [answer, setAnswer] = useState('')
  const [added, setAdded] = useState<number | null>(null)
  const send = useAct('commission.answer', {
    changes: ['commission.contests'],
    onDone: () => {
      toast(t('contest.answered'))
      onClose()
    },
  })
  const told = answer.trim().length > 1
  const act = (uphold: boolean) =>
    send.mutate({
      params: { id: contest.id },
      body: { uphold, answer, addedFen: uphold ? (rateOf('lump', added) ?? 0) : 0 },
    })
  const refused = told ? undefined : t('settle.incomplete')
  const foot = (
    <>
      <Button busy={send.isPending} refused={refused} onClick={() => act(false)}>
        {t('contest.reject')}
      </Button>
      <Button tone="main" busy={send.isPending} refused={refused} onClick={() => act(true)}>
        {t('contest.uphold')}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={`${contest.broker} · ${contest.name}`} foot={foot}>
      <div className="stack">
        <ProblemNote error={send.error} />
        <p>{contest.reason}</p>
        <TextArea label={t('contest.answer')} value={answer} maxLength={300} onText={setAnswer} />
        <NumberField label={t('contest.add')} value={added} decimals={2} max={100_000} onNumber={setAdded} />
      </div>
    </Dialog>
  )
}
