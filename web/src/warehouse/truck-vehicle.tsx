import { minutesText, parseMinutes } from '@huming/shared/days'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { toast } from '../kit/toast.tsx'
import { knownSkills, skillText, type TruckRules, truckReads } from './truck-texts.ts'

type Vehicle = TruckRules['vehicles'][number]

/** Facts of a vehicle for planning; its compartments stay as they are. */
export function VehicleForm({ vehicle, onClose }: { vehicle: Vehicle; onClose: () => void }) {
  const { id, plate, kind: _, ...facts } = vehicle
  const [draft, setDraft] = useState(facts)
  const [from, setFrom] = useState(minutesText(facts.shiftFrom))
  const [to, setTo] = useState(minutesText(facts.shiftTo))
  const set = (change: Partial<typeof facts>) => setDraft({ ...draft, ...change })
  const act = useAct('routes.writeVehicleFacts', {
    changes: truckReads,
    onDone: () => {
      toast(t('truckRules.saved'))
      onClose()
    },
  })
  const [shiftFrom, shiftTo] = [parseMinutes(from), parseMinutes(to)]
  const timesRead = shiftFrom !== null && shiftTo !== null && shiftFrom < shiftTo
  const send = () => {
    if (timesRead) act.mutate({ params: { id }, body: { ...draft, shiftFrom, shiftTo } })
  }
  return (
    <ActDrawer
      title={t('truckRules.editWhat', { name: plate })}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      onSave={send}
    >
      <SizeFields
        size={{ length: draft.lengthCm, height: draft.heightCm, gross: draft.grossKg }}
        onSize={({ length, height, gross }) => set({ lengthCm: length, heightCm: height, grossKg: gross })}
      />
      <SkillFields skills={draft.skills} onSkills={(skills) => set({ skills })} />
      <TextField
        label={`${t('truckRules.shift')} ${t('truckRules.from')}`}
        hint={t('truckRules.timeHint')}
        value={from}
        onText={setFrom}
      />
      <TextField
        label={`${t('truckRules.shift')} ${t('truckRules.to')}`}
        value={to}
        onText={setTo}
        error={timesRead ? undefined : t('truckRules.timeWrong')}
      />
      <NumberField
        label={t('truckRules.trips')}
        min={1}
        max={6}
        value={draft.trips}
        onNumber={(trips) => set({ trips: trips ?? 1 })}
      />
      <NumberField
        label={t('truckRules.reload')}
        after={t('truckRules.minutes')}
        min={0}
        max={600}
        value={draft.reloadMinutes}
        onNumber={(minutes) => set({ reloadMinutes: minutes ?? 0 })}
      />
      <NumberField
        label={t('truckRules.fixed')}
        after={t('truckRules.yuan')}
        min={0}
        max={100_000}
        decimals={2}
        value={draft.fixedFen / 100}
        onNumber={(yuan) => set({ fixedFen: Math.round((yuan ?? 0) * 100) })}
      />
    </ActDrawer>
  )
}

type Size = { length: number | null; height: number | null; gross: number | null }

/** Length and height in centimetres, gross weight in kilograms; empty: unknown or no limit. */
export function SizeFields({ size, onSize }: { size: Size; onSize: (size: Size) => void }) {
  return (
    <>
      <NumberField
        label={t('truckRules.length')}
        after="cm"
        min={100}
        max={3000}
        value={size.length}
        onNumber={(length) => onSize({ ...size, length })}
      />
      <NumberField
        label={t('truckRules.height')}
        after="cm"
        min={100}
        max={3000}
        value={size.height}
        onNumber={(height) => onSize({ ...size, height })}
      />
      <NumberField
        label={t('truckRules.gross')}
        after="kg"
        min={100}
        max={60_000}
        value={size.gross}
        onNumber={(gross) => onSize({ ...size, gross })}
      />
    </>
  )
}

/** The passes and equipment people know by name; others that are there stay. */
export function SkillFields({
  skills,
  onSkills,
}: {
  skills: readonly string[]
  onSkills: (skills: string[]) => void
}) {
  return knownSkills.map((skill) => (
    <Checkbox
      key={skill}
      label={skillText(skill)}
      checked={skills.includes(skill)}
      onCheck={(has) => onSkills([...skills.filter((one) => one !== skill), ...(has ? [skill] : [])])}
    />
  ))
}
