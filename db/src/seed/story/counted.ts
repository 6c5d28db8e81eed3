import { categoryOf } from '@huming/shared/reference/categories'
import { ZONES, type Zone, type ZoneFacts } from '@huming/shared/reference/zones'
import { houseId } from '../cast/parties.ts'
import { sampleId } from '../ids.ts'
import type { Book } from './book.ts'
import type { Lot } from './lots.ts'
import { oneOf } from './staff.ts'

const warehouse = houseId('warehouse')
const minute = 60_000

type Line = Book['consignmentLines'][number]

/** What the dock found of a lot: who counted, and for high-risk food who confirmed; refused goods went back. */
export function noteCount(book: Book, line: Line, lot: Lot): void {
  if (!line.receivedAt) return
  const { id, quantity, receivedAt, photoFileIds } = line
  const refused = line.refusedQuantity ?? 0
  const counted = oneOf(warehouse, 'receiver')
  const two = categoryOf(lot.product.category).highRisk
  book.receiptCounts.push({
    lineId: id,
    accepted: quantity - refused,
    refused,
    refuseReason: line.refuseReason ?? null,
    refusedTo: refused > 0 ? 'driver' : null,
    disposal: '',
    netGrams: line.grossGrams ? line.grossGrams - (line.tareGrams ?? 0) : null,
    tareGrams: line.tareGrams ?? null,
    surfaceDeciC: line.surfaceDeciC ?? null,
    coreDeciC: null,
    photoFileIds,
    secondWhy: two ? ['high_risk'] : [],
    countedBy: counted,
    countedAt: new Date(receivedAt.getTime() - 4 * minute),
    confirmedBy: two ? oneOf(warehouse, 'lead') : null,
    confirmedAt: two ? receivedAt : null,
  })
  if (refused > 0)
    book.refusedGoods.push({
      id: sampleId(`refused ${id}`, receivedAt),
      lineId: id,
      lotId: lot.id,
      quantity: refused,
      reason: line.refuseReason ?? '',
      fate: 'driver',
      disposal: '',
      photoFileIds,
      personId: counted,
      at: receivedAt,
    })
}

/** A logger in each cold zone of the truck told of a good trip. */
export function noteTrip(
  book: Book,
  trip: { id: string; zones: readonly Zone[]; departsAt: Date; arrivedAt: Date },
): void {
  for (const zone of new Set(trip.zones)) {
    const { readingRequired, target }: ZoneFacts = ZONES[zone]
    if (!readingRequired) continue
    book.tripLogs.push({
      id: sampleId(`trip ${trip.id} ${zone}`, trip.arrivedAt),
      consignmentId: trip.id,
      zone,
      source: 'logger',
      device: '记录仪-示例',
      minDeciC: target.max - 42,
      maxDeciC: target.max - 3,
      readings: Math.floor((trip.arrivedAt.getTime() - trip.departsAt.getTime()) / (5 * minute)),
      minutesAbove: 0,
      gapMinutes: 5,
      firstAt: trip.departsAt,
      lastAt: trip.arrivedAt,
      verdict: 'fine',
      raw: '',
      note: '',
      createdBy: oneOf(warehouse, 'receiver'),
      createdAt: trip.arrivedAt,
    })
  }
}
