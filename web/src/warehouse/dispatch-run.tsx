import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { Select } from '../kit/field.tsx'
import { ProgressBar } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { useDrag } from './dispatch-drag.tsx'
import { FailedTruck } from './dispatch-night.tsx'
import { StopRows } from './dispatch-stops.tsx'
import type { BoardRun } from './dispatch-types.ts'
import {
  kmText,
  type Plan,
  type PlanRun,
  type PlanStop,
  planReads,
  timeText,
  zonesText,
} from './dispatch-words.ts'
import { DriverLink } from './driver-link.tsx'

interface RunCardProps {
  plan: Plan
  run: PlanRun
  timed: BoardRun | undefined
  drivers: Reply<'routes.listVehicles'>['drivers']
  open: boolean
  onOpen: (open: boolean) => void
  onMove: (stop: PlanStop) => void
}

/** One run: vehicle, driver, loads, progress; its stops when opened. */
export function RunCard({ plan, run, timed, drivers, open, onOpen, onMove }: RunCardProps) {
  const { over } = useDrag()
  const droppable = run.status === 'planned' || run.status === 'loading'
  return (
    <section
      className="dispatch-run"
      data-open={open || undefined}
      data-drop={droppable ? run.id : undefined}
      data-over={over?.key === run.id || undefined}
      style={{ ['--run' as string]: String(run.seq) }}
      aria-label={t('dispatch.run', { seq: run.seq })}
    >
      <div className="row spread">
        <span className="row" style={{ ['--gap' as string]: '8px' }}>
          <span className="dispatch-mark" data-colour={run.seq % 8} aria-hidden="true">
            {run.seq}
          </span>
          <b>{run.plate}</b>
          <StatusChip of="run" status={run.status} />
        </span>
        <RunBadges run={run} timed={timed} />
      </div>
      <div className="row muted small" style={{ ['--gap' as string]: '12px' }}>
        <span>{t('dispatch.depart', { time: timeText(run.departAt) })}</span>
        {timed && <span>{t('board.back', { time: timeText(timed.returnAt) })}</span>}
        <span>{t('dispatch.stopCount', { count: run.stopCount })}</span>
        <span>{kmText(run.metres)}</span>
        {run.status !== 'planned' && (
          <span>{t('dispatch.totes', { loaded: run.totesLoaded, count: run.totes })}</span>
        )}
      </div>
      <div className="dispatch-loads">
        <LoadBar
          name={t('dispatch.weight')}
          used={run.grams}
          space={run.capacityGrams}
          scale={1000}
          unit="kg"
        />
        <LoadBar
          name={t('dispatch.volume')}
          used={run.millilitres}
          space={run.capacityMillilitres}
          scale={1_000_000}
          unit="m³"
        />
      </div>
      {(run.status === 'on_road' || run.status === 'finished') && (
        <ProgressBar label={t('dispatch.stopsDone')} done={run.stopsDone} total={run.stopCount} />
      )}
      <ZoneLoads timed={timed} />
      <RunFoot plan={plan} run={run} drivers={drivers} open={open} onOpen={onOpen} />
      {open && <StopRows run={run} timed={timed} onMove={onMove} />}
    </section>
  )
}

function RunBadges({ run, timed }: { run: PlanRun; timed: BoardRun | undefined }) {
  return (
    <span className="row" style={{ ['--gap' as string]: '6px' }}>
      {run.lateStops > 0 && (
        <Badge tone="bad" icon="clock">
          {t('dispatch.late')} {run.lateStops}
        </Badge>
      )}
      {run.delayMinutes > 0 && (
        <Badge tone="warn">{t('dispatch.behind', { minutes: run.delayMinutes })}</Badge>
      )}
      {timed?.troubles.map((trouble) => (
        <Badge key={trouble} tone="warn">
          {t(`board.trouble.${trouble}`)}
        </Badge>
      ))}
    </span>
  )
}

/** Goods aboard by temperature zone. */
function ZoneLoads({ timed }: { timed: BoardRun | undefined }) {
  if (!timed || timed.loads.length < 2) return null
  return (
    <p className="muted small">
      {timed.loads
        .map(({ zone, grams }) => t('board.zone', { zone: zonesText([zone]), kg: (grams / 1000).toFixed(0) }))
        .join(' · ')}
    </p>
  )
}

type LoadBarProps = { name: string; used: number; space: number; scale: number; unit: string }

function LoadBar({ name, used, space, scale, unit }: LoadBarProps) {
  const told = (n: number) => (n / scale).toFixed(scale > 1000 ? 1 : 0)
  const full = used > space ? 'bad' : used > space * 0.9 ? 'warn' : 'good'
  return (
    <div className="stack" style={{ ['--gap' as string]: '4px' }}>
      <div className="row spread small">
        <span>{name}</span>
        <span className="muted num">{t('dispatch.of', { used: told(used), space: told(space), unit })}</span>
      </div>
      <ProgressBar label={name} done={used} total={space} tone={full} hideText />
    </div>
  )
}

type FootProps = Omit<RunCardProps, 'onMove' | 'timed'>

function RunFoot({ plan, run, drivers, open, onOpen }: FootProps) {
  const may = useMay()
  const changes = planReads
  const give = useAct('routes.assignDriver', { changes })
  const send = useAct('routes.dispatch', { changes })
  const movable = run.status === 'planned' || run.status === 'loading'
  const params = { id: run.id }
  return (
    <div className="dispatch-foot">
      {movable && may('plan.write') ? (
        <Select
          label={t('dispatch.driver')}
          hideLabel
          value={run.driverPersonId ?? ''}
          placeholder={t('dispatch.noDriver')}
          options={drivers.map((driver) => ({ value: driver.id, label: `${driver.name} ${driver.phone}` }))}
          onPick={(driverPersonId) =>
            give.mutate({ params, body: { driverPersonId, version: run.version } }, { onError: toastProblem })
          }
        />
      ) : (
        <span>
          {t('dispatch.driver')}：{run.driver ?? t('dispatch.noDriver')}
        </span>
      )}
      {run.status === 'planned' && may('run.dispatch') && (
        <Button
          icon="truck"
          busy={send.isPending}
          onClick={() =>
            send.mutate({ params: { id: plan.id }, body: { runId: run.id } }, { onError: toastProblem })
          }
        >
          {t('dispatch.sendOne')}
        </Button>
      )}
      <FailedTruck run={run} />
      {run.driverPersonId && run.status !== 'finished' && may('run.dispatch') && <DriverLink run={run} />}
      <FileLink href={`/api/runs/${run.id}/delivery-notes`} tone="quiet" icon="print">
        {t('app.papers.note')}
      </FileLink>
      <Button tone="quiet" icon={open ? 'up' : 'down'} aria-expanded={open} onClick={() => onOpen(!open)}>
        {t(open ? 'dispatch.hide' : 'dispatch.show')}
      </Button>
    </div>
  )
}
