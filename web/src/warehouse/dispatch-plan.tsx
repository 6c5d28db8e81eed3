import { useState } from 'react'
import { useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { StatusChip } from '../kit/badge.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader, Tile } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import './dispatch.css'
import { PlanMap } from './dispatch-map.tsx'
import { MoveDrawer, type Moving } from './dispatch-move.tsx'
import { RunCard } from './dispatch-run.tsx'
import { UnassignedCard } from './dispatch-unassigned.tsx'
import { kmText, type Plan, waveText } from './dispatch-words.ts'

const changes = ['routes.readPlan', 'routes.listPlans'] as const

/** A plan: what has no vehicle and what comes late first, then the runs with their loads, and a sketch map. */
export function DispatchPlan() {
  const { id } = useParams<{ id: string }>()
  const plan = useApi('routes.readPlan', { params: { id } }, { every: 60_000 })
  useLive(['plan.', 'run.', 'stop.', 'tote.', 'pick.', 'wave.'], ['routes.', 'delivery.lateStops'])
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
  const [moving, setMoving] = useState<Moving | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const vehicles = useApi('routes.listVehicles', { params: { hubId: plan.hubId } })
  const late = plan.runs.reduce((sum, run) => sum + run.lateStops, 0)
  const stops = plan.runs.reduce((sum, run) => sum + run.stopCount, 0)
  return (
    <div className="stack">
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
      </div>
      <div className="dispatch-desk">
        <div className="stack dispatch-side">
          <UnassignedCard plan={plan} onAssign={(order) => setMoving({ order })} />
          <Card title={t('dispatch.map')}>
            <PlanMap plan={plan} chosen={chosen} />
            <p className="muted small">{t('dispatch.source', { source: plan.matrixSource })}</p>
          </Card>
        </div>
        <ul className="dispatch-runs" aria-label={t('dispatch.runs')}>
          {plan.runs.map((run) => (
            <li key={run.id}>
              <RunCard
                plan={plan}
                run={run}
                drivers={vehicles.data?.drivers ?? []}
                open={chosen === run.id}
                onOpen={(open) => setChosen(open ? run.id : null)}
                onMove={(stop) => setMoving({ stop, run })}
              />
            </li>
          ))}
        </ul>
      </div>
      {moving && (
        <MoveDrawer
          plan={plan}
          vehicles={vehicles.data?.items ?? []}
          moving={moving}
          onClose={() => setMoving(null)}
        />
      )}
    </div>
  )
}
