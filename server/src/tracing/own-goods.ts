import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import type { JsonObject } from './json-tree.ts'
import {
  atHub,
  type Built,
  type LotFacts,
  type LotQuantity,
  lotFacts,
  measured,
  numberAt,
  partsAt,
  quantityOf,
  type Source,
  textOf,
} from './own-lots.ts'
import { batchUri, consignmentUri, hubUri, orgUri } from './own-uris.ts'

export type Maker = (tx: Tx, source: Source) => Promise<Built[]>

type Step = { readonly bizStep: string; readonly disposition?: string; readonly action?: string }

/** Who may read of a lot: its supplier and the warehouse it is for. */
const parties = (lot: LotFacts): string[] => [lot.orgId, lot.hubOrgId]

const object = (lot: LotFacts, quantity: number, step: Step, more: JsonObject = {}): Built => ({
  event: {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...step,
    quantityList: [quantityOf(lot, quantity)],
    ...more,
  },
  seenBy: parties(lot),
})

/** An event about one lot, at the warehouse. */
const ofLot =
  (step: Step, quantityIn: (source: Source, lot: LotFacts) => number): Maker =>
  async (tx, source) => {
    const lot = (await lotFacts(tx, [source.subjectId])).get(source.subjectId)
    const quantity = lot ? quantityIn(source, lot) : 0
    return lot && quantity > 0 ? [object(lot, quantity, step, atHub(source.hubId ?? lot.hubId))] : []
  }

/** A word about a whole lot; it holds even when nothing of it came in: then of the class, with no quantity. */
const ofClass =
  (step: Step, more: JsonObject): Maker =>
  async (tx, source) => {
    const lot = (await lotFacts(tx, [source.subjectId])).get(source.subjectId)
    return lot ? [object(lot, lot.quantity, step, { ...atHub(source.hubId ?? lot.hubId), ...more })] : []
  }

const whole = (_source: Source, lot: LotFacts): number => lot.quantity
const told = (key: string) => (source: Source) => numberAt(source.payload, key)

/** Goods come into being with their days and certificate; what a batch made is only released here. */
const made: Maker = async (tx, source) => {
  if (source.type === 'lot.declared' && source.payload['stage'] !== 'made') return []
  const lot = (await lotFacts(tx, [source.subjectId])).get(source.subjectId)
  if (!lot || lot.quantity === 0) return []
  if (lot.isMade)
    return [object(lot, lot.quantity, { bizStep: 'inspecting', disposition: 'conformant' }, atOrg(lot))]
  const ilmd = {
    'cbvmda:lotNumber': lot.code,
    'cbvmda:itemExpirationDate': lot.useByDay,
    'cbvmda:countryOfOrigin': 'CN',
    'huming:county': lot.countyCode,
    ...(lot.madeOn ? { 'huming:madeOn': lot.madeOn } : {}),
    ...(lot.certificate ? { 'huming:certificate': lot.certificate } : {}),
  }
  const step = { bizStep: 'commissioning', disposition: 'active', action: 'ADD' }
  return [object(lot, lot.quantity, step, { ...atOrg(lot), ilmd })]
}

const atOrg = (lot: LotFacts): JsonObject => ({
  readPoint: { id: orgUri(lot.orgId) },
  bizLocation: { id: orgUri(lot.orgId) },
})

/** A batch or repack: what went in and what came out. */
const transformed =
  (inputs: (source: Source) => LotQuantity[], output: (source: Source) => LotQuantity): Maker =>
  async (tx, source) => {
    const into = output(source)
    const parts = inputs(source)
    const lots = await lotFacts(tx, [into.lotId, ...parts.map((part) => part.lotId)])
    const lot = lots.get(into.lotId)
    const used = parts.flatMap((part) => {
      const input = lots.get(part.lotId)
      return input ? [quantityOf(input, part.quantity)] : []
    })
    if (!lot || used.length === 0 || into.quantity === 0) return []
    const event = {
      type: 'TransformationEvent',
      transformationID: batchUri(source.subjectId),
      bizStep: 'creating_class_instance',
      disposition: 'active',
      inputQuantityList: used,
      outputQuantityList: [quantityOf(lot, into.quantity)],
      ...atOrg(lot),
    }
    return [{ event, seenBy: [...parties(lot), ...[...lots.values()].map((one) => one.orgId)] }]
  }

/** Lots that go together; of one supplier, or from one warehouse to another. */
async function together(
  tx: Tx,
  parts: readonly LotQuantity[],
  step: Step,
  more: JsonObject,
): Promise<Built[]> {
  const lots = await lotFacts(
    tx,
    parts.map((part) => part.lotId),
  )
  const known = parts.flatMap((part) => {
    const lot = lots.get(part.lotId)
    return lot ? [{ lot, quantity: part.quantity }] : []
  })
  if (known.length === 0) return []
  const event = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...step,
    quantityList: known.map(({ lot, quantity }) => quantityOf(lot, quantity)),
    ...more,
  }
  return [{ event, seenBy: known.flatMap(({ lot }) => parties(lot)) }]
}

const shipped: Maker = async (tx, source) => {
  const [row] = await tx.execute<{ number: string; setPointDeciC: number | null }>(sql`
    select number, set_point_deci_c as "setPointDeciC" from consignments where id = ${source.subjectId}`)
  if (!row || !source.orgId || !source.hubId) return []
  return together(
    tx,
    partsAt(source.payload, 'lots'),
    { bizStep: 'shipping', disposition: 'in_transit' },
    {
      readPoint: { id: orgUri(source.orgId) },
      bizTransactionList: [{ type: 'desadv', bizTransaction: consignmentUri(row.number) }],
      sourceList: [{ type: 'possessing_party', source: orgUri(source.orgId) }],
      destinationList: [{ type: 'location', destination: hubUri(source.hubId) }],
      ...measured(row.setPointDeciC),
    },
  )
}

