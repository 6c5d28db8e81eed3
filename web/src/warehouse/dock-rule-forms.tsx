import type { secondPersonKinds } from '@huming/shared/contracts/receiving'
import { addDays, isServiceDay, parseMinutes, serviceDayOf, weekdayText } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { toast } from '../kit/toast.tsx'
import './rule-texts.ts'

const endless = '2099-12-31'
const tomorrow = (): string => addDays(serviceDayOf(new Date()), 1)
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Hours at the dock from a day on, with the doors that take trucks in them. */
export function SlotDialog({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id, setId] = useState(newId)
  const [weekday, setWeekday] = useState<(typeof weekdays)[number] | 'all'>('all')
  const [from, setFrom] = useState('06:00')
  const [to, setTo] = useState('07:00')
  const [capacity, setCapacity] = useState<number | null>(2)
  const [validFrom, setValidFrom] = useState(tomorrow)
  const act = useAct('dockRules.writeSlot', {
    changes: ['dockRules.read', 'receiving.dockBoard'],
    onDone: () => {
      toast(t('dockRules.saved'))
      onClose()
    },
  })
  const [fromMinute, toMinute] = [parseMinutes(from), parseMinutes(to === '00:00' ? '24:00' : to)]
  const times = fromMinute !== null && toMinute !== null && fromMinute < toMinute
  const ready = times && capacity !== null && isServiceDay(validFrom)
  const save = () =>
    times &&
    capacity !== null &&
    act.mutate(
      {
        params: { id },
        body: {
          hubId,
          weekday: weekday === 'all' ? null : Number(weekday),
          fromMinute,
          toMinute,
          capacity,
          validFrom,
          validTo: endless,
        },
      },
      // A refused row was never kept; the next try is another one.
      { onError: () => setId(newId()) },
    )
  return (
    <ActDrawer
      title={t('dockRules.addSlot')}
      onClose={onClose}
      act={act}
      save={t('dockRules.save')}
      size="l"
      refused={ready ? undefined : t('dockRules.incomplete')}
      onSave={save}
    >
      <Select
        label={t('dockRules.weekday')}
        size="l"
        value={weekday}
        options={[
          { value: 'all', label: t('dockRules.everyDay') },
          ...weekdays.map((value) => ({ value, label: weekdayText(Number(value) as 1, locale()) })),
        ]}
        onPick={setWeekday}
      />
      <TextField label={t('dockRules.from')} size="l" type="time" value={from} onText={setFrom} />
      <TextField label={t('dockRules.to')} size="l" type="time" value={to} onText={setTo} />
      <NumberField label={t('dockRules.doors')} size="l" max={100} value={capacity} onNumber={setCapacity} />
      <TextField
        label={t('dockRules.validFrom')}
        size="l"
        type="date"
        value={validFrom}
        onText={setValidFrom}
      />
    </ActDrawer>
  )
}

type Kind = (typeof secondPersonKinds)[number]
const kinds: readonly Kind[] = ['high_risk', 'value_above', 'buyer_class']

/** Which goods two people must see, from a day on. */
export function SecondDialog({ onClose }: { onClose: () => void }) {
  const [id, setId] = useState(newId)
  const [kind, setKind] = useState<Kind>('value_above')
  const [yuan, setYuan] = useState<number | null>(null)
  const [buyerClass, setBuyerClass] = useState<BuyerClass>('canteen_university')
  const [source, setSource] = useState('')
  const [validFrom, setValidFrom] = useState(tomorrow)
  const act = useAct('dockRules.writeSecondPerson', {
    changes: ['dockRules.read'],
    onDone: () => {
      toast(t('dockRules.saved'))
      onClose()
    },
  })
  const ready = source.trim() !== '' && isServiceDay(validFrom) && (kind !== 'value_above' || (yuan ?? 0) > 0)
  const save = () =>
    act.mutate(
      {
        params: { id },
        body: {
          kind,
          aboveFen: kind === 'value_above' ? Math.round((yuan ?? 0) * 100) : null,
          buyerClass: kind === 'buyer_class' ? buyerClass : null,
          source: source.trim(),
          validFrom,
          validTo: endless,
        },
      },
      { onError: () => setId(newId()) },
    )
  return (
    <ActDrawer
      title={t('dockRules.addSecond')}
      onClose={onClose}
      act={act}
      save={t('dockRules.save')}
      size="l"
      refused={ready ? undefined : t('dockRules.incomplete')}
      onSave={save}
    >
      <Select
        label={t('dockRules.kind')}
        size="l"
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`dockRules.kind.${value}`) }))}
        onPick={setKind}
      />
      {kind === 'value_above' && (
        <NumberField
          label={t('dockRules.above')}
          size="l"
          after={t('dockRules.yuan')}
          decimals={2}
          value={yuan}
          onNumber={setYuan}
        />
      )}
      {kind === 'buyer_class' && (
        <Select
          label={t('dockRules.class')}
          size="l"
          value={buyerClass}
          options={BUYER_CLASS_IDS.map((value) => ({ value, label: named(BUYER_CLASSES[value]) }))}
          onPick={setBuyerClass}
        />
      )}
      <TextField label={t('dockRules.source')} size="l" maxLength={100} value={source} onText={setSource} />
      <TextField
        label={t('dockRules.validFrom')}
        size="l"
        type="date"
        value={validFrom}
        onText={setValidFrom}
      />
    </ActDrawer>
  )
}
