import { formatYuan } from '@huming/shared/money'
import { costParts } from '@huming/shared/plan-costs'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import './dispatch-gantt.css'
import { GanttHead } from './dispatch-gantt.tsx'
import {
  boardLateness,
  proposalLateness,
  type Scale,
  scaleOf,
  segmentsOf,
  span,
} from './dispatch-timeline.ts'
import type { Board, Proposal } from './dispatch-types.ts'
import { changeText } from './dispatch-verdict.tsx'
import { kmText, type Plan, planReads } from './dispatch-words.ts'

interface CompareProps {
  plan: Plan
  board: Board | undefined
  id: string
  onClose: () => void
}

/** A proposal beside the plan in force: figures, what moves, its timetable; then it can be taken. */
export function CompareDialog({ plan, board, id, onClose }: CompareProps) {
  const may = useMay()
  const proposal = useApi('routes.readProposal', { params: { id } })
  const adopt = useAct('routes.adoptProposal', {
    changes: planReads,
    onDone: () => {
      toast(t('board.adopted'))
      onClose()
    },
  })
  const foot = may('plan.write') && proposal.data?.status === 'done' && (
    <ConfirmButton
      tone="main"
      icon="check"
      label={t('board.adopt')}
      title={t('board.adopt')}
      text={t('board.adoptAsk')}
      onConfirm={() => adopt.mutateAsync({ params: { id } }).catch(toastProblem)}
    />
  )
  return (
    <Dialog open kind="wide" onClose={onClose} title={t('board.compareOf')} foot={foot}>
      <Loaded query={proposal}>
        {(shown) => (
          <div className="stack">
            {board && <Figures plan={plan} board={board} proposal={shown} />}
            <Moves proposal={shown} />
            <ProposedGantt proposal={shown} />
          </div>
        )}
      </Loaded>
    </Dialog>
  )
}

type Figure = {
  name: string
  now: number
  next: number
  text: (value: number) => string
  change: (by: number) => string
}

const plain = (value: number): string => String(value)
const signed = (by: number): string => (by > 0 ? `+${by}` : by < 0 ? `−${-by}` : '0')
const kmChange = (by: number): string => `${by >= 0 ? '+' : '−'}${kmText(Math.abs(by))}`

/** The runs a proposal would replace: it says nothing of those that are kept or have been sent. */
function touchedBy(plan: Plan, board: Board, { keep }: Proposal) {
  const runs = plan.runs.filter((run) => run.status === 'planned' && !keep.runIds.includes(run.id))
  return { runs, timed: board.runs.filter((one) => runs.some((run) => run.id === one.runId)) }
}

function figuresOf(plan: Plan, board: Board, proposal: Proposal): Figure[] {
  const { runs, timed } = touchedBy(plan, board, proposal)
  const before = boardLateness(timed)
  const unserved = board.costParts.unserved ?? 0
  const costNow = timed.reduce((sum, run) => sum + run.costFen, unserved)
  const after = proposalLateness(proposal)
  const money = { text: formatYuan, change: changeText }
  const count = { text: plain, change: signed }
  const parts = costParts
    .map((part) => ({
      name: t(`board.part.${part}`),
      now: part === 'unserved' ? unserved : timed.reduce((sum, run) => sum + (run.costParts[part] ?? 0), 0),
      next: proposal.costParts?.[part] ?? 0,
      ...money,
    }))
    .filter(({ now, next }) => now !== 0 || next !== 0)
  return [
    { name: t('board.total'), now: costNow, next: proposal.costFen ?? 0, ...money },
    ...parts,
    {
      name: t('dispatch.distance'),
      now: timed.reduce((sum, run) => sum + run.metres, 0),
      next: proposal.metres ?? 0,
      text: kmText,
      change: kmChange,
    },
    {
      name: t('board.vehicleCount'),
      now: runs.filter((run) => run.stopCount > 0).length,
      next: proposal.runList.length,
      ...count,
    },
    { name: t('board.lateStops'), now: before.stops, next: after.stops, ...count },
    { name: t('board.lateMinutes'), now: before.minutes, next: after.minutes, ...count },
    {
      name: t('dispatch.unassigned'),
      now: plan.unassigned.length,
      next: proposal.unassignedList.length,
      ...count,
    },
  ]
}

