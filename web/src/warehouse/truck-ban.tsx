import { parseMinutes, serviceDayOf, weekdayText } from '@huming/shared/days'
import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { EmptyState } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { EndRule } from './end-rule.tsx'
import { knownSkills, skillText, spanText, type TruckRules, truckReads, validText } from './truck-texts.ts'

type Ban = TruckRules['bans'][number]
const forever = '2099-12-31'

/** Bans of trucks by district or circle, hours and weekdays; operations write them down from the police's notices. */
export function BanTab({ rules }: { rules: TruckRules }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <div className="stack">
      {rules.bans.length === 0 ? (
        <EmptyState icon="map" title={t('truckRules.noBans')} />
      ) : (
        <Bans bans={rules.bans} />
      )}
      {may('accessBan.write') && (
        <div className="row">
          <Button icon="plus" onClick={() => setOpen(true)}>
            {t('truckRules.newBan')}
          </Button>
        </div>
      )}
      {open && <BanForm onClose={() => setOpen(false)} />}
    </div>
  )
}

const districtName = (code: string): string => {
  const district = SHANGHAI_DISTRICTS.find((one) => one.code === code)
  return district ? named(district.name) : code
}

const weekdayName = (day: number): string => weekdayText(day as 1, locale())
const weekdays = (days: readonly number[]): string =>
  days.map(weekdayName).join(locale() === 'zh' ? '、' : ', ')

function Bans({ bans }: { bans: readonly Ban[] }) {
  return (
    <DataTable
      label={t('truckRules.tab.bans')}
      rows={bans}
      rowKey={(ban) => ban.id}
      columns={[
        { key: 'name', head: t('truckRules.ban'), cell: (ban) => ban.name },
        {
          key: 'where',
          head: t('truckRules.where'),
          cell: (ban) =>
            ban.districtCode
              ? districtName(ban.districtCode)
              : t('truckRules.circle', { km: (ban.radiusMetres ?? 0) / 1000 }),
        },
        {
          key: 'when',
          head: t('truckRules.when'),
          cell: (ban) =>
            `${spanText({ from: ban.fromMinute, to: ban.toMinute })} · ${weekdays(ban.weekdays)}`,
        },
        {
          key: 'who',
          head: t('truckRules.who'),
          cell: (ban) =>
            t('truckRules.fromGross', { tonnes: ban.minGrossKg / 1000 }) +
            (ban.unlessSkill ? t('truckRules.unless', { skill: skillText(ban.unlessSkill) }) : ''),
        },
        { key: 'valid', head: t('truckRules.valid'), cell: validText },
        { key: 'source', head: t('truckRules.source'), cell: (ban) => ban.source },
        { key: 'end', head: '', cell: (ban) => <EndBan ban={ban} /> },
      ]}
    />
  )
}

function EndBan({ ban }: { ban: Ban }) {
  const may = useMay()
  const act = useAct('routes.writeBan', { changes: truckReads })
  if (!may('accessBan.write')) return null
  const { id, isSample: _, ...body } = ban
  return (
    <EndRule
      rule={ban}
      text={t('truckRules.endAsk')}
      onEnd={(validTo) => act.mutateAsync({ params: { id }, body: { ...body, validTo } })}
    />
  )
}

const everyDay = [1, 2, 3, 4, 5, 6, 7]

type BanDraft = {
  name: string
  districtCode: string
  from: string
  to: string
  weekdays: number[]
  tonnes: number | null
  unlessSkill: string
  source: string
  validFrom: string
}

function BanForm({ onClose }: { onClose: () => void }) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<BanDraft>(() => ({
    name: '',
    districtCode: '',
    from: '07:00',
    to: '20:00',
    weekdays: [1, 2, 3, 4, 5],
    tonnes: 4.5,
    unlessSkill: '',
    source: '',
    validFrom: serviceDayOf(new Date()),
  }))
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const act = useAct('routes.writeBan', {
    changes: truckReads,
    onDone: () => {
      toast(t('truckRules.saved'))
      onClose()
    },
  })
  const [from, to] = [parseMinutes(draft.from), parseMinutes(draft.to)]
  const hoursFine = from !== null && to !== null && from < to
  const complete = [draft.name, draft.districtCode, draft.source].every((text) => text.trim() !== '')
  const send = () => {
    if (!hoursFine) return
    const { name, districtCode, weekdays: days, tonnes, unlessSkill, source, validFrom } = draft
    const where = { districtCode, lngE6: null, latE6: null, radiusMetres: null }
    const hours = { fromMinute: from, toMinute: to, weekdays: days }
    const who = { minGrossKg: Math.round((tonnes ?? 0) * 1000), unlessSkill: unlessSkill || null }
    const body = { name: name.trim(), ...where, ...hours, ...who, source: source.trim() }
    act.mutate({ params: { id }, body: { ...body, validFrom, validTo: forever } })
  }
  return (
    <ActDrawer
      title={t('truckRules.newBan')}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      refused={complete && draft.weekdays.length > 0 ? undefined : t('truckRules.fill')}
      onSave={send}
    >
      <TextField label={t('truckRules.ban')} value={draft.name} onText={(name) => set({ name })} />
      <Select
        label={t('truckRules.where')}
        value={draft.districtCode}
        placeholder="—"
        options={SHANGHAI_DISTRICTS.map(({ code, name }) => ({ value: code, label: named(name) }))}
        onPick={(districtCode) => set({ districtCode })}
      />
      <TextField
        label={`${t('truckRules.when')} ${t('truckRules.from')}`}
        hint={t('truckRules.timeHint')}
        value={draft.from}
        onText={(text) => set({ from: text })}
        error={hoursFine ? undefined : t('truckRules.timeWrong')}
      />
      <TextField
        label={`${t('truckRules.when')} ${t('truckRules.to')}`}
        hint={t('truckRules.timeHint')}
        value={draft.to}
        onText={(text) => set({ to: text })}
      />
      <fieldset className="stack" style={{ ['--gap' as string]: '0' }}>
        <legend className="k-label">{t('truckRules.weekdays')}</legend>
        {everyDay.map((day) => (
          <Checkbox
            key={day}
            label={weekdayName(day)}
            checked={draft.weekdays.includes(day)}
            onCheck={(on) =>
              set({
                weekdays: everyDay.filter((one) => (one === day ? on : draft.weekdays.includes(one))),
              })
            }
          />
        ))}
      </fieldset>
      <NumberField
        label={t('truckRules.grossFrom')}
        after="t"
        min={0}
        max={100}
        decimals={3}
        value={draft.tonnes}
        onNumber={(tonnes) => set({ tonnes })}
      />
      <Select
        label={t('truckRules.unlessLabel')}
        value={draft.unlessSkill}
        placeholder="—"
        optional
        options={knownSkills.map((skill) => ({ value: skill as string, label: skillText(skill) }))}
        onPick={(unlessSkill) => set({ unlessSkill })}
      />
      <TextField label={t('truckRules.source')} value={draft.source} onText={(source) => set({ source })} />
      <TextField
        label={t('truckRules.since')}
        type="date"
        value={draft.validFrom}
        onText={(validFrom) => set({ validFrom })}
      />
    </ActDrawer>
  )
}
