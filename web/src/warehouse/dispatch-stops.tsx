import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { ProofButton } from '../live/proof.tsx'
import { useDrag } from './dispatch-drag.tsx'
import { usePicked } from './dispatch-pick.tsx'
import type { BoardRun } from './dispatch-types.ts'
import { type PlanRun, type PlanStop, planReads, timeText, windowText, zonesText } from './dispatch-words.ts'

interface RowsProps {
  run: PlanRun
  timed: BoardRun | undefined
  onMove: (stop: PlanStop) => void
}

/** The stops of a run in their order, with times and windows; dragged or moved by keys while the run is only planned. */
export function StopRows({ run, timed, onMove }: RowsProps) {
  const { over, place } = useDrag()
  const ghost = over?.key === run.id ? place?.seq : undefined
  return (
    <ol className="dispatch-list" aria-label={t('dispatch.stops')}>
      {run.stops.map((stop, i) => (
        <StopRow
          key={stop.id}
          run={run}
          stop={stop}
          timed={timed?.stops.find((one) => one.stopId === stop.id)}
          newTrip={(timed?.stops[i]?.trip ?? 1) > (timed?.stops[i - 1]?.trip ?? 1)}
          ghost={ghost}
          onMove={onMove}
        />
      ))}
    </ol>
  )
}

interface RowProps extends Omit<RowsProps, 'timed'> {
  stop: PlanStop
  timed: BoardRun['stops'][number] | undefined
  newTrip: boolean
  ghost: number | undefined
}

function StopRow({ run, stop, timed, newTrip, ghost, onMove }: RowProps) {
  const may = useMay()
  const { stopId, pickStop } = usePicked()
  const { moving } = useDrag()
  const movable = run.status === 'planned' && may('plan.write')
  const others = run.stops.filter((one) => !(moving && 'stop' in moving && moving.stop.id === one.id))
  const at = others.indexOf(stop)
  const insert =
    ghost === at + 1 ? 'before' : ghost === at + 2 && at === others.length - 1 ? 'after' : undefined
  return (
    <li
      className="dispatch-row"
      data-drop={movable ? run.id : undefined}
      data-drop-stop={stop.id}
      data-insert={at < 0 ? undefined : insert}
      data-on={stopId === stop.id || undefined}
      data-trip={newTrip || undefined}
    >
      {movable && !timed?.locked ? <Handle run={run} stop={stop} /> : <Seq stop={stop} />}
      <div>
        <b>{stop.site}</b>
        <span className="muted small">
          {newTrip && `${t('board.trip', { trip: timed?.trip ?? 1 })} · `}
          {t('dispatch.stop.at', { time: timeText(stop.expectedAt) })} · {windowText(stop)} ·{' '}
          {(stop.grams / 1000).toFixed(0)} kg · {zonesText(stop.zones)}
        </span>
        <span className="muted small">{stop.orders.map((order) => order.number).join(' ')}</span>
      </div>
      <Troubles stop={stop} timed={timed} />
      {run.status !== 'planned' && <StatusChip of="stop" status={stop.status} />}
      <span className="row" style={{ ['--gap' as string]: '6px' }}>
        <IconButton
          icon="pin"
          label={`${t('board.mapPart')} ${stop.site}`}
          onClick={() => pickStop(run.id, stop.id)}
        />
        {stop.finishedAt && <ProofButton stopId={stop.id} site={stop.site} />}
        {movable && <LockButton run={run} stop={stop} locked={timed?.locked ?? false} />}
        {movable && !timed?.locked && (
          <Button onClick={() => onMove(stop)} aria-label={t('dispatch.moveOf', { site: stop.site })}>
            {t('dispatch.move')}
          </Button>
        )}
      </span>
    </li>
  )
}

const Seq = ({ stop }: { stop: PlanStop }) => (
  <span className="dispatch-seq" aria-hidden="true">
    {stop.seq}
  </span>
)

function Handle({ run, stop }: { run: PlanRun; stop: PlanStop }) {
  const { handle } = useDrag()
  return (
    <button
      type="button"
      className="dispatch-handle"
      aria-label={t('board.grab', { site: stop.site })}
      data-seq={stop.seq}
      {...handle({ stop, run })}
    >
      <Icon name="menu" size={18} />
    </button>
  )
}

function Troubles({ stop, timed }: { stop: PlanStop; timed: BoardRun['stops'][number] | undefined }) {
  const others = (timed?.troubles ?? []).filter((trouble) => trouble !== 'late')
  return (
    <>
      {stop.late && (
        <Badge tone="bad" icon="clock">
          {t('dispatch.late')}
        </Badge>
      )}
      {others.map((trouble) => (
        <Badge key={trouble} tone="warn">
          {t(`board.trouble.${trouble}`)}
        </Badge>
      ))}
    </>
  )
}

function LockButton({ run, stop, locked }: { run: PlanRun; stop: PlanStop; locked: boolean }) {
  const lock = useAct('routes.lockStops', { changes: planReads })
  return (
    <Button
      tone={locked ? 'main' : 'plain'}
      icon="lock"
      busy={lock.isPending}
      aria-pressed={locked}
      aria-label={t(locked ? 'board.unlock' : 'board.lock', { site: stop.site })}
      onClick={() =>
        lock.mutate(
          { params: { id: run.planId }, body: { stopIds: [stop.id], locked: !locked } },
          { onError: toastProblem },
        )
      }
    >
      {locked && t('board.locked')}
    </Button>
  )
}
