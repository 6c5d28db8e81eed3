import { newId } from '@huming/shared/ids'
import { toBase } from '@huming/shared/quantity'
import { type UnitId, unitName } from '@huming/shared/units'
import { useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { type Input, type Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { useOnline } from '../app/shell.tsx'
import { Quantity } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, RadioGroup, Select, TextArea, TextField } from '../kit/field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { ClaimPhotos, type Shot } from './claim-photos.tsx'
import { keepClaim } from './outbox.ts'
import './texts.ts'
import { kindText, momentText, packingOf } from './words.ts'

type Choices = Reply<'claims.choices'>
type Choice = Choices['lines'][number]
type Kind = Choice['kinds'][number]['kind']
type Draft = { id: string; kind: Kind | ''; amount: string; unit: UnitId; shots: Shot[] }

const keyOf = (line: Choice): string => `${line.orderLineId} ${line.lotId}`

/** The buyer's claim on one order, on the phone: goods by lot, what is wrong, how much, photos. Works without a network. */
export function ClaimForm() {
  const [search] = useSearchParams()
  const orderId = search.get('order') ?? ''
  const choices = useApi('claims.choices', { params: { id: orderId } })
  // Where the claim is seen afterwards must be there without a network.
  useEffect(() => void import('./claims.tsx'), [])
  return (
    <>
      <PageHeader title={t('claims.ask')} back={`/orders/${orderId}`} />
      <Loaded query={choices}>{(found) => <Form orderId={orderId} choices={found} />}</Loaded>
    </>
  )
}

function Form({ orderId, choices }: { orderId: string; choices: Choices }) {
  const [drafts, setDrafts] = useState<Record<string, Draft>>({})
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [id] = useState(newId)
  const { person } = useMe()
  const online = useOnline()
  const [, go] = useLocation()
  const open = choices.lines.filter((line) => line.left > 0 && line.kinds.length > 0)
  if (open.length === 0) return <EmptyState icon="check" text={t('claims.nothingLeft')} />
  const picked = open.flatMap((line) => {
    const draft = drafts[keyOf(line)]
    return draft ? [{ line, draft, flaw: flawOf(line, draft) }] : []
  })
  const send = async () => {
    setBusy(true)
    const lines: Input<'claims.send'>['body']['lines'] = picked.map(({ line, draft }) => ({
      id: draft.id,
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      kind: draft.kind as Kind,
      quantity: baseOf(line, draft) ?? 0,
      photoFileIds: draft.shots.map((shot) => shot.id),
    }))
    const photos = picked.flatMap(({ draft }) => draft.shots)
    await keepClaim(person.id, { params: { id }, body: { orderId, note, lines } }, photos)
    if (!online) toast(t('claims.kept'))
    go('/claims')
  }
  const flaw = picked.length === 0 ? t('claims.pickGoods') : picked.find((one) => one.flaw)?.flaw
  return (
    <div className="stack">
      <p className="muted">{t('claims.forOrder', { number: choices.orderNumber })}</p>
      {open.map((line) => (
        <LineCard
          key={keyOf(line)}
          line={line}
          draft={drafts[keyOf(line)]}
          onDraft={(draft) =>
            setDrafts(({ [keyOf(line)]: _old, ...rest }) =>
              draft ? { ...rest, [keyOf(line)]: draft } : rest,
            )
          }
        />
      ))}
      <TextArea label={t('claims.note')} optional value={note} maxLength={500} onText={setNote} />
      <BottomBar>
        <Button tone="main" size="l" full busy={busy} refused={flaw} onClick={() => void send()}>
          {t('claims.send')}
        </Button>
      </BottomBar>
    </div>
  )
}

const baseOf = (line: Choice, draft: Draft): number | null => {
  const made = toBase(draft.amount, draft.unit, packingOf(line).packing)
  return made.ok ? made.quantity : null
}

/** What is still missing of a line, in words. */
function flawOf(line: Choice, draft: Draft): string | undefined {
  const kind = line.kinds.find((one) => one.kind === draft.kind)
  if (!kind) return t('claims.whichKind')
  const quantity = baseOf(line, draft)
  if (quantity === null || quantity <= 0 || quantity > line.left) return t('claims.howMuch')
  return draft.shots.length < kind.photosMin ? t('claims.photosNeeded', { count: kind.photosMin }) : undefined
}

const unitsOf = (line: Choice): UnitId[] => {
  const base: UnitId[] = line.baseUnit === 'g' ? ['kg', 'g'] : line.baseUnit === 'ml' ? ['ml'] : ['piece']
  return [...new Set([line.orderUnit, ...base])]
}

type LineProps = { line: Choice; draft: Draft | undefined; onDraft: (draft: Draft | null) => void }

function LineCard({ line, draft, onDraft }: LineProps) {
  const kind = line.kinds.find((one) => one.kind === draft?.kind)
  const fresh = (): Draft => ({ id: newId(), kind: '', amount: '', unit: line.orderUnit, shots: [] })
  const left = <Quantity base={line.left} {...packingOf(line)} />
  return (
    <Card>
      <Checkbox
        label={`${named({ zh: line.name, en: line.nameEn })} ${line.spec}`}
        hint={t('claims.lot', { code: line.lotCode })}
        checked={draft !== undefined}
        onCheck={(on) => onDraft(on ? fresh() : null)}
      />
      <span className="muted small">
        {line.supplier} · {left}
      </span>
      {draft && (
        <div className="stack">
          <RadioGroup
            label={t('claims.kind')}
            value={draft.kind}
            options={line.kinds.map((one) => ({
              value: one.kind,
              label: kindText(one.kind),
              hint: t('claims.until', { at: momentText(one.until) }),
            }))}
            onPick={(value) => onDraft({ ...draft, kind: value })}
          />
          <div className="row">
            <div className="grow">
              <TextField
                label={t('claims.quantity')}
                inputMode="decimal"
                value={draft.amount}
                onText={(amount) => onDraft({ ...draft, amount })}
              />
            </div>
            <Select
              label={t('claims.unit')}
              value={draft.unit}
              options={unitsOf(line).map((unit) => ({ value: unit, label: unitName(unit, locale(), 1) }))}
              onPick={(unit) => onDraft({ ...draft, unit })}
            />
          </div>
          {kind && kind.photosMin > 0 && (
            <span className="small">{t('claims.photosNeeded', { count: kind.photosMin })}</span>
          )}
          <ClaimPhotos shots={draft.shots} onShots={(shots) => onDraft({ ...draft, shots })} />
        </div>
      )}
    </Card>
  )
}