/** The dispatch advice a lot came with, and its surface temperature at the dock. */
async function arrivalOf(
  tx: Tx,
  source: Source,
  lotId: string,
): Promise<{ papers: JsonObject; heat: JsonObject }> {
  const [line] = await tx.execute<{ number: string; deciC: number | null }>(sql`
    select c.number, x.surface_deci_c as "deciC" from consignment_lines x join consignments c on c.id = x.consignment_id
    where x.lot_id = ${lotId} and c.id::text = ${textOf(source.payload, 'consignmentId')}`)
  const papers = line
    ? { bizTransactionList: [{ type: 'desadv', bizTransaction: consignmentUri(line.number) }] }
    : {}
  return { papers, heat: measured(line?.deciC) }
}

/** Into the warehouse; a line refused whole brings nothing in, `goods.refused` tells of it. */
const received: Maker = async (tx, source) => {
  const lot = (await lotFacts(tx, [source.subjectId])).get(source.subjectId)
  const quantity = numberAt(source.payload, 'onHand') || numberAt(source.payload, 'quantity')
  if (!lot || quantity === 0) return []
  const { papers, heat } = await arrivalOf(tx, source, lot.id)
  const step = { bizStep: 'receiving', disposition: 'in_progress' }
  return [object(lot, quantity, step, { ...atHub(source.hubId ?? lot.hubId), ...papers, ...heat })]
}

/** Refused at the dock: found unfit, then sent back with the driver or destroyed. It never was in stock. */
const refused: Maker = async (tx, source) => {
  const lot = (await lotFacts(tx, [source.subjectId])).get(source.subjectId)
  const quantity = numberAt(source.payload, 'quantity')
  if (!lot || quantity === 0) return []
  const hubId = source.hubId ?? lot.hubId
  const { papers, heat } = await arrivalOf(tx, source, lot.id)
  const unfit = { bizStep: 'inspecting', disposition: 'non_conformant' }
  const destroyed = { bizStep: 'destroying', disposition: 'destroyed', action: 'DELETE' }
  const back = {
    readPoint: { id: hubUri(hubId) },
    sourceList: [{ type: 'location', source: hubUri(hubId) }],
    destinationList: [{ type: 'possessing_party', destination: orgUri(lot.orgId) }],
  }
  return [
    object(lot, quantity, unfit, { ...atHub(hubId), ...papers, ...heat }),
    textOf(source.payload, 'fate') === 'destroyed'
      ? object(lot, quantity, destroyed, { ...atHub(hubId), ...papers })
      : object(lot, quantity, { bizStep: 'shipping', disposition: 'returned' }, { ...back, ...papers }),
  ]
}

const recalled = { persistentDisposition: { set: ['recalled'] } }
const cleared = { persistentDisposition: { unset: ['recalled'] } }
const toHub = (source: Source): JsonObject => ({
  readPoint: { id: hubUri(source.hubId ?? '') },
  destinationList: [{ type: 'location', destination: hubUri(textOf(source.payload, 'toHubId')) }],
})

/** Events about goods before they are an order's: business event → EPCIS. */
export const goodsMakers: Readonly<Record<string, Maker>> = {
  'lot.declared': made,
  'lot.made': made,
  'batch.made': transformed(
    (source) => partsAt(source.payload, 'inputs'),
    ({ payload }) => ({ lotId: textOf(payload, 'lotId'), quantity: numberAt(payload, 'quantity') }),
  ),
  'lot.repacked': transformed(
    ({ payload }) => [{ lotId: textOf(payload, 'fromLotId'), quantity: numberAt(payload, 'quantity') }],
    ({ subjectId, payload }) => ({ lotId: subjectId, quantity: numberAt(payload, 'quantity') }),
  ),
  'consignment.shipped': shipped,
  'lot.received': received,
  'goods.refused': refused,
  'lot.put_away': ofLot({ bizStep: 'storing', disposition: 'sellable_accessible' }, told('quantity')),
  'lot.held': ofLot({ bizStep: 'holding', disposition: 'non_sellable_other' }, whole),
  'lot.released': ofLot({ bizStep: 'inspecting', disposition: 'conformant' }, whole),
  'lot.expired': ofLot({ bizStep: 'holding', disposition: 'expired' }, told('onHand')),
  'lot.recalled': ofClass({ bizStep: 'holding', disposition: 'recalled' }, recalled),
  'lot.recall_cleared': ofClass({ bizStep: 'inspecting', disposition: 'conformant' }, cleared),
  'lot.destroyed': ofLot(
    { bizStep: 'destroying', disposition: 'destroyed', action: 'DELETE' },
    told('quantity'),
  ),
  'transfer.shipped': (tx, source) =>
    together(
      tx,
      partsAt(source.payload, 'lots'),
      { bizStep: 'shipping', disposition: 'in_transit' },
      toHub(source),
    ),
  'transfer.received': (tx, source) =>
    together(
      tx,
      partsAt(source.payload, 'lots', 'received'),
      { bizStep: 'receiving', disposition: 'in_progress' },
      atHub(source.hubId ?? ''),
    ),
}
