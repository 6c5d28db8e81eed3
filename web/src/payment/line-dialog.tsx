import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Facts } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { SettleForm } from './settle-form.tsx'
import type { BankLine } from './words.ts'

type Props = { line: BankLine; onClose: () => void }
const changes = ['bank.lines', 'bank.imports', 'payments.list'] as const

/** What to do with a line of the bank: whose it is, back to its sender, or set aside. */
export function LineDialog({ line, onClose }: Props) {
  return (
    <Dialog open onClose={onClose} title={t('bank.act')}>
      <div className="stack">
        <Facts
          of={[
            [t('bank.payer'), line.payer || '—'],
            [t('bank.amount'), <Money key="a" fen={line.amountFen} />],
            [t('bank.memo'), line.memo || '—'],
          ]}
        />
        {line.status === 'returning' ? (
          <Decide line={line} onClose={onClose} />
        ) : line.status === 'returned' ? (
          <Settle line={line} onClose={onClose} />
        ) : (
          <Whose line={line} onClose={onClose} />
        )}
      </div>
    </Dialog>
  )
}

function Whose({ line, onClose }: Props) {
  const assign = useAct('bank.assign', { changes, onDone: onClose })
  const give = (orgId: string) =>
    assign.mutate({ params: { id: line.id }, body: { orgId, version: line.version } })
  return (
    <>
      {line.proposed && (
        <Button
          tone="main"
          size="l"
          full
          busy={assign.isPending}
          onClick={() => give(line.proposed?.id ?? '')}
        >
          {t('bank.confirm', { name: line.proposed.name })}
        </Button>
      )}
      <FindBuyer first={line.payer} busy={assign.isPending} onGive={give} />
      <ProblemNote error={assign.error} />
      <NotOurs line={line} onClose={onClose} />
    </>
  )
}

type Org = Reply<'accounts.listOrganisations'>['items'][number]

function FindBuyer(props: { first: string; busy: boolean; onGive: (orgId: string) => void }) {
  const [text, setText] = useState('')
  const [picked, setPicked] = useState<Org | null>(null)
  const search = text.trim()
  const found = useApi(
    'accounts.listOrganisations',
    { query: { kind: 'buyer', search, limit: 8 } },
    { enabled: search !== '', keep: true },
  )
  return (
    <>
      <Combobox<Org>
        label={t('bank.find')}
        text={text}
        onText={(next) => {
          setText(next)
          setPicked(null)
        }}
        items={found.data?.items ?? []}
        itemKey={(org) => org.id}
        onPick={(org) => {
          setPicked(org)
          setText(org.name)
        }}
        busy={found.isFetching}
        placeholder={props.first}
      >
        {(org) => org.name}
      </Combobox>
      <Button full disabled={!picked} busy={props.busy} onClick={() => picked && props.onGive(picked.id)}>
        {t('bank.assign')}
      </Button>
    </>
  )
}

function NotOurs({ line, onClose }: Props) {
  const [reason, setReason] = useState('')
  const back = useAct('bank.askReturn', { changes, onDone: onClose })
  const ignore = useAct('bank.ignore', { changes, onDone: onClose })
  const input = { params: { id: line.id }, body: { reason: reason.trim(), version: line.version } }
  const missing = reason.trim().length < 2
  return (
    <>
      <TextField label={t('bank.reason')} maxLength={300} value={reason} onText={setReason} />
      <ProblemNote error={back.error ?? ignore.error} />
      <div className="row" style={{ flexWrap: 'wrap' }}>
        <Button disabled={missing} busy={back.isPending} onClick={() => back.mutate(input)}>
          {t('bank.return')}
        </Button>
        {line.status !== 'ignored' && (
          <Button disabled={missing} busy={ignore.isPending} onClick={() => ignore.mutate(input)}>
            {t('bank.ignore')}
          </Button>
        )}
      </div>
    </>
  )
}

function Decide({ line, onClose }: Props) {
  const me = useMe()
  const decide = useAct('bank.decideReturn', { changes, onDone: onClose })
  const own = line.askedBy?.id === me?.person.id
  const say = (approve: boolean) =>
    decide.mutate({ params: { id: line.id }, body: { approve, version: line.version } })
  return (
    <>
      <Note>{t('bank.asked', { name: line.askedBy?.name ?? '', reason: line.reason })}</Note>
      <ProblemNote error={decide.error} />
      <div className="row" style={{ flexWrap: 'wrap' }}>
        <Button
          tone="main"
          refused={own ? t('bank.other') : undefined}
          busy={decide.isPending}
          onClick={() => say(true)}
        >
          {t('bank.approve')}
        </Button>
        <Button refused={own ? t('bank.other') : undefined} onClick={() => say(false)}>
          {t('bank.refuse')}
        </Button>
      </div>
    </>
  )
}

function Settle({ line, onClose }: Props) {
  const settle = useAct('bank.settleReturn', { changes, onDone: onClose })
  return (
    <SettleForm
      busy={settle.isPending}
      error={settle.error}
      onSay={(said) => settle.mutate({ params: { id: line.id }, body: { ...said, version: line.version } })}
    />
  )
}
