import { baseText, fromBase, type Packing, toBase } from '@huming/shared/quantity'
import { type UnitId, unitName } from '@huming/shared/units'
import { useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import { Field, type FieldProps } from '../kit/field.tsx'
import { Icon } from '../kit/icon.tsx'

interface AmountFieldProps extends FieldProps {
  /** Units that may be chosen, the usual one first. */
  units: readonly UnitId[]
  packing: Packing
  /** In base units; null while it is none. */
  base: number | null
  /** `wrong`: something is written that is no amount of these units. */
  onBase: (base: number | null, wrong: boolean) => void
  size?: 'm' | 'l'
}

/** A quantity as people say it: a number and its unit, told again in kg, L or pieces to be sure. */
export function AmountField({ units, packing, base, onBase, size, ...field }: AmountFieldProps) {
  const [unit, setUnit] = useState<UnitId>(() => bestUnit(units, packing, base))
  const [text, setText] = useState(() => (base === null ? '' : (fromBase(base, unit, packing) ?? '')))
  const read = (nextText: string, nextUnit: UnitId) => {
    setText(nextText)
    setUnit(nextUnit)
    const result = toBase(nextText, nextUnit, packing)
    onBase(result.ok && result.quantity > 0 ? result.quantity : null, nextText.trim() !== '' && !result.ok)
  }
  const result = toBase(text, unit, packing)
  const wrong = text.trim() !== '' && !result.ok ? t(`coop.amount.${result.reason}`) : undefined
  const told =
    result.ok && result.quantity > 0
      ? `= ${baseText(result.quantity, packing.baseUnit, locale())}`
      : undefined
  return (
    <Field {...field} hint={field.hint ?? told} error={field.error ?? wrong}>
      {(wired) => (
        <div className="coop-amount">
          <input
            {...wired}
            className="k-input"
            data-size={size}
            inputMode="decimal"
            autoComplete="off"
            maxLength={15}
            value={text}
            onChange={(event) => read(event.target.value, unit)}
            onFocus={(event) => event.target.select()}
          />
          <div className="k-select">
            <select
              className="k-input"
              data-size={size}
              aria-label={t('coop.amount.unit', { what: field.label })}
              value={unit}
              onChange={(event) => read(text, event.target.value as UnitId)}
            >
              {units.map((one) => (
                <option key={one} value={one}>
                  {unitName(one, locale())}
                </option>
              ))}
            </select>
            <Icon name="down" size={18} />
          </div>
        </div>
      )}
    </Field>
  )
}

/** The first unit in which the quantity reads without many decimals. */
function bestUnit(units: readonly UnitId[], packing: Packing, base: number | null): UnitId {
  const first = units[0] ?? 'piece'
  if (base === null) return first
  const exact = units.find((unit) => fromBase(base, unit, packing)?.includes('.') === false)
  return exact ?? units.find((unit) => fromBase(base, unit, packing) !== null) ?? first
}
