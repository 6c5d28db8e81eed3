import { newId } from '@huming/shared/ids'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import type { Input, Reply } from '../app/api.ts'

type Recipe = Reply<'production.readRecipe'>
type Body = Input<'production.writeRecipe'>['body']

/** A pack as the form needs it. */
export interface Pack {
  skuId: string
  name: string
  nameEn: string
  spec: string
  supplier: string
  baseUnit: BaseUnit
  orderUnit: UnitId
  basePerOrderUnit: number
}
export interface DraftInput {
  pack: Pack
  quantity: number | null
  lossPercent: number | null
}
export interface DraftStep {
  key: string
  name: string
  minutes: number | null
  min: number | null
  max: number | null
}
export interface RecipeDraft {
  pack: Pack | null
  kind: 'process' | 'repack'
  batchQuantity: number | null
  tolerancePercent: number | null
  validFrom: string
  note: string
  inputs: DraftInput[]
  steps: DraftStep[]
}

export const emptyStep = (): DraftStep => ({ key: newId(), name: '', minutes: null, min: null, max: null })

/** A new recipe, or the next version of one. */
export function draftOf(from: Recipe | null, today: string): RecipeDraft {
  if (!from)
    return {
      pack: null,
      kind: 'process',
      batchQuantity: null,
      tolerancePercent: 3,
      validFrom: today,
      note: '',
      inputs: [],
      steps: [],
    }
  return {
    pack: from,
    kind: from.kind,
    batchQuantity: from.batchQuantity,
    tolerancePercent: from.toleranceBp / 100,
    validFrom: today,
    note: from.note,
    inputs: from.inputs.map((input) => ({
      pack: input,
      quantity: input.quantity,
      lossPercent: input.lossBp / 100,
    })),
    steps: from.steps.map(({ name, minutes, minDeciC, maxDeciC }) => ({
      key: newId(),
      name,
      minutes,
      min: minDeciC === null ? null : minDeciC / 10,
      max: maxDeciC === null ? null : maxDeciC / 10,
    })),
  }
}

const deci = (celsius: number | null): number | null => (celsius === null ? null : Math.round(celsius * 10))

/** The draft as it is sent; null while something is missing. */
export function bodyOf(draft: RecipeDraft): Body | null {
  const { pack, kind, batchQuantity, tolerancePercent, validFrom, note } = draft
  if (!pack || batchQuantity === null || draft.inputs.length === 0) return null
  const inputs = draft.inputs.flatMap(({ pack: { skuId }, quantity, lossPercent }) =>
    quantity === null ? [] : [{ skuId, quantity, lossBp: Math.round((lossPercent ?? 0) * 100) }],
  )
  if (inputs.length < draft.inputs.length || draft.steps.some((step) => step.name.trim() === '')) return null
  return {
    skuId: pack.skuId,
    kind,
    batchQuantity,
    toleranceBp: Math.round((tolerancePercent ?? 0) * 100),
    validFrom,
    note,
    inputs,
    steps: draft.steps.map(({ name, minutes, min, max }) => ({
      name,
      minutes,
      minDeciC: deci(min),
      maxDeciC: deci(max),
    })),
  }
}
