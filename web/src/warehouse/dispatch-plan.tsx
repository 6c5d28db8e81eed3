import { formatYuan } from '@huming/shared/money'
import { costParts } from '@huming/shared/plan-costs'
import { type ReactNode, useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useOnline } from '../app/shell.tsx'
import { StatusChip } from '../kit/badge.tsx'
import { Tabs } from '../kit/choose.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProblemNote, Skeleton } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { useNarrow } from '../kit/use-narrow.ts'
import './board-texts.ts'
import './dispatch.css'
import { DragRoot, useDrag } from './dispatch-drag.tsx'
import { Gantt } from './dispatch-gantt.tsx'
import { PlanMap } from './dispatch-map.tsx'
import { MoveDrawer } from './dispatch-move.tsx'
import { PickRoot, usePicked } from './dispatch-pick.tsx'
import { Proposals } from './dispatch-proposals.tsx'
import { RunCard } from './dispatch-run.tsx'
import type { Board } from './dispatch-types.ts'
import { UnassignedCard } from './dispatch-unassigned.tsx'
import {
  kmText,
  type Moving,
  type Plan,
  type PlanRun,
  type PlanStop,
  planReads,
  waveText,
} from './dispatch-words.ts'

const changes = planReads

/** The plan board: timetable, list and map of one plan in step, moving by hand, and plans beside it. */
export function DispatchPlan() {
  const { id } = useParams<{ id: string }>()
  const plan = useApi('routes.readPlan', { params: { id } }, { every: 60_000 })
  useLive(
    ['plan.', 'run.', 'stop.', 'tote.', 'pick.', 'wave.', 'vehicle.'],
    ['routes.', 'delivery.lateStops'],
  )
  return (
    <Loaded query={plan}>
      {(shown) => (
        <>
          <PageHeader
            title={waveText(shown.day, shown.waveSeq)}
            back="/dispatch"
            sub={
              <>
                <StatusChip of="plan" status={shown.status} />
                <StatusChip of="wave" status={shown.waveStatus as 'picked'} />
                <LiveDot />
              </>
            }
          >
            <PlanButtons plan={shown} />
          </PageHeader>
          <PlanView plan={shown} />
        </>
      )}
    </Loaded>
  )
}

function PlanButtons({ plan }: { plan: Plan }) {
  const may = useMay()
  const replan = useAct('routes.plan', { changes })
  const send = useAct('routes.dispatch', { changes, onDone: () => toast(t('dispatch.sent')) })
  const left = plan.runs.filter((run) => run.status === 'planned').length
  return (
    <>
      {may('plan.write') && plan.status === 'draft' && left === plan.runs.length && (
        <ConfirmButton
          tone="plain"
          icon="refresh"
          label={t('dispatch.replan')}
          title={t('dispatch.replan')}
          text={t('dispatch.replanAsk')}
          onConfirm={() => replan.mutateAsync({ params: { waveId: plan.waveId } }).catch(toastProblem)}
        />
      )}
      {may('run.dispatch') && left > 0 && (
        <ConfirmButton
          tone="main"
          icon="truck"
          label={t('dispatch.send')}
          title={t('dispatch.sendAsk', { runs: left })}
          text={
            plan.unassigned.length > 0 && (
              <Note tone="warn">{t('dispatch.sendUnassigned', { count: plan.unassigned.length })}</Note>
            )
          }
          onConfirm={() => send.mutateAsync({ params: { id: plan.id }, body: {} }).catch(toastProblem)}
        />
      )}
    </>
  )
}

function PlanView({ plan }: { plan: Plan }) {
  const board = useApi('routes.readBoard', { params: { id: plan.id } }, { every: 60_000, keep: true })
  return (
    <PickRoot>
      <DragRoot plan={plan} board={board.data}>
        <Desk plan={plan} board={board.data} boardError={board.error} />
      </DragRoot>
    </PickRoot>
  )
}

type DeskProps = { plan: Plan; board: Board | undefined; boardError: unknown }

/** All parts beside one another where there is room; on a phone one at a time. */
function Desk({ plan, board, boardError }: DeskProps) {
  const [moving, setMoving] = useState<Moving | null>(null)
  const [part, setPart] = useState<Part>('runs')
  const online = useOnline()
  const narrow = useNarrow()
  const vehicles = useApi('routes.listVehicles', { params: { hubId: plan.hubId } })
  const idle = vehicles.data?.items ?? []
  const times = <Timetable plan={plan} board={board} boardError={boardError} vehicles={idle} />
  const map = <MapCard plan={plan} />
  const unassigned = <UnassignedCard plan={plan} onAssign={(order) => setMoving({ order })} />
  const runs = (
    <RunList
      plan={plan}
      board={board}
      drivers={vehicles.data?.drivers ?? []}
      onMove={(stop, run) => setMoving({ stop, run })}
    />
  )
  const parts: Record<Part, ReactNode> = {
    runs: (
      <>
        {unassigned}
        {runs}
      </>
    ),
    times,
    map,
    plans: <Proposals plan={plan} board={board} />,
  }
  return (
    <div className="stack">
      {!online && <Note tone="warn">{t('board.offline')}</Note>}
      <Tiles plan={plan} board={board} />
      {narrow ? (
        <Tabs
          label={t('board.parts')}
          tabs={partNames.map((value) => ({ value, label: t(`board.show.${value}`) }))}
          value={part}
          onPick={setPart}
        >
          <div className="stack">{parts[part]}</div>
        </Tabs>
      ) : (
        <>
          {times}
          <div className="dispatch-desk">
            <div className="stack dispatch-side">
              {unassigned}
              {map}
              {parts.plans}
            </div>
            {runs}
          </div>
        </>
      )}
      {moving && <MoveDrawer plan={plan} vehicles={idle} moving={moving} onClose={() => setMoving(null)} />}
    </div>
  )
}

