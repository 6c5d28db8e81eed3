import { type BaseUnit, type UnitId, unitName } from '@huming/shared/units'
import { locale, t } from '../app/i18n.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Select } from '../kit/field.tsx'
import { Note } from '../kit/states.tsx'
import { AmountField } from './amount-field.tsx'
import { measuresOf, orderUnitsOf, type PackDraft, priceUnitsOf } from './pack-draft.ts'
import type { PartProps } from './pack-form.tsx'
import { packWords } from './words.ts'
import './product-texts.ts'

const unitOptions = (units: readonly UnitId[]) =>
  units.map((value) => ({ value, label: unitName(value, locale()) }))

/** Measured how, ordered in what, holding how much, priced per what; told again in plain words. */
export function PackUnits({ draft, set, flaw }: PartProps) {
  const { baseUnit, orderUnit, basePerOrderUnit } = draft
  return (
    <>
      <Segmented
        label={t('coop.pack.measured')}
        value={baseUnit}
        options={[
          { value: 'g', label: t('coop.pack.byMass') },
          { value: 'ml', label: t('coop.pack.byVolume') },
          { value: 'piece', label: t('coop.pack.byPiece') },
        ]}
        onPick={(next) => set(measuredBy(next))}
      />
      <div className="coop-two">
        <Select
          label={t('coop.pack.orderUnit')}
          value={orderUnit}
          options={unitOptions(orderUnitsOf(baseUnit))}
          onPick={(next) => set({ orderUnit: next })}
        />
        <AmountField
          key={`${baseUnit}-order`}
          label={t('coop.pack.holds', { unit: unitName(orderUnit, locale()) })}
          units={measuresOf(baseUnit)}
          packing={{ baseUnit, conversions: [] }}
          base={basePerOrderUnit}
          onBase={(base) => set({ basePerOrderUnit: base })}
          error={flaw('/body/basePerOrderUnit')}
        />
      </div>
      <InnerUnits draft={draft} set={set} flaw={flaw} />
      <Select
        label={t('coop.pack.priceUnit')}
        value={draft.priceUnit}
        options={unitOptions(priceUnitsOf(draft))}
        onPick={(priceUnit) => set({ priceUnit })}
        error={flaw('/body/basePerPriceUnit')}
      />
      {basePerOrderUnit !== null && <Note tone="good">{wordsOf(draft, basePerOrderUnit)}</Note>}
    </>
  )
}

/** A different measure makes all sizes said so far meaningless. */
const measuredBy = (baseUnit: BaseUnit): Partial<PackDraft> => ({
  baseUnit,
  basePerOrderUnit: null,
  units: [],
  priceUnit: measuresOf(baseUnit)[0] ?? 'piece',
  ...(baseUnit === 'piece' ? { catchWeight: false } : {}),
})

function wordsOf(draft: PackDraft, basePerOrderUnit: number): string {
  const units = draft.units.flatMap(({ unit, size }) => (size === null ? [] : [{ unit, baseQuantity: size }]))
  const words = packWords({ ...draft, basePerOrderUnit, units })
  return t('coop.pack.inWords', { words, price: unitName(draft.priceUnit, locale()) })
}

const innerMax = 12

/** Units inside the order unit: 1 袋 = 1 kg. */
function InnerUnits({ draft, set, flaw }: PartProps) {
  const { units, baseUnit } = draft
  const change = (at: number, patch: Partial<PackDraft['units'][number]>) =>
    set({ units: units.map((one, index) => (index === at ? { ...one, ...patch } : one)) })
  const free = orderUnitsOf(baseUnit).filter(
    (unit) =>
      unit !== draft.orderUnit &&
      !measuresOf(baseUnit).includes(unit) &&
      !units.some((one) => one.unit === unit),
  )
  const next = free.includes('bag') ? 'bag' : free[0]
  return (
    <div className="stack" style={{ ['--gap' as string]: '12px' }}>
      {units.map((one, index) => (
        <div className="coop-inner" key={one.unit}>
          <Select
            label={t('coop.pack.innerUnit')}
            value={one.unit}
            options={unitOptions([one.unit, ...free])}
            onPick={(unit) => change(index, { unit })}
          />
          <AmountField
            label={t('coop.pack.holds', { unit: unitName(one.unit, locale()) })}
            units={measuresOf(baseUnit)}
            packing={{ baseUnit, conversions: [] }}
            base={one.size}
            onBase={(size) => change(index, { size })}
            error={flaw(`/body/units/${index}`)}
          />
          <IconButton
            icon="trash"
            label={t('coop.pack.innerRemove', { unit: unitName(one.unit, locale()) })}
            onClick={() => set({ units: units.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {next && units.length < innerMax && (
        <div>
          <Button icon="plus" onClick={() => set({ units: [...units, { unit: next, size: null }] })}>
            {t('coop.pack.innerAdd')}
          </Button>
        </div>
      )}
    </div>
  )
}
