import { ALLERGEN_IDS, ALLERGENS } from '@huming/shared/reference/allergens'
import { HANDLING_IDS, HANDLINGS } from '@huming/shared/reference/handling'
import { TAX_CLASS_IDS, TAX_CLASSES } from '@huming/shared/reference/taxes'
import { ZONE_IDS, ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { AmountField } from './amount-field.tsx'
import { flawsOf } from './flaws.ts'
import { bodyOf, draftOf, type PackDraft, type Sku } from './pack-draft.ts'
import { PackUnits } from './pack-units.tsx'
import type { ManagedProduct } from './product.tsx'
import './product-texts.ts'

interface PackFormProps {
  product: ManagedProduct
  skuId: string
  sku: Sku | undefined
  onSaved: () => void
}

export interface PartProps {
  draft: PackDraft
  set: (patch: Partial<PackDraft>) => void
  flaw: (pointer: string) => string | undefined
}

/** How a product is packed, kept and counted. */
export function PackForm({ product, skuId, sku, onSaved }: PackFormProps) {
  const [draft, setDraft] = useState(() => draftOf(product.category, sku, codeFor(product, skuId)))
  const set = (patch: Partial<PackDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const save = useAct('catalogue.writeSku', {
    changes: ['catalogue.readManagedProduct', 'catalogue.listProducts'],
    onDone: onSaved,
  })
  const body = bodyOf(draft, product.id, sku?.version ?? 0)
  const part = { draft, set, flaw: flawsOf(save.error) }
  return (
    <div className="stack coop-form">
      <Card title={t('coop.pack.units')}>
        <PackUnits {...part} />
      </Card>
      <Card title={t('coop.pack.keeping')}>
        <Keeping {...part} />
      </Card>
      <Card title={t('coop.pack.ordering')}>
        <Ordering {...part} />
      </Card>
      <Card title={t('coop.pack.label')}>
        <Label {...part} known={sku !== undefined} />
      </Card>
      <ProblemNote error={save.error} />
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          busy={save.isPending}
          refused={body ? undefined : t('coop.incomplete')}
          onClick={() => body && save.mutate({ params: { id: skuId }, body })}
        >
          {t('kit.save')}
        </Button>
      </BottomBar>
    </div>
  )
}

/** A code nobody else has, from the product's short code and the id. */
const codeFor = (product: ManagedProduct, skuId: string): string =>
  `${product.shortCodes[0] ?? 'SM'}-${skuId.slice(-4).toUpperCase()}`

function Keeping({ draft, set, flaw }: PartProps) {
  return (
    <>
      <div className="coop-two">
        <Select
          label={t('coop.pack.zone')}
          value={draft.zone}
          options={ZONE_IDS.map((value) => ({ value, label: named(ZONES[value]) }))}
          onPick={(zone) => set({ zone })}
        />
        <NumberField
          label={t('coop.pack.shelfLife')}
          after={t('coop.days')}
          min={1}
          max={3650}
          value={draft.shelfLifeDays}
          onNumber={(shelfLifeDays) => set({ shelfLifeDays })}
          error={flaw('/body/shelfLifeDays')}
        />
        <NumberField
          label={t('coop.pack.minRemaining')}
          hint={t('coop.pack.minRemainingHint')}
          after={t('coop.days')}
          min={0}
          max={3650}
          value={draft.minRemainingDays}
          onNumber={(minRemainingDays) => set({ minRemainingDays })}
          error={flaw('/body/minRemainingDays')}
        />
      </div>
      <div className="coop-two">
        <AmountField
          label={t('coop.pack.gross')}
          units={['kg', 'g']}
          packing={{ baseUnit: 'g', conversions: [] }}
          base={draft.grossGrams}
          onBase={(grossGrams) => set({ grossGrams })}
          error={flaw('/body/grossGramsPerUnit')}
        />
        <AmountField
          label={t('coop.pack.volume')}
          hint={t('coop.pack.volumeHint')}
          units={['litre', 'ml']}
          packing={{ baseUnit: 'ml', conversions: [] }}
          base={draft.millilitres}
          onBase={(millilitres) => set({ millilitres })}
          error={flaw('/body/millilitresPerUnit')}
        />
      </div>
      <TextField
        label={t('coop.pack.storage')}
        optional
        maxLength={120}
        value={draft.storage}
        onText={(storage) => set({ storage })}
      />
    </>
  )
}

function Ordering({ draft, set, flaw }: PartProps) {
  return (
    <>
      <div className="coop-three">
        <NumberField
          label={t('coop.pack.min')}
          min={1}
          max={9999}
          value={draft.minUnits}
          onNumber={(minUnits) => set({ minUnits })}
        />
        <NumberField
          label={t('coop.pack.step')}
          min={1}
          max={9999}
          value={draft.stepUnits}
          onNumber={(stepUnits) => set({ stepUnits })}
        />
        <NumberField
          label={t('coop.pack.max')}
          min={1}
          max={9999}
          value={draft.maxUnits}
          onNumber={(maxUnits) => set({ maxUnits })}
          error={flaw('/body/maxUnits')}
        />
      </div>
      <Select
        label={t('coop.pack.handling')}
        hint={t('coop.pack.handlingHint')}
        value={draft.handling}
        options={HANDLING_IDS.map((value) => ({ value, label: named(HANDLINGS[value]) }))}
        onPick={(handling) => set({ handling })}
      />
      <Checkbox
        label={t('coop.pack.loose')}
        hint={t('coop.pack.looseHint')}
        checked={draft.loose}
        onCheck={(loose) => set({ loose })}
      />
      {draft.baseUnit !== 'piece' && (
        <Checkbox
          label={t('coop.pack.catchWeight')}
          hint={t('coop.pack.catchWeightHint')}
          checked={draft.catchWeight}
          onCheck={(catchWeight) => set({ catchWeight })}
        />
      )}
      {draft.catchWeight && (
        <NumberField
          label={t('coop.pack.tolerance')}
          after="%"
          min={0}
          max={50}
          decimals={1}
          value={draft.tolerancePercent}
          onNumber={(tolerancePercent) => set({ tolerancePercent })}
        />
      )}
      <Select
        label={t('coop.pack.tax')}
        value={draft.taxClass}
        options={TAX_CLASS_IDS.map((value) => ({ value, label: named(TAX_CLASSES[value]) }))}
        onPick={(taxClass) => set({ taxClass })}
      />
    </>
  )
}

function Label({ draft, set, flaw, known }: PartProps & { known: boolean }) {
  return (
    <>
      <TextField
        label={t('coop.pack.spec')}
        hint={t('coop.pack.specHint')}
        maxLength={80}
        value={draft.spec}
        onText={(spec) => set({ spec })}
        error={flaw('/body/spec')}
      />
      <div className="coop-two">
        <TextField
          label={t('coop.pack.code')}
          hint={t('coop.pack.codeHint')}
          maxLength={24}
          value={draft.code}
          onText={(code) => set({ code })}
          error={flaw('/body/code')}
        />
        <TextField
          label={t('coop.pack.gtin')}
          optional
          inputMode="numeric"
          maxLength={14}
          value={draft.gtin}
          onText={(gtin) => set({ gtin })}
          error={flaw('/body/gtin')}
        />
      </div>
      <fieldset className="coop-allergens">
        <legend className="k-label">{t('coop.pack.allergens')}</legend>
        {ALLERGEN_IDS.map((id) => (
          <Checkbox
            key={id}
            label={named(ALLERGENS[id])}
            checked={draft.allergens.includes(id)}
            onCheck={(on) =>
              set({
                allergens: on ? [...draft.allergens, id] : draft.allergens.filter((one) => one !== id),
              })
            }
          />
        ))}
      </fieldset>
      {known && (
        <Checkbox
          label={t('coop.pack.archive')}
          checked={draft.archived}
          onCheck={(archived) => set({ archived })}
        />
      )}
    </>
  )
}