const partNames = ['runs', 'times', 'map', 'plans'] as const
type Part = (typeof partNames)[number]

type TimetableProps = DeskProps & { vehicles: Reply<'routes.listVehicles'>['items'] }

function Timetable({ plan, board, boardError, vehicles }: TimetableProps) {
  return (
    <Card title={t('board.gantt')} side={<CostLine board={board} />}>
      <div className="stack" style={{ ['--gap' as string]: '8px' }}>
        <ProblemNote error={board ? null : boardError} />
        {!board && !boardError && <Skeleton lines={plan.runs.length || 2} height={40} />}
        {board && <Gantt plan={plan} board={board} />}
        {plan.runs.length === 0 && (
          <EmptyState icon="truck" title={t('board.noRuns')} text={t('board.noRunsHint')} />
        )}
        <IdleVehicles plan={plan} vehicles={vehicles} />
        <p className="muted small">{t('board.dragHelp')}</p>
      </div>
    </Card>
  )
}

function MapCard({ plan }: { plan: Plan }) {
  return (
    <Card title={t('dispatch.map')}>
      <PlanMap plan={plan} />
      <p className="muted small">{t('dispatch.source', { source: plan.matrixSource })}</p>
    </Card>
  )
}

function Tiles({ plan, board }: { plan: Plan; board: Board | undefined }) {
  const late = plan.runs.reduce((sum, run) => sum + run.lateStops, 0)
  const stops = plan.runs.reduce((sum, run) => sum + run.stopCount, 0)
  return (
    <div className="dispatch-tiles">
      <Tile label={t('dispatch.runs')}>{plan.runs.length}</Tile>
      <Tile label={t('dispatch.stops')}>{stops}</Tile>
      <Tile label={t('dispatch.unassigned')} tone={plan.unassigned.length > 0 ? 'bad' : 'plain'}>
        {plan.unassigned.length}
      </Tile>
      <Tile label={t('dispatch.late')} tone={late > 0 ? 'bad' : 'plain'}>
        {late}
      </Tile>
      <Tile label={t('dispatch.distance')}>{kmText(plan.metres)}</Tile>
      <Tile label={t('board.cost')}>{board ? formatYuan(roadFen(board)) : '—'}</Tile>
    </div>
  )
}

/** Cost of what is driven; orders left out are counted beside it, not as money. */
const roadFen = (board: Board): number => board.costFen - (board.costParts.unserved ?? 0)

function CostLine({ board }: { board: Board | undefined }) {
  if (!board) return null
  const told = costParts.filter((part) => part !== 'unserved' && board.costParts[part])
  return (
    <span className="muted small">
      {told.map((part) => `${t(`board.part.${part}`)} ${formatYuan(board.costParts[part] ?? 0)}`).join(' · ')}
    </span>
  )
}

type RunListProps = {
  plan: Plan
  board: Board | undefined
  drivers: Reply<'routes.listVehicles'>['drivers']
  onMove: (stop: PlanStop, run: PlanRun) => void
}

function RunList({ plan, board, drivers, onMove }: RunListProps) {
  const { runId, pickRun } = usePicked()
  return (
    <ul className="dispatch-runs" aria-label={t('dispatch.runs')}>
      {plan.runs.map((run) => (
        <li key={run.id}>
          <RunCard
            plan={plan}
            run={run}
            timed={board?.runs.find((one) => one.runId === run.id)}
            drivers={drivers}
            open={runId === run.id}
            onOpen={(open) => pickRun(open ? run.id : null)}
            onMove={(stop) => onMove(stop, run)}
          />
        </li>
      ))}
    </ul>
  )
}

type IdleProps = { plan: Plan; vehicles: Reply<'routes.listVehicles'>['items'] }

/** So many are named while nothing is being moved. */
const idleShown = 8

/** Vehicles without a run: dropping something on one starts a run. */
function IdleVehicles({ plan, vehicles }: IdleProps) {
  const { over, moving } = useDrag()
  const idle = vehicles.filter(
    (one) => one.outOfService === null && !plan.runs.some((run) => run.vehicleId === one.id),
  )
  if (idle.length === 0) return null
  const shown = moving === null ? idle.slice(0, idleShown) : idle
  return (
    <ul className="dispatch-idle" aria-label={t('board.idle')} data-wanted={moving !== null || undefined}>
      {shown.map((one) => (
        <li key={one.id} data-drop={one.id} data-over={over?.key === one.id || undefined}>
          {t('dispatch.freeVehicle', { plate: one.plate })}
        </li>
      ))}
      {shown.length < idle.length && <li>{t('board.moreIdle', { count: idle.length - shown.length })}</li>}
    </ul>
  )
}
