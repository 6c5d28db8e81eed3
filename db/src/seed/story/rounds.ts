import { instantAt } from '@huming/shared/days'
import { metresBetween, type Point } from '@huming/shared/geo'
import { vehicleRows } from '../cast/fleet.ts'
import { houseId } from '../cast/parties.ts'
import { hubRows } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import { type DoneOrder, eveningBefore, type Night } from './evening.ts'
import type { Scene } from './orders.ts'
import {
  noteAgain,
  noteNotAgain,
  noteShut,
  shutStopId,
  stopIdOf,
  tellLate,
  type Visit,
} from './rounds-troubles.ts'
import { oneOf } from './staff.ts'

const carrier = houseId('carrier')
const warehouse = houseId('warehouse')

/** Road over straight line, as the product's own travel times assume on middling trips. */
const roadMetres = (a: Point, b: Point): number => Math.round(metresBetween(a, b) * 1.35)
/** Half a kilometre a minute, and finding a place to stand. */
const minutesFor = (metres: number): number => Math.ceil(metres / 550) + 2

/** Plans, drives and delivers; gives the instant each order was handed over or brought back. */
export function noteRounds(
  scene: Scene,
  night: Night,
  waveId: string,
  done: readonly DoneOrder[],
): Map<string, Date> {
  const { book } = scene
  const { hubId, day } = night
  const createdAt = eveningBefore(day, 22 * 60 + 12)
  const dispatchedAt = eveningBefore(day, 23 * 60 + 52)
  const planId = sampleId(`plan ${waveId}`, createdAt)
  const arrivals = new Map<string, Date>()
  const hub = hubRows.find((row) => row.id === hubId) as Point
  const mishaps = { closed: false, shut: false }
  const metres = tours(hub, done, night.stopsPerRun).map((tour, i) =>
    noteRun(scene, night, { planId, tour, seq: i + 1, dispatchedAt, arrivals, mishaps }),
  )
  book.plans.push({
    id: planId,
    hubId,
    day,
    waveId,
    status: 'dispatched',
    method: 'nearest_neighbour',
    matrixSource: 'great-circle 2026-11',
    metres: metres.reduce((sum, one) => sum + one, 0),
    unassigned: [],
    createdAt,
    dispatchedAt,
  })
  tell(book, {
    type: 'plan.made',
    at: createdAt,
    subjectId: planId,
    hubId,
    payload: { waveId, runs: metres.length },
  })
  return arrivals
}

/** Stops of one vehicle: doors whose windows go together, district by district. */
function tours(hub: Point, done: readonly DoneOrder[], size: number): DoneOrder[][] {
  const shift = ({ draft }: DoneOrder) =>
    draft.site.row.windowTo <= 400 ? 0 : draft.site.row.windowTo <= 460 ? 1 : 2
  const sorted = [...done].sort(
    (a, b) =>
      shift(a) - shift(b) ||
      a.draft.site.row.districtCode.localeCompare(b.draft.site.row.districtCode) ||
      a.draft.site.row.windowFrom - b.draft.site.row.windowFrom,
  )
  const all: DoneOrder[][] = []
  for (const one of sorted) {
    const last = all.at(-1)
    const room = last && last.length < size && shift(last[0] as DoneOrder) === shift(one)
    if (last && room && inTime(hub, [...last, one])) last.push(one)
    else all.push([one])
  }
  return all.map(byWindow)
}

const byWindow = (tour: readonly DoneOrder[]): DoneOrder[] =>
  tour.toSorted((a, b) => a.draft.site.row.windowFrom - b.draft.site.row.windowFrom)

/** Are all doors reached before their windows close, with what a slow door takes? Minutes of the day. */
function inTime(hub: Point, tour: readonly DoneOrder[]): boolean {
  const doors = byWindow(tour).map(({ draft }) => draft.site.row)
  let [here, at] = [hub, departMinute(tour)]
  return doors.every((door) => {
    const reached = Math.max(at + minutesFor(roadMetres(here, door)), door.windowFrom)
    here = door
    at = reached + (door.serviceSeconds ?? 480) / 60 + 6
    return reached + 6 <= door.windowTo
  })
}

