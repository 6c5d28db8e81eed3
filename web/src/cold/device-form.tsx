import { newId } from '@huming/shared/ids'
import { deviceKinds } from '@huming/shared/reference/cold-watch'
import { ZONE_IDS } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Input } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Device } from './devices.tsx'
import { zoneText } from './words.ts'

type Draft = Required<Omit<Input<'temperature.writeDevice'>['body'], 'hubId' | 'version'>>

const draftOf = (device: Device | null): Draft => ({
  serial: device?.serial ?? '',
  name: device?.name ?? '',
  kind: device?.kind ?? 'truck_box',
  vehicleId: device?.vehicleId ?? null,
  zone: device?.zone ?? 'chilled',
  everyMinutes: device?.everyMinutes ?? 5,
  calibratedOn: device?.calibratedOn ?? null,
  calibrationDue: device?.calibrationDue ?? null,
  calibrationFileId: device?.calibrationFileId ?? null,
})
type PartProps = { draft: Draft; set: (part: Partial<Draft>) => void }

/** A device, new or known: what it is, where it is, and when it was calibrated. */
export function DeviceForm(props: { device: Device | null; hubId: string; onClose: () => void }) {
  const { device, hubId, onClose } = props
  const [id] = useState(() => device?.id ?? newId())
  const [draft, setDraft] = useState(() => draftOf(device))
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const act = useAct('temperature.writeDevice', {
    changes: ['temperature.listDevices'],
    onDone: () => {
      toast(t('device.saved'))
      onClose()
    },
  })
  const save = () =>
    act.mutate({
      params: { id },
      body: { ...draft, hubId: device?.hubId ?? hubId, version: device?.version ?? 0 },
    })
  return (
    <Drawer
      open
      onClose={onClose}
      title={device ? t('device.editWhat', { name: device.name || device.serial }) : t('device.new')}
      foot={
        <Button
          tone="main"
          size="l"
          full
          busy={act.isPending}
          disabled={!/^[A-Z0-9-]{4,40}$/.test(draft.serial)}
          onClick={save}
        >
          {t('device.save')}
        </Button>
      }
    >
      <div className="stack">
        <What draft={draft} set={set} hubId={device?.hubId ?? hubId} />
        <Calibration draft={draft} set={set} />
        <ProblemNote error={act.error} />
      </div>
    </Drawer>
  )
}

function What({ draft, set, hubId }: PartProps & { hubId: string }) {
  const vehicles = useApi('routes.listVehicles', { params: { hubId } })
  return (
    <>
      <TextField
        label={t('device.serial')}
        hint={t('device.serialHint')}
        maxLength={40}
        value={draft.serial}
        onText={(serial) => set({ serial: serial.toUpperCase() })}
      />
      <TextField
        label={t('device.name')}
        optional
        maxLength={60}
        value={draft.name}
        onText={(name) => set({ name })}
      />
      <Select
        label={t('device.kind')}
        value={draft.kind}
        options={deviceKinds.map((value) => ({ value, label: t(`cold.kind.${value}`) }))}
        onPick={(kind) => set({ kind, ...(kind === 'cold_room' && { vehicleId: null }) })}
      />
      {draft.kind !== 'cold_room' && (
        <Select
          label={t('device.vehicle')}
          value={draft.vehicleId ?? ''}
          placeholder={t('device.noVehicle')}
          optional={draft.kind === 'probe'}
          options={(vehicles.data?.items ?? []).map((one) => ({ value: one.id, label: one.plate }))}
          onPick={(vehicleId) => set({ vehicleId: vehicleId || null })}
        />
      )}
      <Select
        label={t('cold.zone')}
        value={draft.zone}
        options={ZONE_IDS.map((value) => ({ value, label: zoneText(value) }))}
        onPick={(zone) => set({ zone })}
      />
      <NumberField
        label={t('device.every')}
        min={1}
        max={60}
        value={draft.everyMinutes}
        onNumber={(minutes) => set({ everyMinutes: minutes ?? 5 })}
      />
    </>
  )
}

function Calibration({ draft, set }: PartProps) {
  return (
    <>
      <TextField
        label={t('device.calibratedOn')}
        type="date"
        optional
        value={draft.calibratedOn ?? ''}
        onText={(day) => set({ calibratedOn: day || null })}
      />
      <TextField
        label={t('device.calibrationDue')}
        type="date"
        optional
        min={draft.calibratedOn ?? undefined}
        value={draft.calibrationDue ?? ''}
        onText={(day) => set({ calibrationDue: day || null })}
      />
      <PhotoInput
        label={t('device.certificate')}
        ids={draft.calibrationFileId ? [draft.calibrationFileId] : []}
        max={1}
        onIds={(ids) => set({ calibrationFileId: ids[0] ?? null })}
      />
    </>
  )
}
