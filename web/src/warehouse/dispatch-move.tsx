import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Plan, PlanRun, PlanStop, Unassigned } from './dispatch-words.ts'

/** A stop of a run, or an order that has no vehicle. */
export type Moving = { stop: PlanStop; run: PlanRun } | { order: Unassigned }

interface MoveDrawerProps {
  plan: Plan
  vehicles: Reply<'routes.listVehicles'>['items']
  moving: Moving
  onClose: () => void
}

/** Chooses the run (or a free vehicle) and the place in it. */
export function MoveDrawer({ plan, vehicles, moving, onClose }: MoveDrawerProps) {
  const own = 'run' in moving ? moving.run.id : ''
  const [to, setTo] = useState(own)
  const [place, setPlace] = useState('')
  const save = useMove(plan, moving, () => {
    toast(t('dispatch.moved'))
    onClose()
  })
  const runs = plan.runs.filter(
    (run) => run.status === 'planned' || ('order' in moving && run.status === 'loading'),
  )
  const free = vehicles.filter(
    (vehicle) => vehicle.outOfService === null && !plan.runs.some((run) => run.vehicleId === vehicle.id),
  )
  const others = runs
    .find((run) => run.id === to)
    ?.stops.filter((stop) => !('stop' in moving && stop.id === moving.stop.id))
  const site = 'stop' in moving ? moving.stop.site : moving.order.site
  const foot = (
    <Button
      tone="main"
      full
      disabled={to === ''}
      busy={save.isPending}
      onClick={() => save.move(to, place, others?.length ?? 0)}
    >
      {t('stop' in moving ? 'dispatch.move' : 'dispatch.assign')}
    </Button>
  )
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('stop' in moving ? 'dispatch.moveOf' : 'dispatch.assignOf', { site })}
      foot={foot}
    >
      <div className="stack">
        <ProblemNote error={save.error} />
        <Select
          label={t('dispatch.to')}
          value={to}
          placeholder="—"
          options={[
            ...runs.map((run) => ({
              value: run.id,
              label: `${t('dispatch.run', { seq: run.seq })} · ${run.plate}`,
            })),
            ...free.map((one) => ({ value: one.id, label: t('dispatch.freeVehicle', { plate: one.plate }) })),
          ]}
          onPick={(value) => {
            setTo(value)
            setPlace('')
          }}
        />
        <Select
          label={t('dispatch.position')}
          value={place}
          placeholder={t('order' in moving ? 'dispatch.best' : 'dispatch.last')}
          optional
          options={(others ?? []).map((stop, i) => ({
            value: String(i + 1),
            label: t('dispatch.before', { seq: i + 1, site: stop.site }),
          }))}
          onPick={setPlace}
        />
      </div>
    </Drawer>
  )
}

function useMove(plan: Plan, moving: Moving, onDone: () => void) {
  const changes = ['routes.readPlan', 'routes.listPlans'] as const
  const stopMove = useAct('routes.moveStop', { changes, onDone })
  const orderMove = useAct('routes.assignOrder', { changes, onDone })
  const move = (to: string, place: string, others: number) => {
    const target = plan.runs.some((run) => run.id === to) ? { runId: to } : { vehicleId: to }
    if ('stop' in moving) {
      const { id, version } = moving.stop
      const seq = place === '' ? others + 1 : Number(place)
      stopMove.mutate({ params: { id }, body: { ...target, seq, version } })
    } else {
      const { orderId } = moving.order
      const seq = place === '' ? null : Number(place)
      orderMove.mutate({ params: { id: plan.id }, body: { ...target, orderId, seq } })
    }
  }
  return {
    move,
    isPending: stopMove.isPending || orderMove.isPending,
    error: stopMove.error ?? orderMove.error,
  }
}