function Figures({ plan, board, proposal }: { plan: Plan; board: Board; proposal: Proposal }) {
  return (
    <table className="dispatch-figures">
      <thead>
        <tr>
          <th scope="col">{t('board.what')}</th>
          <th scope="col">{t('board.present')}</th>
          <th scope="col">{t('board.proposed')}</th>
          <th scope="col">{t('board.change')}</th>
        </tr>
      </thead>
      <tbody>
        {figuresOf(plan, board, proposal).map(({ name, now, next, text, change }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{text(now)}</td>
            <td>{text(next)}</td>
            <td data-tone={next < now ? 'good' : next > now ? 'bad' : undefined}>{change(next - now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Moves({ proposal }: { proposal: Proposal }) {
  const moved = proposal.runList.flatMap((run) =>
    run.stops
      .filter((stop) => stop.nowOn !== run.plate)
      .map((stop) => ({
        key: `${run.vehicleId}${stop.siteId}${stop.orderIds[0]}`,
        text: t('board.movedRow', {
          site: stop.site,
          from: stop.nowOn ?? t('board.noVehicle'),
          to: run.plate,
        }),
      })),
  )
  return (
    <section className="stack" style={{ ['--gap' as string]: '8px' }}>
      <h3>
        {t('board.movedStops')} {moved.length > 0 && <Badge tone="info">{moved.length}</Badge>}
      </h3>
      {moved.length === 0 ? (
        <p className="muted">{t('board.movedNone')}</p>
      ) : (
        <ul className="dispatch-moves">
          {moved.map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
      )}
      {proposal.unassignedList.length > 0 && (
        <Note tone="warn">
          {t('board.leftOut')}：
          {proposal.unassignedList
            .map(({ site, reason }) => `${site}（${t(`dispatch.reason.${reason}`)}）`)
            .join('，')}
        </Note>
      )}
    </section>
  )
}

function ProposedGantt({ proposal }: { proposal: Proposal }) {
  const { runList } = proposal
  if (runList.length === 0) return null
  const scale = scaleOf(runList)
  return (
    <section className="stack" style={{ ['--gap' as string]: '8px' }}>
      <h3>{t('board.newRuns')}</h3>
      {/* Scrolled by keys too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="gantt-scroll" role="group" tabIndex={0} aria-label={t('board.newRuns')}>
        <div
          className="gantt"
          style={{
            ['--hours' as string]: scale.hours.length,
            ['--hour' as string]: `${(100 / scale.hours.length).toFixed(3)}%`,
          }}
        >
          <GanttHead scale={scale} />
          <ul>
            {runList.map((run, i) => (
              <ProposedRow key={run.vehicleId} run={run} scale={scale} seq={i + 1} />
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}

interface ProposedRowProps {
  run: Proposal['runList'][number]
  scale: Scale
  seq: number
}

function ProposedRow({ run, scale, seq }: ProposedRowProps) {
  return (
    <li className="gantt-row" data-colour={seq % 8}>
      <span className="gantt-name">
        <b>{run.plate}</b>
      </span>
      <div className="gantt-track">
        {segmentsOf(run).map((piece) => (
          <i
            key={`${piece.kind}${piece.from}`}
            className="gantt-piece"
            data-kind={piece.kind}
            style={span(scale, piece.from, piece.to)}
          />
        ))}
        {run.stops.map((stop, i) => (
          <span
            key={`${stop.siteId}${stop.orderIds[0]}`}
            className="gantt-block"
            title={stop.site}
            data-late={Date.parse(stop.startAt) > Date.parse(stop.windowToAt) || undefined}
            data-on={stop.nowOn !== run.plate || undefined}
            style={span(scale, Date.parse(stop.startAt), Date.parse(stop.leaveAt))}
          >
            {i + 1}
          </span>
        ))}
      </div>
    </li>
  )
}
