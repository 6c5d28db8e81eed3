import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'
import type { OpenDb } from './client.ts'
import { freshPhone } from './factories.ts'
import { makeVehiclePapers } from './factories-papers.ts'
import { orderLines, orders, promises } from './schema/orders.ts'
import { pickTasks, totes, waveOrders, waves } from './schema/picking.ts'
import { vehicles } from './schema/routes.ts'
import { traceEdges } from './schema/tracing.ts'

/** Rows for tests of routes and delivery: vehicles, and orders that stand picked in totes. */
type Db = OpenDb['db']
type Sku = { id: string; orgId: string; zone: string; basePerPriceUnit: number; basePerOrderUnit: number }

const first = <T>(rows: T[]): T => rows[0] as T
let serial = 0

/** The delivery day of tests: far enough ahead that no window has passed. */
export const dispatchDay = (): string => addDays(serviceDayOf(new Date()), 2)

export async function makeVehicle(
  db: Db,
  hubId: string,
  carrierId: string,
  over: Partial<typeof vehicles.$inferInsert> = {},
) {
  const row = {
    id: newId(),
    orgId: carrierId,
    hubId,
    plate: `沪示${freshPhone().slice(-6)}${serial++}`,
    kind: 'van_4m2',
    capacityGrams: 3_000_000,
    capacityMillilitres: 18_000_000,
    zones: ['ambient', 'chilled', 'frozen'],
    isSample: true,
    ...over,
  }
  const vehicle = first(await db.insert(vehicles).values(row).returning())
  await makeVehiclePapers(db, vehicle.orgId, vehicle.id)
  return vehicle
}

export async function makeWave(db: Db, hubId: string, over: Partial<typeof waves.$inferInsert> = {}) {
  const row = {
    id: newId(),
    hubId,
    day: dispatchDay(),
    seq: 1,
    status: 'picked',
    createdAt: new Date(),
    summary: {},
    ...over,
  }
  return first(await db.insert(waves).values(row).returning())
}

type PickedLine = { sku: Sku; lot: { id: string }; quantity: number }

/** An order of the wave whose goods lie picked in sealed totes, one per zone. Amounts at 50.00 yuan per kg. */
export async function makePickedOrder(
  db: Db,
  wave: { id: string; hubId: string; day: string },
  site: { id: string; orgId: string; windowFrom: number; windowTo: number },
  lines: readonly PickedLine[],
  over: Partial<typeof orders.$inferInsert> = {},
) {
  const id = newId()
  const amounts = lines.map((line) => Math.round((line.quantity * 5000) / line.sku.basePerPriceUnit))
  const order = {
    id,
    number: sayableNumber('D', id),
    orgId: site.orgId,
    siteId: site.id,
    hubId: wave.hubId,
    day: wave.day,
    windowFrom: site.windowFrom,
    windowTo: site.windowTo,
    status: 'picked',
    totalFen: amounts.reduce((sum, fen) => sum + fen, 0),
    requestHash: 'test',
    placedBy: newId(),
    placedAt: new Date(),
    isSample: true,
    ...over,
  }
  const row = first(await db.insert(orders).values(order).returning())
  await db.insert(waveOrders).values({ orderId: id, waveId: wave.id })
  const toteOf = await makeTotes(db, wave.id, id, lines)
  const made = []
  for (const [i, line] of lines.entries()) {
    made.push(
      await makeLine(db, {
        wave,
        orderId: id,
        line,
        lineNo: i + 1,
        amountFen: amounts[i] as number,
        toteId: toteOf.get(line.sku.zone) as string,
      }),
    )
  }
  return { ...row, lines: made, toteCodes: [...toteOf.keys()].map((zone) => codeOf(id, zone)) }
}

const codeOf = (orderId: string, zone: string): string => `T-${orderId.slice(-8)}-${zone}`.toUpperCase()

async function makeTotes(db: Db, waveId: string, orderId: string, lines: readonly PickedLine[]) {
  const zones = [...new Set(lines.map((line) => line.sku.zone))]
  const rows = zones.map((zone) => ({
    id: newId(),
    code: codeOf(orderId, zone),
    waveId,
    orderId,
    zone,
    status: 'sealed',
    sealedAt: new Date(),
  }))
  await db.insert(totes).values(rows)
  return new Map(rows.map((row) => [row.zone, row.id]))
}

type Making = {
  wave: { id: string }
  orderId: string
  line: PickedLine
  lineNo: number
  amountFen: number
  toteId: string
}

async function makeLine(db: Db, { wave, orderId, line, lineNo, amountFen, toteId }: Making) {
  const { sku, lot, quantity } = line
  const row = first(
    await db
      .insert(orderLines)
      .values({
        id: newId(),
        orderId,
        lineNo,
        skuId: sku.id,
        supplierOrgId: sku.orgId,
        units: Math.max(1, Math.round(quantity / sku.basePerOrderUnit)),
        quantity,
        priceCentifen: 500_000,
        basePerPriceUnit: sku.basePerPriceUnit,
        priceReason: 'list',
        taxRateBp: 0,
        amountFen,
        pickedQuantity: quantity,
      })
      .returning(),
  )
  const promise = { id: newId(), orderLineId: row.id, lotId: lot.id, quantity, pickedQuantity: quantity }
  await db.insert(promises).values(promise)
  await db.insert(pickTasks).values({
    id: newId(),
    waveId: wave.id,
    orderId,
    orderLineId: row.id,
    promiseId: promise.id,
    lotId: lot.id,
    toteId,
    zone: sku.zone,
    quantity,
    status: 'done',
    pickedQuantity: quantity,
    pickedAt: new Date(),
  })
  await db.insert(traceEdges).values({
    fromId: lot.id,
    toId: orderId,
    kind: 'picked',
    quantity,
    toQuantity: quantity,
    eventId: newId(),
    at: new Date(),
  })
  return { ...row, lotId: lot.id }
}
