import { minutesOf, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { houseId } from '../cast/parties.ts'
import { hubRows } from '../cast/places.ts'
import { dockSlotRows } from '../cast/planning.ts'
import { diceOf, sampleId } from '../ids.ts'
import type { Book } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'
import type { Way } from './supply.ts'

type Load = {
  readonly id: string
  readonly orgId: string
  readonly hubId: string
  readonly from: string
  readonly plate: string
  readonly seal: string
  readonly zones: readonly Zone[]
  readonly createdAt: Date
}
type Leg = { mode: string; fromPlace: string; toPlace: string; vehicle: string; share: number }

/** Notes how a load travels: its legs, what each cold zone is set to, the hand-overs so far and its place at the dock. */
export function noteWay(scene: Scene, load: Load, way: Way): void {
  const { book, now } = scene
  for (const zone of new Set(load.zones.filter((one) => ZONES[one].readingRequired)))
    book.consignmentZones.push({ consignmentId: load.id, zone, setPointDeciC: ZONES[zone].target.max - 20 })
  if (way.status === 'draft') return
  const hub = hubRows.find((one) => one.id === load.hubId)?.name ?? ''
  const legs = legsOf(load, hub)
  const total = way.expectedAt.getTime() - way.departsAt.getTime()
  const at = (share: number) =>
    new Date(way.departsAt.getTime() + Math.round((total * share) / 60_000) * 60_000)
  let begun = 0
  for (const [index, leg] of legs.entries()) {
    const [departsAt, arrivesAt] = [
      at(begun),
      index === legs.length - 1 ? way.expectedAt : at(begun + leg.share - 0.02),
    ]
    begun += leg.share
    const nextAt = index === legs.length - 1 ? (way.arrivedAt ?? null) : at(begun)
    const gone = departsAt <= now
    const { share: _, ...names } = leg
    book.consignmentLegs.push({
      id: sampleId(`leg ${load.id} ${index}`, load.createdAt),
      consignmentId: load.id,
      seq: index + 1,
      ...names,
      carrier: leg.mode === 'road' ? '沪明冷链运输（示例）' : '高铁快运（示例）',
      waybill: `WB${load.id.slice(-8).toUpperCase()}${index + 1}`,
      departsAt,
      arrivesAt,
      departedAt: gone ? departsAt : null,
      arrivedAt: gone && nextAt && nextAt <= now ? nextAt : null,
    })
    if (gone) noteHandover(book, load, leg, index + 1, departsAt)
  }
  noteAppointment(scene, load, way)
}

/** Some loads of goods that are not frozen go by high-speed rail in the middle; the others by one truck. */
function legsOf(load: Load, hub: string): Leg[] {
  const byRail = !load.zones.includes('frozen') && diceOf(`way ${load.id}`).chance(18)
  const whole: Leg = { mode: 'road', fromPlace: load.from, toPlace: hub, vehicle: load.plate, share: 1 }
  if (!byRail) return [whole]
  return [
    { ...whole, toPlace: '三明北站', share: 0.2 },
    { mode: 'rail', fromPlace: '三明北站', toPlace: '上海虹桥站', vehicle: 'G1632', share: 0.6 },
    { ...whole, fromPlace: '上海虹桥站', vehicle: `沪A${load.id.slice(-5).toUpperCase()}`, share: 0.2 },
  ]
}

function noteHandover(book: Book, load: Load, leg: Leg, seq: number, at: Date): void {
  const dice = diceOf(`handover ${load.id} ${seq}`)
  book.consignmentHandovers.push({
    id: sampleId(`handover ${load.id} ${seq}`, at),
    consignmentId: load.id,
    seq,
    place: leg.fromPlace,
    at,
    sealFound: seq === 1 ? null : 'ok',
    sealNumber: seq === 1 ? load.seal : `${load.seal}-${seq}`,
    readings: [...new Set(load.zones)]
      .filter((zone) => ZONES[zone].readingRequired)
      .map((zone) => ({ zone, deciC: ZONES[zone].target.max - dice.whole(5, 25) })),
    takenBy: leg.mode === 'road' ? '干线司机（示例）' : '快运交接员（示例）',
    note: '',
    photoFileIds: [],
    personId: oneOf(load.orgId, 'lister'),
  })
}

const slots = dockSlotRows()

/** The next free slot from the arrival on; loads of days long past keep none. */
function noteAppointment({ book, now }: Scene, load: Load, way: Way): void {
  if (way.expectedAt.getTime() < now.getTime() - 36 * 3_600_000) return
  const day: ServiceDay = serviceDayOf(way.expectedAt)
  const taken = (from: number) =>
    book.dockAppointments.filter(
      (one) => one.hubId === load.hubId && one.day === day && one.fromMinute === from,
    ).length
  const slot = slots.find(
    (one) =>
      one.hubId === load.hubId &&
      one.toMinute > minutesOf(way.expectedAt) &&
      taken(one.fromMinute) < one.capacity,
  )
  if (!slot) return
  const arrived = way.arrivedAt !== undefined
  const requestedAt = load.createdAt
  book.dockAppointments.push({
    id: sampleId(`appointment ${load.id}`, requestedAt),
    hubId: load.hubId,
    orgId: load.orgId,
    consignmentId: load.id,
    day,
    fromMinute: slot.fromMinute,
    toMinute: slot.toMinute,
    status: arrived ? 'arrived' : 'requested',
    dock: arrived ? String(1 + (book.dockAppointments.length % 4)) : '',
    note: '',
    requestedBy: oneOf(load.orgId, 'lister'),
    requestedAt,
    decidedBy: arrived ? oneOf(houseId('warehouse'), 'receiver') : null,
    decidedAt: arrived ? (way.arrivedAt ?? null) : null,
    arrivedAt: way.arrivedAt ?? null,
    version: arrived ? 3 : 1,
    isSample: true,
  })
}
