import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { conformityBases, conformityForms, lotKinds, withFile, withLastDay } from '@huming/shared/paper-rules'
import type { PaperId } from '@huming/shared/reference/papers'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, RadioGroup, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { FileField } from './file-field.tsx'
import type { LotPapersReply } from './lot-papers.tsx'
import { type Parent, ParentPapers } from './parent-papers.tsx'
import { largeUnit } from './quantity.ts'
import { paperFlawsOf, paperName } from './words.ts'
import './texts.ts'

type Form = (typeof conformityForms)[number]
type Basis = (typeof conformityBases)[number]

interface Props {
  lotId: string
  /** Of the lot, base units; a paper covers all of it unless told otherwise. */
  quantity: number
  baseUnit: LotPapersReply['baseUnit']
  size: 'm' | 'l'
  onClose: () => void
}

const start = (quantity: number) => ({
  kind: '' as PaperId | '',
  number: '',
  form: 'producer' as Form,
  basis: [] as Basis[],
  tested: '',
  quantity: quantity as number | null,
  origin: '',
  issuer: '',
  contact: '',
  issuedOn: serviceDayOf(new Date()) as string,
  validTo: '',
  fileId: null as string | null,
  parents: [] as Parent[],
})
type Draft = ReturnType<typeof start>

/** Enters a paper of a lot; the kind decides what else is asked. */
export function LotPaperForm({ lotId, quantity, baseUnit, size, onClose }: Props) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState(() => start(quantity))
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const write = useAct('lotPapers.write', {
    changes: ['lotPapers.list', 'stock.readLot'],
    onDone: () => {
      toast(t('papers.lot.saved'))
      onClose()
    },
  })
  const flaw = paperFlawsOf(write.error)
  const { kind } = draft
  const conformity = kind === 'conformity_certificate'
  const large = largeUnit(baseUnit)
  const complete =
    kind !== '' && draft.number.trim() !== '' && draft.quantity !== null && isServiceDay(draft.issuedOn)
  const foot = (
    <Button
      tone="main"
      size={size}
      busy={write.isPending}
      refused={complete ? undefined : t('papers.flaw.missing')}
      onClick={() => write.mutate({ params: { id }, body: bodyOf(lotId, draft) })}
    >
      {t('papers.lot.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('papers.lot.add')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <Select
          label={t('papers.kind')}
          size={size}
          value={kind}
          placeholder={t('papers.kind')}
          options={lotKinds.map((one) => ({ value: one, label: paperName(one) }))}
          onPick={(picked) => set({ kind: picked })}
          error={flaw('/body/kind')}
        />
        <TextField
          label={t('papers.number')}
          size={size}
          maxLength={60}
          value={draft.number}
          onText={(number) => set({ number })}
          error={flaw('/body/number')}
        />
        <NumberField
          label={t('papers.lot.quantity')}
          size={size}
          after={large.name}
          value={draft.quantity === null ? null : draft.quantity / large.size}
          decimals={large.decimals}
          onNumber={(value) => set({ quantity: value === null ? null : Math.round(value * large.size) })}
          error={flaw('/body/quantity')}
        />
        {conformity && <Conformity draft={draft} set={set} flaw={flaw} />}
        <TextField
          label={t('papers.lot.issuer')}
          size={size}
          optional
          maxLength={60}
          value={draft.issuer}
          onText={(issuer) => set({ issuer })}
        />
        <TextField
          label={t('papers.lot.issuedOn')}
          size={size}
          type="date"
          value={draft.issuedOn}
          onText={(issuedOn) => set({ issuedOn })}
          error={flaw('/body/issuedOn')}
        />
        <TextField
          label={t('papers.lot.validTo')}
          size={size}
          optional={!withLastDay.includes(kind)}
          type="date"
          value={draft.validTo}
          onText={(validTo) => set({ validTo })}
          error={flaw('/body/validTo')}
        />
        <FileField
          label={`${t('papers.file')}${withFile.includes(kind) ? '' : t('kit.optional')}`}
          id={draft.fileId}
          onId={(fileId) => set({ fileId })}
          error={flaw('/body/fileId')}
        />
      </div>
    </Dialog>
  )
}

interface ConformityProps {
  draft: Draft
  set: (part: Partial<Draft>) => void
  flaw: (pointer: string) => string | undefined
}

/** What a 承诺达标合格证 says beyond its number: form, statement, basis, origin, who to call. */
function Conformity({ draft, set, flaw }: ConformityProps) {
  const { form, basis } = draft
  const tested = basis.some((one) => one !== 'controlled')
  return (
    <>
      <RadioGroup
        label={t('papers.lot.form')}
        value={form}
        options={conformityForms.map((one) => ({ value: one, label: t(`papers.lot.form.${one}`) }))}
        onPick={(picked) => set({ form: picked })}
      />
      <p className="papers-statement small">{t(`papers.lot.statement.${form}`)}</p>
      {form === 'collector' && (
        <ParentPapers
          parents={draft.parents}
          onParents={(parents) => set({ parents })}
          error={flaw('/body/fromPaperIds')}
        />
      )}
      <fieldset className="papers-checks">
        <legend className="k-label">{t('papers.lot.basis')}</legend>
        {conformityBases.map((one) => (
          <Checkbox
            key={one}
            label={t(`papers.lot.basis.${one}`)}
            checked={basis.includes(one)}
            onCheck={(on) => set({ basis: on ? [...basis, one] : basis.filter((other) => other !== one) })}
          />
        ))}
        {flaw('/body/basis') && (
          <span className="k-error" role="alert">
            {flaw('/body/basis')}
          </span>
        )}
      </fieldset>
      {tested && (
        <TextField
          label={t('papers.lot.tested')}
          maxLength={200}
          value={draft.tested}
          onText={(text) => set({ tested: text })}
          error={flaw('/body/tested')}
        />
      )}
      <TextField
        label={t('papers.lot.origin')}
        maxLength={60}
        value={draft.origin}
        onText={(origin) => set({ origin })}
        error={flaw('/body/origin')}
      />
      <TextField
        label={t('papers.lot.contact')}
        optional
        maxLength={40}
        value={draft.contact}
        onText={(contact) => set({ contact })}
      />
    </>
  )
}

function bodyOf(lotId: string, draft: Draft) {
  const conformity = draft.kind === 'conformity_certificate'
  const { kind, number, tested, quantity, origin, issuer, contact, issuedOn, validTo, fileId } = draft
  return {
    lotId,
    kind,
    number,
    form: conformity ? draft.form : null,
    basis: conformity ? draft.basis : [],
    tested: conformity ? tested : '',
    quantity: quantity ?? 0,
    origin,
    issuer,
    contact,
    issuedOn,
    validTo: validTo === '' ? null : validTo,
    fileId,
    fromPaperIds: conformity && draft.form === 'collector' ? draft.parents.map((one) => one.id) : [],
  }
}
