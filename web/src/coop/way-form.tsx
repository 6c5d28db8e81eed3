import {
  instantAt,
  isServiceDay,
  minutesOf,
  minutesText,
  parseMinutes,
  serviceDayOf,
} from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Input } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { flawsOf } from './flaws.ts'
import { type Load, type Way, zoneName } from './way-words.ts'
import './way-texts.ts'

type Sent = Input<'legs.write'>['body']['legs'][number]
type Leg = Omit<Sent, 'departsAt' | 'arrivesAt'> & { departs: string; arrives: string; begun: boolean }

/** "2026-11-25T21:30" of the datetime field, Shanghai time, from and to an instant. */
const fieldOf = (at: string | null): string =>
  at ? `${serviceDayOf(new Date(at))}T${minutesText(minutesOf(new Date(at)))}` : ''
function instantOf(text: string): string | null {
  const [day = '', time = ''] = text.split('T')
  const minutes = parseMinutes(time.slice(0, 5))
  return isServiceDay(day) && minutes !== null ? instantAt(day, minutes).toISOString() : null
}

const blank = (from: string, to: string, departs: string, arrives: string): Leg => ({
  id: newId(),
  mode: 'road',
  fromPlace: from,
  toPlace: to,
  carrier: '',
  vehicle: '',
  waybill: '',
  departs,
  arrives,
  begun: false,
})

function firstLegs(load: Load, way: Way): Leg[] {
  if (way.legs.length === 0)
    return [
      {
        ...blank(load.supplier, load.hub, fieldOf(load.departsAt), fieldOf(load.expectedAt)),
        vehicle: load.plate,
      },
    ]
  return way.legs.map((leg) => {
    const { departsAt, arrivesAt, departedAt, arrivedAt: _, seq: __, ...planned } = leg
    return {
      ...planned,
      departs: fieldOf(departsAt),
      arrives: fieldOf(arrivesAt),
      begun: departedAt !== null,
    }
  })
}

/** Plans the legs one after the other: the next one begins where and when the last one ends. */
export function WayForm({ load, way, onDone }: { load: Load; way: Way; onDone: () => void }) {
  const [legs, setLegs] = useState(() => firstLegs(load, way))
  const [set, setSet] = useState<Record<string, number | null>>(() =>
    Object.fromEntries(
      way.zones.map((one) => [one.zone, one.setPointDeciC === null ? null : one.setPointDeciC / 10]),
    ),
  )
  const save = useAct('legs.write', {
    changes: ['legs.read', 'supply.readConsignment', 'supply.listConsignments'],
    onDone: () => {
      toast(t('way.saved'))
      onDone()
    },
  })
  const flaw = flawsOf(save.error)
  const change = (index: number, patch: Partial<Leg>) =>
    setLegs((before) => before.map((leg, at) => (at === index ? { ...leg, ...patch } : leg)))
  const add = () =>
    setLegs((before) => [
      ...before,
      blank(before.at(-1)?.toPlace ?? '', load.hub, before.at(-1)?.arrives ?? '', ''),
    ])
  const cold = way.zones.filter((one) => one.readingRequired)
  const submit = () => save.mutate({ params: { id: load.id }, body: bodyOf(legs, set, cold) })
  const complete = legs.every(
    (leg) => leg.fromPlace && leg.toPlace && instantOf(leg.departs) && instantOf(leg.arrives),
  )
  return (
    <div className="stack coop-form">
      {legs.map((leg, index) => (
        <LegCard
          key={leg.id}
          leg={leg}
          number={index + 1}
          error={flaw(`/body/legs/${index}`)}
          onChange={(patch) => change(index, patch)}
          onRemove={
            legs.length > 1 && !leg.begun ? () => setLegs(legs.filter((one) => one.id !== leg.id)) : null
          }
        />
      ))}
      {legs.length < 6 && (
        <Button icon="plus" onClick={add}>
          {t('way.add')}
        </Button>
      )}
      {cold.length > 0 && (
        <Card title={t('way.setPoints')}>
          <div className="coop-two">
            {cold.map(({ zone, maxDeciC }) => (
              <NumberField
                key={zone}
                label={t('way.setPoint', { zone: zoneName(zone), max: temperatureText(maxDeciC) })}
                after="℃"
                min={-60}
                max={60}
                decimals={1}
                value={set[zone] ?? null}
                onNumber={(read) => setSet((before) => ({ ...before, [zone]: read }))}
              />
            ))}
          </div>
        </Card>
      )}
      <ProblemNote error={save.error} />
      <BottomBar>
        <Button onClick={onDone}>{t('kit.cancel')}</Button>
        <span className="grow" />
        <Button
          tone="main"
          busy={save.isPending}
          refused={complete ? undefined : t('coop.incomplete')}
          onClick={submit}
        >
          {t('way.save')}
        </Button>
      </BottomBar>
    </div>
  )
}

function bodyOf(
  legs: readonly Leg[],
  set: Readonly<Record<string, number | null>>,
  cold: Way['zones'],
): Input<'legs.write'>['body'] {
  return {
    zones: cold.flatMap(({ zone }) => {
      const celsius = set[zone]
      return typeof celsius === 'number' ? [{ zone, setPointDeciC: Math.round(celsius * 10) }] : []
    }),
    legs: legs.map((leg) => {
      const { departs, arrives, begun: _, ...planned } = leg
      return { ...planned, departsAt: instantOf(departs) ?? '', arrivesAt: instantOf(arrives) ?? '' }
    }),
  }
}

interface LegProps {
  leg: Leg
  number: number
  error: string | undefined
  onChange: (patch: Partial<Leg>) => void
  onRemove: (() => void) | null
}

function LegCard({ leg, number, error, onChange, onRemove }: LegProps) {
  return (
    <Card
      title={t('way.leg', { number })}
      side={
        onRemove && (
          <Button tone="quiet" onClick={onRemove}>
            {t('way.remove')}
          </Button>
        )
      }
    >
      <Segmented
        label={t('way.mode')}
        value={leg.mode}
        options={(['road', 'rail', 'air'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
        onPick={(mode) => !leg.begun && onChange({ mode })}
      />
      <div className="coop-two">
        <TextField
          label={t('way.from')}
          maxLength={60}
          value={leg.fromPlace}
          onText={(fromPlace) => onChange({ fromPlace })}
          error={error}
        />
        <TextField
          label={t('way.to')}
          maxLength={60}
          value={leg.toPlace}
          onText={(toPlace) => onChange({ toPlace })}
        />
        <TextField
          label={t('way.departs')}
          type="datetime-local"
          value={leg.departs}
          onText={(departs) => onChange({ departs })}
        />
        <TextField
          label={t('way.arrives')}
          type="datetime-local"
          value={leg.arrives}
          onText={(arrives) => onChange({ arrives })}
        />
        <TextField
          label={t('way.vehicle')}
          optional
          maxLength={20}
          value={leg.vehicle ?? ''}
          onText={(vehicle) => onChange({ vehicle })}
        />
        <TextField
          label={t('way.carrier')}
          optional
          maxLength={60}
          value={leg.carrier ?? ''}
          onText={(carrier) => onChange({ carrier })}
        />
        <TextField
          label={t('way.waybill')}
          optional
          maxLength={40}
          value={leg.waybill ?? ''}
          onText={(waybill) => onChange({ waybill })}
        />
      </div>
    </Card>
  )
}
