import type { events } from '@huming/db/schema/events'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { JsonObject } from './json-tree.ts'
import { hubUri, idSpace, lotUri } from './own-uris.ts'

/** A business event that an EPCIS event follows from. */
export type Source = typeof events.$inferSelect

/** An EPCIS event of ours before it is kept: without its time, and who may read it. */
export type Built = {
  readonly event: JsonObject
  readonly seenBy: readonly (string | null)[]
  readonly at?: Date
}

/** Words of ours in extensions. */
export const ownContext = { huming: `${idSpace}/voc/` }

export type LotFacts = {
  id: string
  code: string
  gtin: string | null
  baseUnit: string
  orgId: string
  hubId: string
  hubOrgId: string
  quantity: number
  madeOn: string | null
  useByDay: string
  certificate: string
  countyCode: string
  /** Made of other lots of ours: a transformation brought it about. */
  isMade: boolean
}

/** Lots with what their events say of them, by id. */
export async function lotFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, LotFacts>> {
  const rows = await tx.execute<LotFacts>(sql`
    select l.id, l.code, k.gtin, k.base_unit as "baseUnit", l.org_id as "orgId", l.hub_id as "hubId",
      h.org_id as "hubOrgId", l.quantity, l.made_on as "madeOn", l.use_by_day as "useByDay", l.certificate,
      p.county_code as "countyCode",
      exists (select 1 from trace_edges e where e.to_id = l.id and e.kind = 'made_of') as "isMade"
    from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id join hubs h on h.id = l.hub_id
    where l.id = any(${bareArray(new Set(ids))}::uuid[])`)
  return new Map([...rows].map((lot) => [lot.id, lot]))
}

const uoms: Readonly<Record<string, readonly [uom: string, per: number]>> = {
  g: ['KGM', 1000],
  ml: ['LTR', 1000],
  piece: ['H87', 1],
}

/** So much of a lot: base units as kilograms, litres or pieces; 0 means the class, however much there is of it. */
export function quantityOf(lot: LotFacts, quantity: number): JsonObject {
  if (quantity === 0) return { epcClass: lotUri(lot.code, lot.gtin) }
  const [uom, per] = uoms[lot.baseUnit] ?? ['H87', 1]
  return { epcClass: lotUri(lot.code, lot.gtin), quantity: quantity / per, uom }
}

/** The warehouse as the place of an event. */
export const atHub = (hubId: string): JsonObject => ({
  readPoint: { id: hubUri(hubId) },
  bizLocation: { id: hubUri(hubId) },
})

/** A temperature as measured, tenths of °C. */
export const measured = (deciC: number | null | undefined): JsonObject =>
  deciC === null || deciC === undefined
    ? {}
    : { sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: deciC / 10, uom: 'CEL' }] }] }

/** Members of a payload, of whose shape the verb that wrote it knows more than we. */
export const numberAt = (payload: Source['payload'], key: string): number =>
  typeof payload[key] === 'number' ? payload[key] : 0
export const textOf = (payload: Source['payload'], key: string): string =>
  typeof payload[key] === 'string' ? payload[key] : ''

export type LotQuantity = { readonly lotId: string; readonly quantity: number }

/** `[{ lotId, quantity }]` in a payload; `key` names the quantity. */
export function partsAt(payload: Source['payload'], list: string, key = 'quantity'): LotQuantity[] {
  const given = payload[list]
  return (Array.isArray(given) ? given : []).flatMap((one: Record<string, unknown>) =>
    typeof one?.['lotId'] === 'string' && typeof one[key] === 'number' && one[key] > 0
      ? [{ lotId: one['lotId'], quantity: one[key] }]
      : [],
  )
}
