import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { comma, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { flawsOf } from '../coop/flaws.ts'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Batch, batchChanges } from './changes.ts'

interface Item {
  key: string
  item: string
  limit: string
  value: string
  passed: boolean
}
const bases = ['controlled', 'self_tested', 'lab_tested'] as const
type Basis = (typeof bases)[number]

/** What every factory looks at; the base adds its own. */
const usualItems = (): Item[] => [
  {
    key: newId(),
    item: t('making.check.usual.senses'),
    limit: t('making.check.usual.sensesLimit'),
    value: '',
    passed: true,
  },
  { key: newId(), item: t('making.check.usual.net'), limit: '', value: '', passed: true },
  { key: newId(), item: t('making.check.usual.bacteria'), limit: '', value: '', passed: true },
]

/** The check that lets a batch go: all passed releases its lot, one failed holds it. */
export function Check({ batch }: { batch: Batch }) {
  const isForm2 = batch.certifies === 'form_2'
  const [inspectionId] = useState(newId)
  const [today] = useState(() => serviceDayOf(new Date()))
  const [items, setItems] = useState<Item[]>(() => (isForm2 ? [] : usualItems()))
  const [basis, setBasis] = useState<Basis[]>([])
  const [inspectedOn, setInspectedOn] = useState<string>(today)
  const [note, setNote] = useState('')
  const [fileIds, setFileIds] = useState<string[]>([])
  const passed = items.every((one) => one.passed)
  const inspect = useAct('production.inspectBatch', {
    changes: [...batchChanges],
    onDone: () => toast(t(passed ? 'making.check.released' : 'making.check.rejected')),
  })
  const flaw = flawsOf(inspect.error)
  const filled = items.every((one) => one.item.trim() && one.value.trim())
  const ready = filled && isServiceDay(inspectedOn) && (isForm2 ? basis.length > 0 : items.length > 0)
  const submit = () => {
    const told = items.map(({ item, limit, value, passed: ok }) => ({ item, limit, value, passed: ok }))
    inspect.mutate({
      params: { id: batch.id, inspectionId },
      body: { items: told, basis, inspectedOn, note, fileIds },
    })
  }
  return (
    <Card title={t(isForm2 ? 'making.check.form2' : 'making.check.title')}>
      {isForm2 && <Form2 batch={batch} basis={basis} onBasis={setBasis} />}
      <Items items={items} onItems={setItems} />
      <div className="coop-two">
        <TextField
          label={t('making.check.day')}
          type="date"
          max={today}
          value={inspectedOn}
          onText={setInspectedOn}
          error={flaw('/body/inspectedOn')}
        />
        <TextField
          label={t(isForm2 ? 'making.check.noteForm2' : 'making.check.note')}
          optional
          maxLength={500}
          value={note}
          onText={setNote}
        />
      </div>
      <PhotoInput ids={fileIds} onIds={setFileIds} max={8} />
      <ProblemNote error={inspect.error} />
      <Button
        tone={passed ? 'main' : 'danger'}
        size="l"
        full
        busy={inspect.isPending}
        refused={ready ? undefined : t('making.incomplete')}
        onClick={submit}
      >
        {t(passed ? 'making.check.release' : 'making.check.reject')}
      </Button>
    </Card>
  )
}

interface Form2Props {
  batch: Batch
  basis: readonly Basis[]
  onBasis: (basis: Basis[]) => void
}

/** The statutory words of Form 2, the certificates it stands on, and its grounds. */
function Form2({ batch, basis, onBasis }: Form2Props) {
  const toggle = (one: Basis, on: boolean) =>
    onBasis(on ? [...basis, one] : basis.filter((other) => other !== one))
  return (
    <>
      <p>{t('making.check.form2Text')}</p>
      <p className="muted small">
        {t('making.check.parents')}: {batch.taken.map((one) => one.lotCode).join(comma())}
      </p>
      <fieldset className="making-basis">
        <legend>{t('making.check.basis')}</legend>
        {bases.map((one) => (
          <Checkbox
            key={one}
            label={t(`making.check.basis.${one}`)}
            checked={basis.includes(one)}
            onCheck={(on) => toggle(one, on)}
          />
        ))}
      </fieldset>
    </>
  )
}

function Items({ items, onItems }: { items: readonly Item[]; onItems: (items: Item[]) => void }) {
  const set = (key: string, patch: Partial<Item>) =>
    onItems(items.map((one) => (one.key === key ? { ...one, ...patch } : one)))
  const add = () => onItems([...items, { key: newId(), item: '', limit: '', value: '', passed: true }])
  return (
    <div className="stack">
      {items.map((one, i) => (
        <div key={one.key} className="making-item">
          <TextField
            label={`${t('making.check.item')} ${i + 1}`}
            maxLength={60}
            value={one.item}
            onText={(item) => set(one.key, { item })}
          />
          <TextField
            label={t('making.check.limit')}
            optional
            maxLength={60}
            value={one.limit}
            onText={(limit) => set(one.key, { limit })}
          />
          <TextField
            label={t('making.check.value')}
            maxLength={60}
            value={one.value}
            onText={(value) => set(one.key, { value })}
          />
          <div className="row spread">
            <Segmented
              label={one.item || t('making.check.item')}
              value={one.passed ? 'yes' : 'no'}
              options={[
                { value: 'yes', label: t('making.check.passed') },
                { value: 'no', label: t('making.check.failed') },
              ]}
              onPick={(value) => set(one.key, { passed: value === 'yes' })}
            />
            <IconButton
              icon="trash"
              label={t('making.check.removeItem', { item: one.item || String(i + 1) })}
              onClick={() => onItems(items.filter((other) => other.key !== one.key))}
            />
          </div>
        </div>
      ))}
      <Button icon="plus" onClick={add}>
        {t('making.check.addItem')}
      </Button>
    </div>
  )
}

/** Checks that were made, newest first. */
export function Checks({ batch }: { batch: Batch }) {
  return (
    <>
      {batch.inspections.map((one) => (
        <Card
          key={one.id}
          title={`${t(one.kind === 'form_2' ? 'making.check.form2' : 'making.check.title')} ${one.number}`}
          side={
            <Badge tone={one.passed ? 'good' : 'bad'} icon={one.passed ? 'check' : 'warning'}>
              {t(one.passed ? 'making.check.passed' : 'making.check.failed')}
            </Badge>
          }
        >
          <p className="muted small">
            {t('making.check.by', { name: one.inspector ?? '', day: dayWords(one.inspectedOn) })}
          </p>
          {one.basis.length > 0 && (
            <p>{one.basis.map((basis) => t(`making.check.basis.${basis}`)).join('；')}</p>
          )}
          {one.parents.length > 0 && (
            <p className="small">
              {t('making.check.parents')}:{' '}
              {one.parents.map((parent) => `${parent.lotCode}（${parent.certificate}）`).join(comma())}
            </p>
          )}
          <ul className="coop-list">
            {one.items.map((item) => (
              <li key={item.item} className="coop-line">
                <span className="grow">
                  <b>{item.item}</b>
                  <span className="muted small">{item.limit}</span>
                </span>
                <span>{item.value}</span>
                <Badge tone={item.passed ? 'good' : 'bad'}>
                  {t(item.passed ? 'making.check.passed' : 'making.check.failed')}
                </Badge>
              </li>
            ))}
          </ul>
          {one.note && <p>{one.note}</p>}
        </Card>
      ))}
    </>
  )
}
