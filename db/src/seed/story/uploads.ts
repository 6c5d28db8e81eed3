import { CATEGORIES } from '@huming/shared/reference/categories'
import { TRACE_CATEGORIES } from '@huming/shared/reference/category-groups'
import { samplePacks, skuId } from '../cast/goods.ts'
import { houseId, houses, organisationRows } from '../cast/parties.ts'
import { buyerSites, hubRows, supplierSiteRows } from '../cast/places.ts'
import { diceOf, sampleId } from '../ids.ts'
import type { Scene } from './orders.ts'

type LotRow = Scene['book']['lots'][number]
type Party = { id: string; record: Record<string, string | number | null> }

/** Records of the last nights: what is older is taken, of today some wait. */
const keptHours = 60
const hourMs = 3_600_000

/** What was due at the trace platform in the last nights: most taken, one refused, some waiting, one late. */
export function noteUploads(scene: Scene): void {
  const { book, now } = scene
  const lots = new Map(book.lots.map((lot) => [lot.id, lot]))
  const since = now.getTime() - keptHours * hourMs
  const told = new Set<string>()
  const orgs = new Map(organisationRows().map((org) => [org.id, org]))
  const bases = new Map(supplierSiteRows().map((site) => [site.orgId, site]))
  for (const event of book.events.filter((one) => one.type === 'lot.received' && one.at.getTime() > since)) {
    const lot = lots.get(event.subjectId)
    const org = lot && orgs.get(lot.orgId)
    if (!lot || !org) continue
    const site = bases.get(lot.orgId)
    const onHand = event.payload?.['onHand']
    const quantity = typeof onHand === 'number' ? onHand : lot.quantity
    const party = { id: org.id, record: partyOf(org, site, null) }
    note(scene, told, { kind: 'in', eventId: event.id, at: event.at, lot, quantity, party })
  }
  noteHandedOver(scene, told, lots, since)
}

function noteHandedOver(
  scene: Scene,
  told: Set<string>,
  lots: ReadonlyMap<string, LotRow>,
  since: number,
): void {
  const { book } = scene
  const sites = new Map(buyerSites().map((site) => [site.row.id, site]))
  const orgs = new Map(organisationRows().map((org) => [org.id, org]))
  const orderOf = new Map(book.orders.map((order) => [order.id, order]))
  const eventOf = new Map(
    book.events.filter((one) => one.type === 'stop.delivered').map((one) => [one.subjectId, one]),
  )
  for (const one of book.deliveries.filter((row) => row.at.getTime() > since && row.quantity > 0)) {
    const [lot, order, event] = [lots.get(one.lotId), orderOf.get(one.orderId), eventOf.get(one.stopId)]
    const site = order && sites.get(order.siteId)
    if (!lot || !order || !site || !event) continue
    const party = { id: order.siteId, record: partyOf(orgs.get(order.orgId), site.row, order.number) }
    note(scene, told, { kind: 'out', eventId: event.id, at: one.at, lot, quantity: one.quantity, party })
  }
}

type Named = { name: string; uscc?: string | null | undefined } | undefined
type Placed = { name: string; address: string; contactName: string; contactPhone: string } | undefined

function partyOf(org: Named, site: Placed, document: string | null): Party['record'] {
  return {
    partyName: org?.name ?? null,
    partyUscc: org?.uscc ?? null,
    ...(document === null ? {} : { partySite: site?.name ?? null }),
    partyAddress: site?.address ?? null,
    partyContact: site?.contactName ?? null,
    partyPhone: site?.contactPhone ?? null,
    document,
  }
}

/** Notes once for each event, lot and party, whatever the orders of a stop. */
type Due = { kind: 'in' | 'out'; eventId: string; at: Date; lot: LotRow; quantity: number; party: Party }

const traceNames = new Map(
  CATEGORIES.flatMap((one) => (one.trace ? [[one.id as string, TRACE_CATEGORIES[one.trace].zh]] : [])),
)
const warehouseUscc = organisationRows().find((org) => org.id === houseId('warehouse'))?.uscc ?? null
const packs = new Map(samplePacks.map((one) => [skuId(one.pack), one]))

function note(
  { book, now }: Scene,
  told: Set<string>,
  { kind, eventId, at, lot, quantity, party }: Due,
): void {
  const pack = packs.get(lot.skuId)
  const category = pack && traceNames.get(pack.product.category)
  const hub = hubRows.find((one) => one.id === lot.hubId)
  if (!pack || !category || !hub) return
  const id = sampleId(`upload ${kind} ${eventId} ${lot.id} ${party.id}`, at)
  if (told.has(id)) return
  told.add(id)
  const ageHours = (now.getTime() - at.getTime()) / hourMs
  const state = stateOf(id, ageHours, now, at)
  const warehouse = houses.warehouse
  book.traceUploads.push({
    id,
    kind,
    orgId: houseId('warehouse'),
    hubId: lot.hubId,
    eventId,
    subjectId: lot.id,
    partyId: party.id,
    record: {
      operator: warehouse.name,
      operatorUscc: warehouseUscc,
      hub: hub.name,
      hubAddress: hub.address,
      category,
      name: pack.product.name,
      spec: pack.pack.spec,
      lot: lot.code,
      madeOn: lot.madeOn ?? null,
      shelfLifeDays: pack.pack.lifeDays,
      useByDay: lot.useByDay,
      certificate: lot.certificate ?? '',
      quantity,
      unit: pack.pack.base ?? 'g',
      at: at.toISOString(),
      ...party.record,
    },
    eventAt: at,
    dueAt: new Date(at.getTime() + 24 * hourMs),
    createdAt: new Date(at.getTime() + 2000),
    isSample: true,
    ...state,
  })
}

/** Taken within two hours as a rule; some of the last day wait, one in a hundred is refused, three stay behind. */
function stateOf(id: string, ageHours: number, now: Date, at: Date) {
  const dice = diceOf(`upload ${id}`)
  const fate = dice.whole(1, 100)
  const waiting = {
    status: 'waiting',
    nextTryAt: now,
    attempts: 0,
    acceptedAt: null,
    receiptNo: '',
    lastError: '',
  }
  if (fate === 1)
    return { ...waiting, status: 'rejected', attempts: 1, lastError: '示例：购货者统一社会信用代码缺失' }
  if ((fate > 1 && fate <= 4) || (ageHours < 24 && fate <= 12) || ageHours < 1) return waiting
  const acceptedAt = new Date(at.getTime() + dice.whole(5, 110) * 60_000)
  return {
    status: 'accepted',
    nextTryAt: at,
    attempts: 1,
    acceptedAt,
    receiptNo: `SL${id.slice(-8).toUpperCase()}`,
    lastError: '',
  }
}
