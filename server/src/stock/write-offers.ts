import { offerShape } from '@huming/shared/contracts/catalogue'
import type { PriceTier } from '@huming/shared/pricing'
import { z } from 'zod'
import type { OfferedPack } from '../catalogue/packs.ts'
import type { Offered } from './offers.ts'

const fixedShape = offerShape.omit({
  marks: true,
  tiers: true,
  inSeason: true,
  availableUnits: true,
  unavailableReason: true,
  nextDay: true,
  lifeLeftDays: true,
})

/** Texts written so far. What changed is read as a new object, so no text outlives what it says. */
const fixedTexts = new WeakMap<OfferedPack['fixed'], string>()
const tierTexts = new WeakMap<readonly PriceTier[], string>()

/** The offer as the contract's JSON. Only what is reckoned for this page is written anew. */
export function offerText({ fixed, marks, tiers, availability, inSeason }: Offered): string {
  const { availableUnits, unavailableReason, nextDay, lifeLeftDays } = availability
  return (
    `${fixedText(fixed)},"marks":${marksText(marks)},"tiers":${tiersText(tiers)},"inSeason":${inSeason},"availableUnits":${availableUnits},` +
    `"unavailableReason":${word(unavailableReason)},"nextDay":${word(nextDay)},"lifeLeftDays":${lifeLeftDays}}`
  )
}

/** Without its closing brace. What breaks the contract throws, here as in any other reply. */
function fixedText(fixed: OfferedPack['fixed']): string {
  const known = fixedTexts.get(fixed)
  if (known !== undefined) return known
  const text = JSON.stringify(z.encode(fixedShape, fixed)).slice(0, -1)
  fixedTexts.set(fixed, text)
  return text
}

function tiersText(tiers: readonly PriceTier[]): string {
  const known = tierTexts.get(tiers)
  if (known !== undefined) return known
  const text = JSON.stringify(z.encode(offerShape.shape.tiers, [...tiers]))
  tierTexts.set(tiers, text)
  return text
}

/** Most packs have no mark. */
function marksText(marks: Offered['marks']): string {
  return marks.length === 0 ? '[]' : JSON.stringify(z.encode(offerShape.shape.marks, [...marks]))
}

/** A day or a word of the contract's own, which need no escaping. */
const word = (text: string | null): string => (text === null ? 'null' : `"${text}"`)
