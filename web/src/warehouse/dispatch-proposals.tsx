import { newId } from '@huming/shared/ids'
import { formatYuan } from '@huming/shared/money'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote, ProgressBar } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { CompareDialog } from './dispatch-compare.tsx'
import type { Board, ProposalBrief } from './dispatch-types.ts'
import { kmText, type Plan, planReads, timeText } from './dispatch-words.ts'

const tones = {
  asked: 'info',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
  adopted: 'good',
} as const satisfies Record<ProposalBrief['status'], Tone>

const busy = ({ status }: ProposalBrief): boolean => status === 'asked' || status === 'running'
const shown = 4

/** Asks the planner for the rest, shows it working, and what it found, to be compared and taken. */
export function Proposals({ plan, board }: { plan: Plan; board: Board | undefined }) {
  const [compared, setCompared] = useState<string | null>(null)
  const input = { params: { waveId: plan.waveId } }
  const list = useApi('routes.listProposals', input, { every: 20_000 })
  const isWorking = list.data?.items.some(busy) ?? false
  // A second reader of the same answer, quick while the planner works.
  useApi('routes.listProposals', input, { every: 1000, enabled: isWorking })
  return (
    <Card title={t('board.proposals')}>
      <div className="stack">
        <p className="muted small">{t('board.proposalsHint')}</p>
        <AskForm plan={plan} board={board} working={isWorking} />
        <Loaded
          query={list}
          empty={{
            when: ({ items }) => items.length === 0,
            show: <p className="muted">{t('board.none')}</p>,
          }}
        >
          {({ items }) => (
            <ul className="dispatch-list" aria-label={t('board.proposals')}>
              {items.slice(0, shown).map((one) => (
                <ProposalRow key={one.id} proposal={one} onCompare={() => setCompared(one.id)} />
              ))}
            </ul>
          )}
        </Loaded>
      </div>
      {compared && (
        <CompareDialog plan={plan} board={board} id={compared} onClose={() => setCompared(null)} />
      )}
    </Card>
  )
}

const times = ['5', '10', '30', '60'] as const

function AskForm({ plan, board, working }: { plan: Plan; board: Board | undefined; working: boolean }) {
  const may = useMay()
  const [seconds, setSeconds] = useState<(typeof times)[number]>('10')
  const ask = useAct('routes.propose', { changes: planReads })
  if (!may('plan.write')) return null
  const stopIds = (board?.runs ?? []).flatMap((run) =>
    run.stops.filter((stop) => stop.locked).map((stop) => stop.stopId),
  )
  const runIds = plan.runs.filter((run) => run.status !== 'planned').map((run) => run.id)
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <ProblemNote error={ask.error} />
      <Segmented
        label={t('board.seconds')}
        value={seconds}
        options={times.map((value) => ({ value, label: t('board.secondsOf', { seconds: value }) }))}
        onPick={setSeconds}
      />
      {(stopIds.length > 0 || runIds.length > 0) && (
        <p className="muted small">{t('board.kept', { runs: runIds.length, stops: stopIds.length })}</p>
      )}
      <Button
        tone="main"
        icon="refresh"
        busy={ask.isPending || working}
        onClick={() =>
          ask.mutate({
            params: { id: newId() },
            body: { waveId: plan.waveId, seconds: Number(seconds), keep: { runIds, stopIds } },
          })
        }
      >
        {t(working ? 'board.asking' : 'board.ask')}
      </Button>
    </div>
  )
}

function ProposalRow({ proposal, onCompare }: { proposal: ProposalBrief; onCompare: () => void }) {
  const may = useMay()
  const cancel = useAct('routes.cancelProposal', { changes: planReads })
  const { status, progress } = proposal
  return (
    <li className="dispatch-row">
      <div>
        <span className="row" style={{ ['--gap' as string]: '8px' }}>
          <b>{timeText(proposal.askedAt)}</b>
          {t(`board.kind.${proposal.kind}`)}
          <Badge tone={tones[status]}>{t(`board.status.${status}`)}</Badge>
        </span>
        {proposal.reason && <span className="small">{proposal.reason}</span>}
        {busy(proposal) && progress && <Progress proposal={proposal} progress={progress} />}
        {!busy(proposal) && proposal.costFen !== null && (
          <span className="muted small">
            {formatYuan(proposal.costFen)} · {t('dispatch.runs')} {proposal.runs} ·{' '}
            {kmText(proposal.metres ?? 0)} · {t('dispatch.unassigned')} {proposal.unassigned}
          </span>
        )}
        {proposal.failure && <Note tone="bad">{proposal.failure}</Note>}
      </div>
      {busy(proposal) && may('plan.write') && (
        <Button
          tone="danger"
          busy={cancel.isPending}
          onClick={() => cancel.mutate({ params: { id: proposal.id } }, { onError: toastProblem })}
        >
          {t('board.cancel')}
        </Button>
      )}
      {(status === 'done' || status === 'adopted') && (
        <Button onClick={onCompare}>{t('board.compare')}</Button>
      )}
    </li>
  )
}

type Seen = { at: number; cost: number }
type Progress = NonNullable<ProposalBrief['progress']>

/** How long it has searched, and the cost as it fell. */
function Progress({ proposal, progress }: { proposal: ProposalBrief; progress: Progress }) {
  const [seen, setSeen] = useState<readonly Seen[]>([])
  if (seen.at(-1)?.at !== progress.seconds)
    setSeen([...seen, { at: progress.seconds, cost: progress.costFen }])
  return (
    <>
      <ProgressBar
        label={t('board.asking')}
        done={Math.min(proposal.seconds, Math.round(progress.seconds))}
        total={proposal.seconds}
        hideText
      />
      <span className="small" role="status">
        {t('board.progress', {
          seconds: Math.round(progress.seconds),
          cost: formatYuan(progress.costFen),
          unassigned: progress.unassigned,
        })}
      </span>
      <Curve points={seen} until={proposal.seconds} />
    </>
  )
}

function Curve({ points, until }: { points: readonly Seen[]; until: number }) {
  if (points.length < 2) return null
  const costs = points.map((point) => point.cost)
  const [low, high] = [Math.min(...costs), Math.max(...costs)]
  const y = (cost: number) => (high === low ? 20 : 4 + (32 * (high - cost)) / (high - low))
  const line = points
    .map(({ at, cost }) => `${((at / until) * 196 + 2).toFixed(1)},${y(cost).toFixed(1)}`)
    .join(' ')
  return (
    <svg className="dispatch-curve" viewBox="0 0 200 40" role="img" aria-label={t('board.curve')}>
      <polyline points={line} />
    </svg>
  )
}
