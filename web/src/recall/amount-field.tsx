import { packedText } from '@huming/shared/packed-text'
import { fromBase, toBase } from '@huming/shared/quantity'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import { unitName } from '@huming/shared/units'
import { locale } from '../app/i18n.ts'
import { TextField } from '../kit/field.tsx'

type Pack = { baseUnit: BaseUnit; orderUnit: UnitId; basePerOrderUnit: number }

const packing = (pack: Pack) => ({
  baseUnit: pack.baseUnit,
  conversions: [{ unit: pack.orderUnit, size: pack.basePerOrderUnit }],
})

/** What was typed in base units; null when it is no amount of this pack. */
export function amountOf(text: string, pack: Pack): number | null {
  const read = toBase(text.trim() === '' ? '0' : text, unitOf(pack), packing(pack))
  return read.ok ? read.quantity : null
}

/** A quantity as it stands in the field. */
export const amountText = (base: number, pack: Pack): string =>
  fromBase(base, unitOf(pack), packing(pack)) ?? String(base)

/** Weighed goods are told in kg and litres, others in pieces: what lies there is seldom a whole carton. */
const unitOf = (pack: Pack): UnitId =>
  pack.baseUnit === 'g' ? 'kg' : pack.baseUnit === 'ml' ? 'litre' : 'piece'

/** A quantity of one pack, typed in kg, litres or pieces, and told again in cartons. */
export function AmountField(props: {
  label: string
  pack: Pack
  text: string
  onText: (text: string) => void
  error?: string | undefined
  size?: 'm' | 'l'
}) {
  const base = amountOf(props.text, props.pack)
  return (
    <TextField
      label={props.label}
      value={props.text}
      inputMode="decimal"
      size={props.size ?? 'm'}
      after={unitName(unitOf(props.pack), locale())}
      hint={base ? packedText(base, props.pack, locale()) : undefined}
      error={props.error}
      onText={props.onText}
    />
  )
}
