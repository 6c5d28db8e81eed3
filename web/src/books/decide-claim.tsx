import { fromBase, toBase } from '@huming/shared/quantity'
import { type UnitId, unitName } from '@huming/shared/units'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Select, TextArea, TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import type { Claim, ClaimLine } from './claim.tsx'
import { claimReads, packingOf, partyText } from './words.ts'

const parties = ['supplier', 'hub', 'carrier', 'nobody'] as const
type Party = (typeof parties)[number]
type Draft = { amount: string; party: Party }

/** As ordered where that is a whole number of units, else kilograms or pieces. */
const unitOf = (line: ClaimLine): UnitId => {
  const { packing } = packingOf(line)
  if (/^\d+$/.test(fromBase(line.quantity, line.orderUnit, packing) ?? '')) return line.orderUnit
  return line.baseUnit === 'g' ? 'kg' : line.baseUnit
}

/** The desk decides every line: as the evidence proposes unless it says otherwise. */
export function DecideClaim({ claim }: { claim: Claim }) {
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() =>
    Object.fromEntries(
      claim.lines.map((line) => [
        line.id,
        {
          amount: fromBase(line.quantity, unitOf(line), packingOf(line).packing) ?? '',
          party: line.proposal?.party ?? 'supplier',
        },
      ]),
    ),
  )
  const [reason, setReason] = useState('')
  const act = useAct('claims.decide', { changes: claimReads })
  const read = (line: ClaimLine): number | null => {
    const made = toBase(drafts[line.id]?.amount ?? '', unitOf(line), packingOf(line).packing)
    return made.ok && made.quantity <= line.quantity ? made.quantity : null
  }
  const wrong = claim.lines.some((line) => read(line) === null)
  const send = () =>
    act.mutate({
      params: { id: claim.id },
      body: {
        version: claim.version,
        reason,
        lines: claim.lines.map((line) => ({
          id: line.id,
          acceptedQuantity: read(line) ?? 0,
          party: read(line) === 0 ? null : (drafts[line.id]?.party ?? 'supplier'),
        })),
      },
    })
  const change = (line: ClaimLine, part: Partial<Draft>) =>
    setDrafts((all) => ({ ...all, [line.id]: { amount: '', party: 'supplier', ...all[line.id], ...part } }))
  return (
    <Card title={t('claims.decide')}>
      {claim.lines.map((line) => (
        <fieldset key={line.id} className="stack">
          <legend>
            {named({ zh: line.name, en: line.nameEn })} {line.spec}
          </legend>
          <div className="row">
            <TextField
              label={t('claims.acceptedQuantity')}
              inputMode="decimal"
              after={unitName(unitOf(line), locale(), 1)}
              value={drafts[line.id]?.amount ?? ''}
              error={read(line) === null ? t('claims.tooMuch') : undefined}
              onText={(amount) => change(line, { amount })}
            />
            <Select
              label={t('claims.party')}
              value={drafts[line.id]?.party ?? 'supplier'}
              options={parties.map((value) => ({ value, label: partyText(value) }))}
              onPick={(party) => change(line, { party })}
            />
          </div>
        </fieldset>
      ))}
      <TextArea label={t('claims.reason')} value={reason} maxLength={500} onText={setReason} />
      <ProblemNote error={act.error} />
      <Button
        tone="main"
        busy={act.isPending}
        refused={wrong ? t('claims.tooMuch') : reason.trim() ? undefined : t('claims.reason')}
        onClick={send}
      >
        {t('claims.decideDone')}
      </Button>
    </Card>
  )
}
