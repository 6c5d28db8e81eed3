import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { failReasons } from '@huming/shared/door-reasons'
import { doorRuleMessages } from '@huming/shared/i18n/door-rules'
import { newId } from '@huming/shared/ids'
import { PROOFS } from '@huming/shared/proof'
import { BUYER_CLASS_IDS, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Input, Reply } from '../app/api.ts'
import { addTexts, comma, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { EndRule } from './end-rule.tsx'
import { classText, validText } from './truck-texts.ts'

addTexts(doorRuleMessages)

type Rule = Reply<'doorRules.list'>['items'][number]
type Body = Input<'doorRules.write'>['body']
const reads = ['doorRules.list'] as const
const forever = '2099-12-31'
const asked = [
  'unloadScan',
  'zoneReadings',
  'refusePhoto',
  'keyDropSet',
  'tripCheck',
  'preCoolPhoto',
] as const

/** What a door asks of a driver, by class of buyers; operations write a row for a later day. */
export function DoorsTab() {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const query = useApi('doorRules.list')
  return (
    <Loaded
      query={query}
      empty={{
        when: ({ items }) => items.length === 0,
        show: <EmptyState icon="camera" title={t('doors.none')} />,
      }}
    >
      {({ items }) => (
        <div className="stack">
          <Rules items={items} />
          {may('doorRule.write') && (
            <div className="row">
              <Button icon="plus" onClick={() => setOpen(true)}>
                {t('doors.new')}
              </Button>
            </div>
          )}
          {open && <DoorForm items={items} onClose={() => setOpen(false)} />}
        </div>
      )}
    </Loaded>
  )
}

const percentText = (bp: number): string => `${bp / 100} %`

function Rules({ items }: { items: readonly Rule[] }) {
  return (
    <DataTable
      label={t('truckRules.tab.doors')}
      rows={items}
      rowKey={(row) => row.id}
      columns={[
        { key: 'class', head: t('truckRules.class'), cell: (row) => <b>{classText(row.buyerClass)}</b> },
        {
          key: 'proofs',
          head: t('doors.proofs'),
          cell: ({ proofs }) => (
            <span className="row" style={{ ['--gap' as string]: '6px' }}>
              {proofs.map((proof) => (
                <Badge key={proof} tone="info">
                  {t(`doors.proof.${proof}`)}
                </Badge>
              ))}
            </span>
          ),
        },
        { key: 'asks', head: t('doors.asks'), cell: asksText },
        { key: 'wait', head: t('doors.wait'), cell: waitText },
        { key: 'weigh', head: t('doors.weigh'), end: true, cell: (row) => percentText(row.weighToleranceBp) },
        { key: 'valid', head: t('truckRules.valid'), cell: validText },
        { key: 'source', head: t('truckRules.source'), cell: (row) => row.source },
        { key: 'end', head: '', cell: (row) => <EndDoorRule rule={row} /> },
      ]}
    />
  )
}

/** A run is asked by the row for all. */
const asksOf = (row: { buyerClass: BuyerClass | null }): readonly (typeof asked)[number][] =>
  row.buyerClass === null ? asked : asked.slice(0, 4)
function asksText(row: Rule): string {
  const words = asksOf(row)
    .filter((one) => row[one])
    .map((one) => t(`doors.${one}`))
  if (row.buyerClass === null) words.push(`${t('doors.wash')} ${row.washDays} ${t('doors.days')}`)
  return words.join(comma()) || '—'
}

function waitText({ waitMinutes, waitReasons }: Rule): string {
  if (waitMinutes === 0 || waitReasons.length === 0) return t('doors.noWait')
  const reasons = waitReasons.map((one) => t(`doors.reason.${one}`)).join(comma())
  return t('doors.waitText', { minutes: waitMinutes, reasons })
}

function EndDoorRule({ rule }: { rule: Rule }) {
  const { id, isSample: _, ...body } = rule
  const may = useMay()
  const act = useAct('doorRules.write', { changes: reads })
  if (!may('doorRule.write')) return null
  return (
    <EndRule
      rule={rule}
      text={t('doors.endAsk')}
      onEnd={(validTo) => act.mutateAsync({ params: { id }, body: { ...body, validTo } })}
    />
  )
}

/** What the form starts from: what holds for the class now. */
function startFrom(items: readonly Rule[], buyerClass: BuyerClass | null): Body {
  const rule =
    items.find((one) => one.buyerClass === buyerClass) ??
    items.find((one) => one.buyerClass === null) ??
    items[0]
  const { id: _, isSample: _sample, ...row } = rule as Rule
  const validFrom = addDays(serviceDayOf(new Date()), 1)
  return { ...row, buyerClass, source: '', validFrom, validTo: forever }
}

function DoorForm({ items, onClose }: { items: readonly Rule[]; onClose: () => void }) {
  const [id, setId] = useState(newId)
  const [draft, setDraft] = useState(() => startFrom(items, null))
  const set = (change: Partial<Body>) => setDraft({ ...draft, ...change })
  const act = useAct('doorRules.write', {
    changes: reads,
    onDone: () => {
      toast(t('doors.saved'))
      onClose()
    },
  })
  const complete = draft.proofs.length > 0 && draft.source.trim() !== '' && isServiceDay(draft.validFrom)
  const send = () =>
    act.mutate(
      { params: { id }, body: { ...draft, source: draft.source.trim() } },
      // A refused row was never kept; the next try is another one.
      { onError: () => setId(newId()) },
    )
  return (
    <ActDrawer
      title={t('doors.new')}
      save={t('truckRules.save')}
      refused={complete ? undefined : t('truckRules.fill')}
      act={act}
      onSave={send}
      onClose={onClose}
    >
      <Select
        label={t('truckRules.class')}
        value={draft.buyerClass ?? ''}
        placeholder={t('truckRules.allClasses')}
        optional
        options={BUYER_CLASS_IDS.map((value) => ({ value, label: classText(value) }))}
        onPick={(picked) => setDraft(startFrom(items, picked || null))}
      />
      <Ticks
        label={t('doors.proofs')}
        all={PROOFS}
        word={(one) => t(`doors.proof.${one}`)}
        picked={draft.proofs}
        onPicked={(proofs) => set({ proofs })}
      />
      <Ticks
        label={t('doors.asks')}
        all={asksOf({ buyerClass: draft.buyerClass })}
        word={(one) => t(`doors.${one}`)}
        picked={asked.filter((one) => draft[one])}
        onPicked={(on) => set(Object.fromEntries(asked.map((one) => [one, on.includes(one)])))}
      />
      <Numbers draft={draft} set={set} />
      <TextField label={t('truckRules.source')} value={draft.source} onText={(source) => set({ source })} />
      <TextField
        label={t('doors.from')}
        hint={t('doors.fromHint')}
        type="date"
        value={draft.validFrom}
        onText={(validFrom) => set({ validFrom })}
      />
    </ActDrawer>
  )
}

function Numbers({ draft, set }: { draft: Body; set: (change: Partial<Body>) => void }) {
  return (
    <>
      <NumberField
        label={t('doors.wait')}
        after={t('truckRules.minutes')}
        max={120}
        value={draft.waitMinutes}
        onNumber={(waitMinutes) => set({ waitMinutes: waitMinutes ?? 0 })}
      />
      {draft.waitMinutes > 0 && (
        <Ticks
          label={t('doors.waitFor')}
          all={failReasons}
          word={(one) => t(`doors.reason.${one}`)}
          picked={draft.waitReasons}
          onPicked={(waitReasons) => set({ waitReasons })}
        />
      )}
      <NumberField
        label={t('doors.weigh')}
        after="%"
        max={10}
        decimals={2}
        value={draft.weighToleranceBp / 100}
        onNumber={(percent) => set({ weighToleranceBp: Math.round((percent ?? 0) * 100) })}
      />
      {draft.buyerClass === null && (
        <NumberField
          label={t('doors.wash')}
          after={t('doors.days')}
          min={1}
          max={31}
          value={draft.washDays}
          onNumber={(washDays) => set({ washDays: washDays ?? 1 })}
        />
      )}
    </>
  )
}

interface TicksProps<V extends string> {
  label: string
  all: readonly V[]
  word: (value: V) => string
  picked: readonly V[]
  onPicked: (picked: V[]) => void
}

/** Several of a few, in their own order. */
function Ticks<V extends string>({ label, all, word, picked, onPicked }: TicksProps<V>) {
  return (
    <fieldset className="stack" style={{ ['--gap' as string]: '0' }}>
      <legend>{label}</legend>
      {all.map((value) => (
        <Checkbox
          key={value}
          label={word(value)}
          checked={picked.includes(value)}
          onCheck={(on) => onPicked(all.filter((one) => (one === value ? on : picked.includes(one))))}
        />
      ))}
    </fieldset>
  )
}
