import { tidyCode } from './check-digits.ts'

export type PlateResult =
  | {
      readonly ok: true
      readonly plate: string
      readonly kind: 'fuel' | 'new_energy'
      /** Province and authority: 沪A, 闽G (Sanming). */
      readonly authority: string
    }
  | { readonly ok: false; readonly reason: 'shape' }

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const FUEL = new RegExp(`^[${PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]$`)
/** New energy: eight characters, small vehicles with the type letter first, large ones with it last. */
const NEW_ENERGY = new RegExp(`^[${PROVINCES}][A-HJ-NP-Z](?:[A-HJK][A-HJ-NP-Z0-9]\\d{4}|\\d{5}[A-HJK])$`)

/** Checks a number plate as people write it ("沪A·12345", "闽G D12345"). */
export function checkPlate(text: string): PlateResult {
  const plate = tidyCode(text).replace(/[·•・.\-－]/g, '')
  const kind = FUEL.test(plate) ? 'fuel' : NEW_ENERGY.test(plate) ? 'new_energy' : null
  if (!kind) return { ok: false, reason: 'shape' }
  return { ok: true, plate, kind, authority: plate.slice(0, 2) }
}

/** "沪A·12345" for the eye. */
export function plateText(plate: string): string {
  return `${plate.slice(0, 2)}·${plate.slice(2)}`
}
