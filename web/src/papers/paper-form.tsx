import { addDays, isServiceDay, type ServiceDay } from '@huming/shared/days'
import { checkJy } from '@huming/shared/identifiers/jy'
import { checkSc } from '@huming/shared/identifiers/sc'
import { newId } from '@huming/shared/ids'
import { heldKinds, needsProducts, subjectOf } from '@huming/shared/paper-rules'
import { isPaperId, type PaperId } from '@huming/shared/reference/papers'
import { useState } from 'react'
import { t, textOf } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Button } from '../kit/button.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { FileField } from './file-field.tsx'
import { Classes, Products, Subject, useSubjects } from './paper-form-parts.tsx'
import type { Paper } from './papers.tsx'
import { paperFlawsOf, paperName } from './words.ts'

interface Draft {
  kind: PaperId | ''
  number: string
  issuer: string
  scope: string[]
  productIds: string[]
  vehicleId: string | null
  personId: string | null
  validFrom: string
  validTo: string
  confirmedOn: string
  fileId: string | null
}

const empty: Draft = {
  kind: '',
  number: '',
  issuer: '',
  scope: [],
  productIds: [],
  vehicleId: null,
  personId: null,
  validFrom: '',
  validTo: '',
  confirmedOn: '',
  fileId: null,
}

/** A correction keeps all; a renewal begins the day after and brings its own file and days. */
function draftFrom(paper: Paper | undefined, renewal: boolean): Draft {
  if (!paper) return empty
  const { number, issuer, scope, productIds, vehicleId, personId, fileId } = paper
  const kind = isPaperId(paper.kind) ? paper.kind : ''
  const same = { kind, number, issuer, scope, productIds, vehicleId, personId } as const
  if (renewal) return { ...empty, ...same, validFrom: addDays(paper.validTo as ServiceDay, 1) }
  return {
    ...same,
    validFrom: paper.validFrom,
    validTo: paper.validTo,
    confirmedOn: paper.confirmedOn ?? '',
    fileId,
  }
}

const isComplete = (draft: Draft): boolean =>
  draft.kind !== '' &&
  (subjectOf(draft.kind) === null || draft.vehicleId !== null || draft.personId !== null) &&
  draft.number.trim() !== '' &&
  isServiceDay(draft.validFrom) &&
  isServiceDay(draft.validTo)

interface PaperFormProps {
  /** Corrected, or renewed as a new paper. */
  from?: Paper
  renewal?: boolean
  onDone: () => void
}

/** Hands a paper in: the kind decides what else is asked. */
export function PaperForm({ from, renewal = false, onDone }: PaperFormProps) {
  const { orgId } = useSupplier()
  const may = useMay()
  const [id] = useState(() => (from && !renewal ? from.id : newId()))
  const [draft, setDraft] = useState(() => draftFrom(from, renewal))
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const write = useAct('papers.write', {
    changes: ['papers.list', 'papers.needs'],
    onDone: () => {
      toast(t('papers.submitted'))
      onDone()
    },
  })
  const flaw = paperFlawsOf(write.error)
  const { vehicles } = useSubjects()
  // Who has no goods has no papers of products; who has no vehicles none of vehicles and drivers.
  const kinds = heldKinds.filter(
    (one) =>
      (may('catalogue.manage') || !needsProducts(one)) && (vehicles.length > 0 || subjectOf(one) === null),
  )
  const { kind } = draft
  const submit = () => {
    if (!orgId || kind === '') return
    const { confirmedOn, ...rest } = draft
    const body = {
      ...rest,
      kind,
      orgId,
      scope: scopeOf(draft),
      confirmedOn: confirmedOn === '' ? null : confirmedOn,
      version: from && !renewal ? from.version : 0,
    }
    write.mutate({ params: { id }, body })
  }
  return (
    <>
      <Card>
        <div className="stack">
          <ProblemNote error={write.error} />
          <Select
            label={t('papers.kind')}
            value={kind}
            placeholder={t('papers.kind')}
            options={kinds.map((one) => ({ value: one, label: paperName(one) }))}
            onPick={(picked) => set({ kind: picked, scope: [], vehicleId: null, personId: null })}
            error={flaw('/body/kind')}
            disabled={from !== undefined}
          />
          {kind !== '' && <Subject kind={kind} draft={draft} set={set} flaw={flaw} />}
          <TextField
            label={t('papers.number')}
            hint={textOf(`papers.numberHint.${kind}`, '')}
            maxLength={60}
            autoCapitalize="characters"
            value={draft.number}
            onText={(number) => set({ number, scope: withMainClass(kind, number, draft.scope) })}
            error={flaw('/body/number')}
          />
          {kind === 'production_licence' && (
            <Classes draft={draft} onScope={(scope) => set({ scope })} error={flaw('/body/scope')} />
          )}
          {kind !== '' && needsProducts(kind) && (
            <Products
              draft={draft}
              onIds={(productIds) => set({ productIds })}
              error={flaw('/body/productIds')}
            />
          )}
          <TextField
            label={t('papers.issuer')}
            optional
            maxLength={60}
            value={draft.issuer}
            onText={(issuer) => set({ issuer })}
          />
          <TextField
            label={t('papers.validFrom')}
            type="date"
            value={draft.validFrom}
            onText={(validFrom) => set({ validFrom })}
            error={flaw('/body/validFrom')}
          />
          <TextField
            label={t('papers.validTo')}
            type="date"
            value={draft.validTo}
            onText={(validTo) => set({ validTo })}
            error={flaw('/body/validTo')}
          />
          {kind === 'named_special' && (
            <TextField
              label={t('papers.confirmedOn')}
              hint={t('papers.confirmedHint')}
              optional
              type="date"
              value={draft.confirmedOn}
              onText={(confirmedOn) => set({ confirmedOn })}
            />
          )}
          <FileField
            label={t('papers.file')}
            id={draft.fileId}
            onId={(fileId) => set({ fileId })}
            error={flaw('/body/fileId')}
          />
        </div>
      </Card>
      <BottomBar>
        <Button
          tone="main"
          busy={write.isPending}
          refused={isComplete(draft) ? undefined : t('papers.incomplete')}
          onClick={submit}
        >
          {t('papers.submit')}
        </Button>
      </BottomBar>
    </>
  )
}

/** The main class stands in the number; it is ticked as soon as the number is whole. */
function withMainClass(kind: string, number: string, scope: string[]): string[] {
  const sc = checkSc(number)
  if (kind !== 'production_licence' || !sc.ok || sc.of !== 'food') return scope
  return [...new Set([...scope, `1${sc.mainClass}`])]
}

/** A trading licence says its kind by its number; other kinds have no classes here. */
function scopeOf({ kind, number, scope }: Draft): string[] {
  if (kind === 'production_licence') return scope
  if (kind !== 'trading_licence') return []
  const jy = checkJy(number)
  return jy.ok ? [String(jy.business)] : []
}
