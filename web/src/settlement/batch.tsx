import { formatYuan } from '@huming/shared/money'
import { useState } from 'react'
import { useParams } from 'wouter'
import { addressOf, type Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { dayWords, momentWords } from '../coop/words.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import './settlement.css'
import './texts.ts'

type Batch = Reply<'payouts.read'>
type Payout = Batch['payouts'][number]
type Ask = { what: 'confirm' | 'return' | 'verify'; payout: Payout } | { what: 'cancel' }

const changes = ['payouts.read', 'payouts.list', 'settlement.suppliers'] as const

/** One batch: who proposed, who approved, what became of each payout. */
export function BatchPage() {
  const { id = '' } = useParams<{ id: string }>()
  const batch = useApi('payouts.read', { params: { id } })
  const may = useMay()('payout.write')
  const [ask, setAsk] = useState<Ask | null>(null)
  return (
    <Loaded query={batch}>
      {(one) => (
        <>
          <PageHeader
            title={`${t('payout.batch')} ${one.number}`}
            sub={<StatusChip of="payoutBatch" status={one.status} />}
            back="/payouts"
          >
            {may && <Steps batch={one} onCancel={() => setAsk({ what: 'cancel' })} />}
          </PageHeader>
          <Facts
            of={[
              [t('payout.sum'), <Money key="sum" fen={one.totalFen} size="l" />],
              [t('money.through'), dayWords(one.throughDay)],
              [t('payout.way'), t(`payout.way.${one.way}`)],
              [t('payout.maker'), `${one.madeBy} · ${momentWords(one.madeAt)}`],
              [t('payout.checker'), one.checkedBy && `${one.checkedBy} · ${momentWords(one.checkedAt)}`],
              [t('payout.sentAt'), one.sentAt && momentWords(one.sentAt)],
              [t('payout.reason'), one.note],
            ]}
          />
          <div className="money-part">
            <DataTable
              label={t('payout.batch')}
              rows={one.payouts}
              rowKey={(payout) => payout.id}
              columns={columns(one, may ? setAsk : null)}
            />
          </div>
          {ask && <AskDialog ask={ask} batch={one} onClose={() => setAsk(null)} />}
        </>
      )}
    </Loaded>
  )
}

/** What can be done with the whole batch now. */
function Steps({ batch, onCancel }: { batch: Batch; onCancel: () => void }) {
  const me = useMe()
  const approve = useAct('payouts.approve', { changes: [...changes] })
  const send = useAct('payouts.send', { changes: [...changes] })
  const own = batch.madeById === me.person.id
  const about = { params: { id: batch.id }, body: { version: batch.version } }
  const file = (encoding: 'gb18030' | 'utf8') =>
    addressOf('payouts.file', { params: { id: batch.id, encoding } })
  return (
    <>
      {batch.status === 'proposed' && own && (
        <Button tone="main" refused={t('payout.ownBatch')}>
          {t('payout.approve')}
        </Button>
      )}
      {batch.status === 'proposed' && !own && (
        <ConfirmButton
          tone="main"
          label={t('payout.approve')}
          title={t('payout.approveAsk', { count: batch.count, amount: formatYuan(batch.totalFen) })}
          busy={approve.isPending}
          onConfirm={() => approve.mutateAsync(about).catch(toastProblem)}
        />
      )}
      {batch.way === 'bank' && (batch.status === 'approved' || batch.status === 'sent') && (
        <>
          <FileLink href={file('gb18030')}>{t('payout.file')}</FileLink>
          <FileLink href={file('utf8')} tone="quiet">
            {t('payout.fileUtf8')}
          </FileLink>
        </>
      )}
      {batch.status === 'approved' && (
        <ConfirmButton
          tone="main"
          label={t('payout.send')}
          title={t('payout.sendAsk')}
          text={t('payout.sendText')}
          busy={send.isPending}
          onConfirm={() => send.mutateAsync(about).catch(toastProblem)}
        />
      )}
      {(batch.status === 'proposed' || batch.status === 'approved') && (
        <Button tone="quiet" onClick={onCancel}>
          {t('payout.cancel')}
        </Button>
      )}
    </>
  )
}

const columns = (batch: Batch, ask: ((ask: Ask) => void) | null): Column<Payout>[] => [
  { key: 'party', head: t('payout.party'), cell: (one) => one.party },
  { key: 'purpose', head: t('payout.kind'), cell: (one) => t(`payout.purpose.${one.purpose}`) },
  {
    key: 'sum',
    head: t('payout.sum'),
    end: true,
    cell: (one) => (
      <b>
        <Money fen={one.amountFen} />
      </b>
    ),
  },
  {
    key: 'account',
    head: t('money.account'),
    cell: (one) =>
      one.lastFour
        ? `${one.bankName ?? ''} ${t('money.tail', { four: one.lastFour })}`
        : t('payout.way.stripe'),
  },
  { key: 'state', head: t('payout.why'), cell: (one) => <State payout={one} /> },
  {
    key: 'acts',
    head: '',
    cell: (payout) => ask && <Acts payout={payout} batch={batch} ask={ask} />,
  },
]

function State({ payout }: { payout: Payout }) {
  return (
    <span className="stack" style={{ ['--gap' as string]: '4px' }}>
      <StatusChip of="payout" status={payout.status} />
      {payout.needsSecond && (
        <Badge tone={payout.secondBy ? 'good' : 'bad'}>
          {payout.secondBy ? t('payout.verified', { name: payout.secondBy }) : t('payout.needsVerify')}
        </Badge>
      )}
      <span className="small">{payout.returnReason ?? payout.railReference}</span>
    </span>
  )
}

function Acts({ payout, batch, ask }: { payout: Payout; batch: Batch; ask: (ask: Ask) => void }) {
  const me = useMe()
  const open = payout.status === 'proposed' || payout.status === 'approved'
  const verify = open && payout.needsSecond && !payout.secondBy && batch.madeById !== me.person.id
  return (
    <span className="row">
      {verify && <Button onClick={() => ask({ what: 'verify', payout })}>{t('payout.verify')}</Button>}
      {payout.status === 'sent' && batch.way === 'bank' && (
        <Button tone="main" onClick={() => ask({ what: 'confirm', payout })}>
          {t('payout.confirm')}
        </Button>
      )}
      {(payout.status === 'sent' || payout.status === 'confirmed') && batch.way === 'bank' && (
        <Button tone="quiet" onClick={() => ask({ what: 'return', payout })}>
          {t('payout.return')}
        </Button>
      )}
    </span>
  )
}

const labels = {
  confirm: ['payout.confirm', 'payout.reference'],
  return: ['payout.return', 'payout.returnReason'],
  verify: ['payout.verify', 'payout.verifyHow'],
  cancel: ['payout.cancel', 'payout.reason'],
} as const

/** Each of these takes one line of text. */
function AskDialog({ ask, batch, onClose }: { ask: Ask; batch: Batch; onClose: () => void }) {
  const [text, setText] = useState('')
  const options = { changes: [...changes], onDone: onClose }
  const confirm = useAct('payouts.confirm', options)
  const giveBack = useAct('payouts.return', options)
  const verify = useAct('payouts.approveNewAccount', options)
  const cancel = useAct('payouts.cancel', options)
  const acts = [confirm, giveBack, verify, cancel]
  const act = () => {
    if (ask.what === 'cancel')
      return cancel.mutate({ params: { id: batch.id }, body: { version: batch.version, reason: text } })
    const params = { id: ask.payout.id }
    if (ask.what === 'confirm') return confirm.mutate({ params, body: { railReference: text } })
    if (ask.what === 'return') return giveBack.mutate({ params, body: { reason: text } })
    return verify.mutate({ params, body: { how: text } })
  }
  const [title, label] = labels[ask.what]
  const foot = (
    <Button
      tone={ask.what === 'cancel' || ask.what === 'return' ? 'danger' : 'main'}
      busy={acts.some((one) => one.isPending)}
      refused={text.trim().length > 1 ? undefined : t('settle.incomplete')}
      onClick={act}
    >
      {t(title)}
    </Button>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      title={ask.what === 'cancel' ? t(title) : `${t(title)} · ${ask.payout.party}`}
      foot={foot}
    >
      <div className="stack">
        <ProblemNote error={acts.find((one) => one.error)?.error} />
        {ask.what !== 'cancel' && <Money fen={ask.payout.amountFen} size="l" />}
        <TextField label={t(label)} value={text} maxLength={60} onText={setText} />
      </div>
    </Dialog>
  )
}