/** Three quarters of an hour before the first door opens. */
const departMinute = (tour: readonly DoneOrder[]): number =>
  Math.max(15, Math.min(...tour.map(({ draft }) => draft.site.row.windowFrom)) - 45)

/** So long after leaving a driver rests, and for so long (道路交通安全法实施条例 Art. 62). */
const [restAfterMs, restMs] = [4 * 3_600_000, 20 * 60_000]
/** How late the door behind the closed road is reached, beyond what still counts as on time. */
const lateMinutes = 25
/** No road is closed for longer. */
const closedMsMax = 75 * 60_000

/** Doors in the order they are reached: once a night the first one stays shut and is tried again after the next. */
function visitsOf(tour: readonly DoneOrder[], mishaps: Tour['mishaps']) {
  const [first, second, ...others] = tour
  const all = tour.map((order) => ({ order, shut: false }))
  const twice = !mishaps.shut && first && second && others.length > 0 && !first.failed
  mishaps.shut ||= Boolean(twice)
  const visits = twice
    ? [{ order: first, shut: true }, ...all.slice(1, 2), { order: first, shut: false }, ...all.slice(2)]
    : all
  return visits.map((visit, i) => ({ ...visit, i }))
}

type Tour = {
  readonly planId: string
  readonly tour: readonly DoneOrder[]
  readonly seq: number
  readonly dispatchedAt: Date
  readonly arrivals: Map<string, Date>
  /** Each happens once a night. */
  readonly mishaps: { closed: boolean; shut: boolean }
}

const reefers = vehicleRows().filter((vehicle) => vehicle.zones.includes('frozen'))

function noteRun(
  scene: Scene,
  night: Night,
  { planId, tour, seq, dispatchedAt, arrivals, mishaps }: Tour,
): number {
  const { book } = scene
  const { hubId, day } = night
  const id = sampleId(`run ${planId} ${seq}`, dispatchedAt)
  const vehicles = reefers.filter((vehicle) => vehicle.hubId === hubId)
  const vehicle = vehicles[(seq - 1) % vehicles.length] as (typeof reefers)[number]
  const driver = { personId: vehicle.driverPersonId ?? null, actorOrgId: carrier }
  const departAt = instantAt(day, departMinute(tour))
  const hub = hubRows.find((row) => row.id === hubId) as Point
  let [here, at, metres, rested, behindMs] = [hub, departAt, 0, false, 0]
  let shutDoor: { stopId: string; at: Date } | null = null
  for (const { order, i, shut } of visitsOf(tour, mishaps)) {
    const there = order.draft.site.row
    const road = roadMetres(here, there)
    // As planned, without what was lost on the way.
    const left = at.getTime() - behindMs
    const rest = !rested && left - departAt.getTime() > restAfterMs ? restMs : 0
    rested ||= rest > 0
    const onTheWay = left + rest + minutesFor(road) * 60_000
    const planned = new Date(Math.max(onTheWay, instantAt(day, there.windowFrom).getTime()))
    // Once a night a road is closed by rain: a door, and those after it, wait.
    const closedMs = instantAt(day, there.windowTo + lateMinutes).getTime() - planned.getTime()
    const closes = !mishaps.closed && seq > 1 && i > 0 && closedMs > 0 && closedMs <= closedMsMax
    mishaps.closed ||= closes
    behindMs = closes ? closedMs : Math.max(0, behindMs - (planned.getTime() - onTheWay))
    const visit = { runId: id, seq: i + 1, order, planned, lostMs: behindMs, driver }
    if (shutDoor && order === tour[0]) noteAgain(scene, night, { shut: shutDoor, newStopId: stopIdOf(visit) })
    const finishedAt: Date = shut ? noteShut(scene, night, visit) : noteStop(scene, night, visit)
    if (shut) shutDoor = { stopId: shutStopId(visit), at: finishedAt }
    else arrivals.set(order.draft.id, finishedAt)
    metres += road
    here = there
    at = finishedAt
  }
  metres += roadMetres(here, hub)
  const finishedAt = new Date(Math.min(at.getTime() + 1_800_000, scene.now.getTime()))
  book.runs.push({
    id,
    planId,
    hubId,
    day,
    seq,
    vehicleId: vehicle.id,
    driverPersonId: driver.personId,
    status: 'finished',
    metres,
    departAt,
    dispatchedAt,
    preCoolDeciC: -185 + night.dice.whole(0, 15),
    finishedAt,
    version: 4,
  })
  const dispatcher = { personId: oneOf(warehouse, 'dispatcher'), actorOrgId: warehouse }
  tell(book, {
    type: 'run.dispatched',
    at: dispatchedAt,
    subjectId: id,
    hubId,
    ...dispatcher,
    payload: { planId },
  })
  tell(book, { type: 'run.departed', at: departAt, subjectId: id, hubId, ...driver })
  tell(book, { type: 'run.finished', at: finishedAt, subjectId: id, hubId, ...driver })
  return metres
}

