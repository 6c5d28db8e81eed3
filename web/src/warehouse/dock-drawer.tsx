import { addDays, minutesText, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { RadioGroup, Select, TextField } from '../kit/field.tsx'
import { toast } from '../kit/toast.tsx'
import type { Truck } from './dock.tsx'
import { dayWords } from './words.ts'
import './dock-texts.ts'

/** Gives a truck its door, moves it to another slot, or notes that it did not come. */
export function DockDrawer({ hubId, truck, onClose }: { hubId: string; truck: Truck; onClose: () => void }) {
  const [today] = useState(() => serviceDayOf(new Date()))
  const [day, setDay] = useState(truck.day as ServiceDay)
  const [from, setFrom] = useState(truck.fromMinute)
  const [dock, setDock] = useState(truck.dock)
  const slots = useApi('docks.slots', { params: { hubId }, query: { day } })
  const act = useAct('receiving.decideAppointment', {
    changes: ['receiving.dockBoard', 'docks.slots'],
    onDone: () => {
      toast(t('docks.saved'))
      onClose()
    },
  })
  const decide = (decision: 'confirm' | 'miss') =>
    act.mutate({
      params: { id: truck.id },
      body: { decision, dock: dock.trim(), day, fromMinute: from, version: truck.version },
    })
  const days = [...new Set([truck.day as ServiceDay, today, addDays(today, 1), addDays(today, 2)])].toSorted()
  const here = (minute: number) => day === truck.day && minute === truck.fromMinute
  return (
    <ActDrawer
      title={`${truck.supplier} · ${truck.plate}`}
      onClose={onClose}
      act={act}
      save={t('docks.confirm')}
      size="l"
      icon="check"
      refused={dock.trim() === '' ? t('docks.door') : undefined}
      onSave={() => decide('confirm')}
    >
      <TextField
        label={t('docks.door')}
        hint={t('docks.doorHint')}
        size="l"
        maxLength={12}
        value={dock}
        onText={setDock}
      />
      <Select
        label={t('docks.day')}
        value={day}
        options={days.map((value) => ({ value, label: dayWords(value) }))}
        onPick={setDay}
      />
      <RadioGroup
        label={t('docks.slot')}
        value={String(from)}
        options={(slots.data?.items ?? []).map((slot) => ({
          value: String(slot.fromMinute),
          label: `${minutesText(slot.fromMinute)}–${minutesText(slot.toMinute)}`,
          hint: t('docks.free', { free: slot.free, capacity: slot.capacity }),
          disabled: !here(slot.fromMinute) && (slot.past || slot.free === 0),
        }))}
        onPick={(minute) => setFrom(Number(minute))}
      />
      <ConfirmButton
        label={t('docks.missed')}
        title={t('docks.missed')}
        text={t('docks.missedText')}
        tone="quiet"
        size="l"
        icon="warning"
        full
        onConfirm={() => decide('miss')}
      />
    </ActDrawer>
  )
}
