import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { isOpen, type Live, type LiveRun } from './words.ts'

interface Props {
  run: LiveRun
  board: Live
  onClose: () => void
}

/** A truck failed: on the road another one takes over its goods; at the dock it is out of service and planned around. */
export function RelayDialog(props: Props) {
  return props.run.status === 'on_road' ? <OnRoad {...props} /> : <AtDock {...props} />
}

const changes = [
  'live.board',
  'routes.listVehicles',
  'routes.readPlan',
  'routes.readBoard',
  'routes.listProposals',
] as const

function AtDock({ run, onClose }: Props) {
  const [reason, setReason] = useState('')
  const out = useAct('routes.setVehicleService', { changes, onDone: onClose })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('live.relay.title', { plate: run.plate })}
      foot={
        <Button
          tone="danger"
          busy={out.isPending}
          disabled={reason.trim() === ''}
          onClick={() => out.mutate({ params: { id: run.vehicleId }, body: { outOfService: reason.trim() } })}
        >
          {t('live.relay.stopUse')}
        </Button>
      }
    >
      <div className="stack">
        <Note tone="warn">{t('live.relay.hintDock')}</Note>
        <TextField label={t('live.relay.reason')} value={reason} maxLength={60} onText={setReason} />
        <ProblemNote error={out.error} />
      </div>
    </Dialog>
  )
}

function OnRoad({ run, board, onClose }: Props) {
  const [id] = useState(newId)
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState('')
  const vehicles = useApi('routes.listVehicles', { params: { hubId: board.hubId } })
  const relay = useAct('live.relay', {
    changes,
    onDone: ({ stops, totes }) => {
      toast(t('live.relay.done', { stops, totes }))
      onClose()
    },
  })
  const waiting = run.stops.filter((stop) => stop.status === 'waiting').length
  const options = [
    ...board.runs
      .filter((one) => one.id !== run.id && one.planId === run.planId && !one.outOfService)
      .filter((one) => one.status === 'on_road' || one.status === 'loading')
      .map((one) => ({
        value: `run ${one.id}`,
        label: t('live.relay.run', { plate: one.plate, count: one.stops.filter(isOpen).length }),
      })),
    ...(vehicles.data?.items ?? [])
      .filter(
        (one) => !one.outOfService && one.driver && !board.runs.some((other) => other.vehicleId === one.id),
      )
      .map((one) => ({
        value: `vehicle ${one.id}`,
        label: t('live.relay.spare', { plate: one.plate, driver: one.driver ?? '' }),
      })),
  ]
  const [kind, target = null] = (chosen || options[0]?.value || '').split(' ')
  const act = () =>
    relay.mutate({
      params: { id },
      body: {
        fromRunId: run.id,
        toRunId: kind === 'run' ? target : null,
        vehicleId: kind === 'vehicle' ? target : null,
        reason: reason.trim(),
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('live.relay.title', { plate: run.plate })}
      foot={
        <Button
          tone="danger"
          busy={relay.isPending}
          disabled={!target || reason.trim() === '' || waiting === 0}
          onClick={act}
        >
          {t('live.relay.do')}
        </Button>
      }
    >
      <div className="stack">
        <Note tone="warn">{t('live.relay.hint', { stops: waiting })}</Note>
        <TextField label={t('live.relay.reason')} value={reason} maxLength={60} onText={setReason} />
        {options.length > 0 ? (
          <Select
            label={t('live.relay.to')}
            value={chosen || (options[0]?.value ?? '')}
            options={options}
            onPick={setChosen}
          />
        ) : (
          vehicles.data && <p>{t('live.relay.none')}</p>
        )}
        <ProblemNote error={relay.error} />
      </div>
    </Dialog>
  )
}
