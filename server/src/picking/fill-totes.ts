import type { ToteKind } from '@huming/db/schema/picking-rules'

/** Goods of one lot for one line, and what may lie beside them. */
export type Portion = {
  readonly lineId: string
  readonly lotId: string
  readonly quantity: number
  readonly orderId: string
  readonly zone: string
  readonly separation: string
  /** Set for loose goods: no other lot may lie with them. */
  readonly looseLotId: string | null
  /** Base units that may not be broken, and their gross weight and volume. */
  readonly unit: number
  readonly unitGrams: number
  readonly unitMillilitres: number
}
export type PlannedTote = {
  readonly orderId: string
  readonly zone: string
  readonly separation: string
  readonly looseLotId: string | null
  readonly part: number
  readonly kind: string
}
export type Filled<P extends Portion> = P & { readonly tote: PlannedTote }

/**
 * Parts the goods of orders into totes: never two orders, zones or classes of separation in one, loose goods by the
 * lot. The smallest kind that takes all of a group takes it; what none takes goes into several of the largest, and
 * a portion that is too much for one is parted in whole units.
 */
export function fillTotes<P extends Portion>(
  portions: readonly P[],
  kinds: readonly ToteKind[],
): Filled<P>[] {
  const parts = new Map<string, number>()
  const filled: Filled<P>[] = []
  const groups = Map.groupBy(portions, (p) => `${p.orderId}/${p.zone}/${p.separation}/${p.looseLotId ?? ''}`)
  for (const group of groups.values()) {
    const { orderId, zone, separation, looseLotId } = group[0] as P
    const kind = kindFor(sumOf(group), kinds)
    const open = (): PlannedTote => {
      const key = `${orderId}/${zone}/${separation}`
      const part = (parts.get(key) ?? 0) + 1
      parts.set(key, part)
      return { orderId, zone, separation, looseLotId, part, kind: kind.kind }
    }
    for (const one of fillGroup(group, kind, open)) filled.push(one)
  }
  return filled
}

type Load = { readonly grams: number; readonly millilitres: number }

/** Gross weight and volume, a broken unit counted as its share. */
export const loadOf = (
  p: Pick<Portion, 'unit' | 'unitGrams' | 'unitMillilitres'>,
  quantity: number,
): Load => ({
  grams: Math.ceil((quantity * p.unitGrams) / p.unit),
  millilitres: Math.ceil((quantity * p.unitMillilitres) / p.unit),
})

function sumOf(group: readonly Portion[]): Load {
  let [grams, millilitres] = [0, 0]
  for (const portion of group) {
    const load = loadOf(portion, portion.quantity)
    grams += load.grams
    millilitres += load.millilitres
  }
  return { grams, millilitres }
}

const takes = (kind: ToteKind, load: Load): boolean =>
  load.grams <= kind.grams && load.millilitres <= kind.millilitres

/** The smallest kind that takes the load whole, else the largest. */
export const kindFor = (load: Load, kinds: readonly ToteKind[]): ToteKind =>
  kinds.find((kind) => takes(kind, load)) ?? (kinds.at(-1) as ToteKind)

function fillGroup<P extends Portion>(
  group: readonly P[],
  kind: ToteKind,
  open: () => PlannedTote,
): Filled<P>[] {
  const filled: Filled<P>[] = []
  let tote = open()
  let held: Load = { grams: 0, millilitres: 0 }
  for (const portion of group) {
    let left = portion.quantity
    while (left > 0) {
      const fits = Math.min(left, roomFor(portion, kind, held))
      const empty = held.grams === 0 && held.millilitres === 0
      // What is heavier than a whole tote still needs one: unit by unit.
      const quantity = fits > 0 ? fits : empty ? Math.min(left, portion.unit) : 0
      if (quantity > 0) {
        filled.push({ ...portion, quantity, tote })
        const load = loadOf(portion, quantity)
        held = { grams: held.grams + load.grams, millilitres: held.millilitres + load.millilitres }
        left -= quantity
      }
      if (left > 0) {
        tote = open()
        held = { grams: 0, millilitres: 0 }
      }
    }
  }
  return filled
}

/** How much of a portion still fits: all of it, or whole units. */
function roomFor(portion: Portion, kind: ToteKind, held: Load): number {
  const load = loadOf(portion, portion.quantity)
  const room = { grams: kind.grams - held.grams, millilitres: kind.millilitres - held.millilitres }
  if (load.grams <= room.grams && load.millilitres <= room.millilitres) return portion.quantity
  const units = Math.min(
    Math.floor(room.grams / portion.unitGrams),
    Math.floor(room.millilitres / portion.unitMillilitres),
  )
  return Math.max(0, units) * portion.unit
}
