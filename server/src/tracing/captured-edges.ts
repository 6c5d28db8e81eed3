import { shareByLargestRemainder } from '@huming/shared/money'
import { can } from '@huming/shared/permissions'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { type GoodsEdge, linkGoods } from '../stock/trace-edges.ts'
import { isObject, type JsonObject, listOf, textAt } from './json-tree.ts'
import { lotOfUri } from './own-uris.ts'

type Lot = { id: string; code: string; gtin: string | null; orgId: string; baseUnit: string }
type Part = { readonly lot: Lot; readonly quantity: number }

/** Units of UN/CEFACT Rec. 20 as base units; a class without a unit is counted in pieces. */
const units: Readonly<Record<string, readonly [base: string, each: number]>> = {
  KGM: ['g', 1000],
  GRM: ['g', 1],
  TNE: ['g', 1_000_000],
  LTR: ['ml', 1000],
  MLT: ['ml', 1],
  H87: ['piece', 1],
  EA: ['piece', 1],
  '': ['piece', 1],
}

/**
 * Goods that somebody else's events say became other goods, where both are lots of ours: inputs and outputs of a
 * transformation, and lots packed into a lot. Only who made the lot may say what it is made of. What names no lot of
 * ours, or a quantity in another kind of unit, leaves no edge.
 */
export async function linkCaptured(
  tx: Tx,
  ctx: Ctx,
  orgId: string,
  events: readonly JsonObject[],
): Promise<void> {
  const makings = events.flatMap((event) => makingOf(event) ?? [])
  if (makings.length === 0) return
  const lots = await lotsNamed(
    tx,
    makings.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  )
  const ours = can(ctx.actor, 'epcis.capture', {}) === true
  for (const making of makings) {
    const inputs = partsOf(making.inputs, lots)
    const outputs = partsOf(making.outputs, lots).filter(({ lot }) => ours || lot.orgId === orgId)
    const edges = edgesOf(inputs, outputs)
    if (edges.length === 0) continue
    const eventId = await emit(tx, ctx, {
      type: 'lot.made_elsewhere',
      subjectId: (outputs[0] as Part).lot.id,
      orgId,
      payload: { edges },
    })
    const sign = making.taken ? -1 : 1
    await linkGoods(
      tx,
      edges.map(
        (edge): GoodsEdge => ({
          kind: 'made_of',
          fromId: edge.fromId,
          toId: edge.toId,
          quantity: sign * edge.quantity,
          toQuantity: sign * edge.toQuantity,
          eventId,
          at: making.at,
        }),
      ),
    )
  }
}

type Named = { readonly uri: string; readonly quantity: number; readonly uom: string }
type Making = {
  readonly inputs: readonly Named[]
  readonly outputs: readonly Named[]
  readonly at: Date
  readonly taken: boolean
}

function makingOf(event: JsonObject): Making | null {
  if (isObject(event['errorDeclaration'])) return null
  const at = new Date(String(event['eventTime']))
  const quantities = (key: string): Named[] =>
    listOf(event[key])
      .filter(isObject)
      .map((one) => ({
        uri: String(one['epcClass']),
        quantity: Number(one['quantity'] ?? Number.NaN),
        uom: textAt(one, 'uom') ?? '',
      }))
  if (event['type'] === 'TransformationEvent')
    return {
      inputs: quantities('inputQuantityList'),
      outputs: quantities('outputQuantityList'),
      at,
      taken: false,
    }
  const parent = textAt(event, 'parentID')
  if (event['type'] !== 'AggregationEvent' || event['action'] === 'OBSERVE' || parent === null) return null
  const inputs = quantities('childQuantityList')
  const outputs = inputs.map(({ quantity, uom }) => ({ uri: parent, quantity, uom }))
  return {
    inputs,
    outputs: outputs.slice(0, 1).map((one) => ({ ...one, quantity: sum(inputs) })),
    at,
    taken: event['action'] === 'DELETE',
  }
}

const sum = (parts: readonly { quantity: number }[]): number =>
  parts.reduce((all, part) => all + part.quantity, 0)

async function lotsNamed(tx: Tx, named: readonly Named[]): Promise<Map<string, Lot>> {
  const wanted = named.flatMap(({ uri }) => {
    const lot = lotOfUri(uri)
    return lot ? [{ uri, ...lot }] : []
  })
  const codes = [...new Set(wanted.map((one) => one.code))]
  if (codes.length === 0) return new Map()
  const rows = await tx.execute<Lot>(sql`
    select l.id, l.code, k.gtin, l.org_id as "orgId", k.base_unit as "baseUnit"
    from lots l join skus k on k.id = l.sku_id where l.code = any(${sql.param(codes)}::text[])`)
  const byCode = new Map([...rows].map((lot) => [lot.code, lot]))
  return new Map(
    wanted.flatMap(({ uri, code, gtin }) => {
      const lot = byCode.get(code)
      return lot && (gtin === null || gtin === lot.gtin?.padStart(14, '0')) ? [[uri, lot] as const] : []
    }),
  )
}

const partsOf = (named: readonly Named[], lots: ReadonlyMap<string, Lot>): Part[] =>
  named.flatMap(({ uri, quantity, uom }) => {
    const lot = lots.get(uri)
    const unit = units[uom]
    if (!lot || !unit || unit[0] !== lot.baseUnit) return []
    const base = Math.round(quantity * unit[1])
    return Number.isSafeInteger(base) && base > 0 ? [{ lot, quantity: base }] : []
  })

type Shared = { fromId: string; toId: string; quantity: number; toQuantity: number }

/**
 * Each input shared over the outputs by what they hold, each output over the inputs. However little of an input may be
 * in an output, there is an edge of at least one unit: a recall must reach it.
 */
export function edgesOf(inputs: readonly Part[], outputs: readonly Part[]): Shared[] {
  const used = inputs.map((input) =>
    shareByLargestRemainder(
      input.quantity,
      outputs.map((output) => output.quantity),
    ),
  )
  const made = outputs.map((output) =>
    shareByLargestRemainder(
      output.quantity,
      inputs.map((input) => input.quantity),
    ),
  )
  return inputs.flatMap((input, i) =>
    outputs.flatMap((output, o) =>
      input.lot.id === output.lot.id
        ? []
        : [
            {
              fromId: input.lot.id,
              toId: output.lot.id,
              quantity: Math.max(1, used[i]?.[o] ?? 0),
              toQuantity: Math.max(1, made[o]?.[i] ?? 0),
            },
          ],
    ),
  )
}