function noteStop(scene: Scene, night: Night, visit: Visit): Date {
  const { runId, seq, order, planned, lostMs, driver } = visit
  const { book, now } = scene
  const { dice, day, hubId } = night
  const { draft, lines, failed } = order
  const { row } = draft.site
  const id = stopIdOf(visit)
  const arrivedAt = new Date(
    Math.min(planned.getTime() + lostMs + dice.whole(0, 360) * 1000, now.getTime() - 120_000),
  )
  const told = lostMs > 0 ? tellLate(scene, night, visit, arrivedAt) : null
  const finishedAt = new Date(
    Math.min(arrivedAt.getTime() + (row.serviceSeconds ?? 480) * 1000, now.getTime() - 60_000),
  )
  const refused = lines.some(({ fate }) => fate.refused > 0)
  const crates = dice.whole(1, 6)
  book.stops.push({
    id,
    runId,
    siteId: row.id,
    seq,
    status: failed ? 'failed' : refused ? 'partial' : 'delivered',
    plannedArriveAt: planned,
    windowFromAt: instantAt(day, row.windowFrom),
    windowToAt: instantAt(day, row.windowTo),
    arrivedAt,
    finishedAt,
    lateNoticedAt: told,
    failReason: failed ? 'closed' : null,
    receiverName: failed || row.keyDrop ? '' : row.contactName,
    photoFileIds: [],
    temperatureDeciC: -180 + dice.whole(0, 20),
    cratesOut: failed ? 0 : crates,
    cratesBack: dice.whole(0, crates),
    note: failed ? '门店未开，电话未接（示例）' : '',
    version: 3,
  })
  book.stopOrders.push({ orderId: draft.id, stopId: id })
  const about = { subjectId: id, orgId: row.orgId, hubId, ...driver, payload: { runId } }
  tell(book, { type: 'stop.arrived', at: arrivedAt, ...about })
  if (failed) noteNotAgain(scene, night, { stopId: id, at: finishedAt })
  const eventId = tell(book, { type: failed ? 'stop.failed' : 'stop.delivered', at: finishedAt, ...about })
  for (const { line, fate, portions } of lines) {
    for (const portion of portions) {
      book.deliveries.push({
        id: sampleId(`delivery ${line.id} ${portion.lot.id}`, finishedAt),
        stopId: id,
        orderId: draft.id,
        orderLineId: line.id,
        lotId: portion.lot.id,
        quantity: portion.delivered,
        refusedQuantity: portion.refused,
        refuseReason: portion.refused > 0 ? fate.refuseReason : null,
        at: finishedAt,
      })
      if (portion.delivered > 0)
        book.traceEdges.push({
          fromId: draft.id,
          toId: row.id,
          kind: 'delivered',
          lotId: portion.lot.id,
          quantity: portion.delivered,
          toQuantity: portion.delivered,
          eventId,
          at: finishedAt,
        })
    }
  }
  return finishedAt
}
