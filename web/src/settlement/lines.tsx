import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { formatYuan } from '@huming/shared/money'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { dayWords } from '../coop/words.ts'
import { Money, Quantity, UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { commissionWords } from './words.ts'
import './texts.ts'

type Line = Reply<'settlement.lines'>['items'][number]
type Props = {
  side: 'supplier' | 'broker'
  items: readonly Line[]
  more: { on: boolean; busy: boolean; read: () => void }
  mayContest: boolean
}

/** Settled lots, newest first: weighing → price → what is taken off → net, or the commission with its why. */
export function SettledLines({ side, items, more, mayContest }: Props) {
  const [contested, setContested] = useState<Line | null>(null)
  const contest = mayContest ? setContested : null
  return (
    <>
      <DataTable
        label={t('money.lines')}
        rows={items}
        rowKey={(line) => line.id}
        more={more}
        columns={side === 'supplier' ? [...goods, ...supplied()] : [...goods, ...brokered(contest)]}
      />
      {contested && <ContestDialog line={contested} onClose={() => setContested(null)} />}
    </>
  )
}

const frozenWords = (day: string): string =>
  day < serviceDayOf(new Date()) ? t('money.free') : t('money.frozen', { day: dayWords(day) })

const nameOf = (line: Line): string => (locale() === 'en' && line.nameEn ? line.nameEn : line.name)

const goods: Column<Line>[] = [
  {
    key: 'goods',
    get head() {
      return t('money.goods')
    },
    cell: (line) => (
      <span>
        <b>{nameOf(line)}</b>{' '}
        {line.kind === 'reversal' && (
          <Badge tone="warn">
            {t('money.reversal')} {line.claimNumber}
          </Badge>
        )}
        <br />
        <span className="muted small">
          {line.lotCode} · {line.orderNumber} · {dayWords(line.day)}
        </span>
      </span>
    ),
  },
  {
    key: 'weighed',
    get head() {
      return t('money.weighed')
    },
    end: true,
    cell: (line) => <Quantity base={line.quantity} baseUnit={line.baseUnit} />,
  },
  {
    key: 'price',
    get head() {
      return t('money.price')
    },
    end: true,
    cell: (line) => <UnitPrice centifen={line.priceCentifen} unit={line.priceUnit} size="s" />,
  },
  {
    key: 'gross',
    get head() {
      return t('money.gross')
    },
    end: true,
    cell: (line) => <Money fen={line.grossFen} />,
  },
]

/** What came off the goods, each with its amount. */
function Parts({ line }: { line: Line }) {
  const parts = [
    [line.feeFen, 'money.partFee'],
    [line.retentionFen, 'money.partRetention'],
    [line.commissionSupplierFen, 'money.partCommission'],
  ] as const
  return (
    <span className="money-parts small">
      {parts.map(([fen, key]) =>
        fen === 0 ? null : <span key={key}>{t(key, { amount: formatYuan(fen) })}</span>,
      )}
    </span>
  )
}

const supplied = (): Column<Line>[] => [
  { key: 'parts', head: t('money.parts'), end: true, cell: (line) => <Parts line={line} /> },
  {
    key: 'net',
    head: t('money.net'),
    end: true,
    cell: (line) => (
      <b>
        <Money fen={line.netFen} />
      </b>
    ),
  },
  { key: 'due', head: t('money.dueOn'), cell: (line) => dayWords(line.dueOn) },
]

const brokered = (contest: ((line: Line) => void) | null): Column<Line>[] => [
  { key: 'principal', head: t('mandate.principal'), cell: (line) => line.supplier },
  {
    key: 'earned',
    head: t('money.earned'),
    end: true,
    cell: (line) => (
      <span className="money-parts">
        <b>
          <Money fen={line.commissionSupplierFen + line.commissionPlatformFen} />
        </b>
        {line.commissionBasis && (
          <span className="muted small">
            {commissionWords(line.commissionBasis, line.commissionRate ?? 0)}
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'frozen',
    head: t('payout.why'),
    cell: (line) => (line.frozenUntil ? frozenWords(line.frozenUntil) : ''),
  },
  { key: 'contest', head: t('contest.title'), cell: (line) => <ContestCell line={line} onAsk={contest} /> },
]

function ContestCell({ line, onAsk }: { line: Line; onAsk: ((line: Line) => void) | null }) {
  const { contest } = line
  if (!contest)
    return onAsk && line.kind === 'sale' ? (
      <Button onClick={() => onAsk(line)}>{t('contest.raise')}</Button>
    ) : null
  if (contest.status === 'open') return <Badge tone="warn">{t('contest.open')}</Badge>
  return (
    <span>
      <Badge tone={contest.status === 'upheld' ? 'good' : 'plain'}>
        {t(`contest.${contest.status}`, { amount: formatYuan(contest.addedFen) })}
      </Badge>{' '}
      <span className="small">{contest.answer}</span>
    </span>
  )
}

function ContestDialog({ line, onClose }: { line: Line; onClose: () => void }) {
  const [id] = useState(newId)
  const [reason, setReason] = useState('')
  const send = useAct('commission.contest', {
    changes: ['settlement.lines', 'commission.contests'],
    onDone: () => {
      toast(t('contest.sent'))
      onClose()
    },
  })
  const foot = (
    <Button
      tone="main"
      busy={send.isPending}
      refused={reason.trim().length >= 4 ? undefined : t('settle.incomplete')}
      onClick={() => send.mutate({ params: { id }, body: { settlementLineId: line.id, reason } })}
    >
      {t('contest.raise')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={`${t('contest.raise')} · ${nameOf(line)}`} foot={foot}>
      <div className="stack">
        <ProblemNote error={send.error} />
        <p className="muted">
          {line.lotCode} · {line.orderNumber}
        </p>
        <TextArea label={t('contest.reason')} value={reason} maxLength={300} onText={setReason} />
      </div>
    </Dialog>
  )
}
