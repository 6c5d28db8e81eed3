import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { bestPlaces, keyOf, placeOf } from './dispatch-drop.ts'
import type { Place, Target } from './dispatch-types.ts'
import { useMove } from './dispatch-use-move.ts'
import { Verdict } from './dispatch-verdict.tsx'
import type { Moving, Plan } from './dispatch-words.ts'

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
  const [trip, setTrip] = useState('')
  const save = useMove(plan, onClose)
  const query = 'stop' in moving ? { stopId: moving.stop.id } : { orderId: moving.order.orderId }
  const tried = useApi('routes.tryMove', { params: { id: plan.id }, query })
  const targets = tried.data?.targets ?? []
  const runs = plan.runs.filter(
    (run) => run.status === 'planned' || ('order' in moving && run.status === 'loading'),
  )
  const free = vehicles.filter(
    (vehicle) => vehicle.outOfService === null && !plan.runs.some((run) => run.vehicleId === vehicle.id),
  )
  const others = runs
    .find((run) => run.id === to)
    ?.stops.filter((stop) => !('stop' in moving && stop.id === moving.stop.id))
  const last = (others?.length ?? 0) + 1
  const seq = place === '' ? ('order' in moving ? null : last) : Number(place)
  const chosen = placeOf(
    targets,
    to === '' ? null : { key: to, seq, ...(trip === '' ? {} : { trip: Number(trip) }) },
  )
  const trips = (chosen.target?.places ?? []).filter((one) => one.seq === seq).map((one) => one.trip)
  const site = 'stop' in moving ? moving.stop.site : moving.order.site
  const foot = (
    <Button
      tone="main"
      full
      disabled={to === ''}
      busy={save.isPending}
      onClick={() => {
        const target = plan.runs.some((run) => run.id === to) ? { runId: to } : { vehicleId: to }
        // As foretold: the place and the trip that are shown.
        save.move(moving, target, { seq, trip: seq === null ? null : (chosen.place?.trip ?? null), last })
      }}
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
            setTrip('')
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
          onPick={(value) => {
            setPlace(value)
            setTrip('')
          }}
        />
        {trips.length > 1 && (
          <Select
            label={t('board.onTrip')}
            value={String(chosen.place?.trip ?? '')}
            options={trips.map((one) => ({ value: String(one), label: t('board.trip', { trip: one }) }))}
            onPick={setTrip}
          />
        )}
        {tried.isFetching && <p className="muted">{t('board.trying')}</p>}
        {chosen.target && chosen.place && (
          <div className="dispatch-foretold" role="status">
            <Verdict target={chosen.target} place={chosen.place} />
          </div>
        )}
        <BestPlaces
          targets={targets}
          onPick={(key, one) => {
            setTo(key)
            setPlace(String(one.seq))
            setTrip(String(one.trip))
          }}
        />
      </div>
    </Drawer>
  )
}

interface BestProps {
  targets: readonly Target[]
  onPick: (key: string, place: Place) => void
}

/** The cheapest places of the runs that can take it, to choose with one press. */
function BestPlaces({ targets, onPick }: BestProps) {
  const best = bestPlaces(targets, 4)
  if (best.length === 0) return null
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <h3>{t('board.places')}</h3>
      {best.map(({ target, place }) => (
        <button
          key={keyOf(target)}
          type="button"
          className="dispatch-best"
          onClick={() => onPick(keyOf(target), place)}
        >
          <Verdict target={target} place={place} />
        </button>
      ))}
    </div>
  )
}
