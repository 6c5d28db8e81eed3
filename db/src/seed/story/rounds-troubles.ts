import { instantAt, minutesOf, minutesText } from '@huming/shared/days'
import { houseId } from '../cast/parties.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { DoneOrder, Night } from './evening.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const warehouse = houseId('warehouse')

/** A door on its run. */
export type Visit = {
  readonly runId: string
  readonly seq: number
  readonly order: DoneOrder
  readonly planned: Date
  /** Behind the plan on reaching it, ms. */
  readonly lostMs: number
  readonly driver: { personId: string | null; actorOrgId: string }
}

export const stopIdOf = ({ order, planned }: Visit): string => sampleId(`stop ${order.draft.id}`, planned)
/** Of a first try that found the door shut. */
export const shutStopId = ({ order, planned }: Visit): string =>
  sampleId(`shut stop ${order.draft.id}`, planned)

type Shut = { readonly stopId: string; readonly at: Date }

/** The dispatcher lets a shut door be tried again on the way. */
export const noteAgain = (
  scene: Scene,
  night: Night,
  { shut, newStopId }: { shut: Shut; newStopId: string },
): void =>
  noteDecision(scene, night, shut, { choice: 'again', newStopId, note: '店主回电，顺路再送一次（示例）' })

/** The goods of a shut door come back; the buyer orders for the next day. */
export const noteNotAgain = (scene: Scene, night: Night, shut: Shut): void =>
  noteDecision(scene, night, shut, {
    choice: 'tomorrow',
    newStopId: null,
    note: '店主今天不开门，明天再订（示例）',
  })

type Decision = { choice: 'again' | 'tomorrow'; newStopId: string | null; note: string }

function noteDecision({ book, now }: Scene, { hubId }: Night, shut: Shut, decision: Decision): void {
  const { stopId } = shut
  const at = new Date(Math.min(shut.at.getTime() + 6 * 60_000, now.getTime() - 30_000))
  const personId = oneOf(warehouse, 'dispatcher')
  book.doorDecisions.push({ id: sampleId(`decision ${stopId}`, at), stopId, ...decision, personId, at })
  const { choice, newStopId } = decision
  const actor = { personId, actorOrgId: warehouse }
  tell(book, { type: 'stop.decided', at, subjectId: stopId, hubId, ...actor, payload: { choice, newStopId } })
}

/** Nobody opens at first: the stop ends as failed, its goods stay aboard. Gives when the driver goes on. */
export function noteShut({ book, now }: Scene, { day, hubId }: Night, visit: Visit): Date {
  const { runId, seq, order, planned, driver } = visit
  const { row } = order.draft.site
  const id = shutStopId(visit)
  const at = (minutes: number): Date =>
    new Date(Math.min(planned.getTime() + minutes * 60_000, now.getTime() - (200 - minutes) * 1000))
  const [arrivedAt, finishedAt] = [at(2), at(14)]
  book.stops.push({
    id,
    runId,
    siteId: row.id,
    seq,
    status: 'failed',
    plannedArriveAt: planned,
    windowFromAt: instantAt(day, row.windowFrom),
    windowToAt: instantAt(day, row.windowTo),
    arrivedAt,
    finishedAt,
    lateNoticedAt: null,
    failReason: 'closed',
    receiverName: '',
    photoFileIds: [],
    temperatureDeciC: null,
    cratesOut: 0,
    cratesBack: 0,
    note: '卷帘门锁着，电话没人接（示例）',
    version: 3,
  })
  const about = { subjectId: id, orgId: row.orgId, hubId, ...driver, payload: { runId } }
  tell(book, { type: 'stop.arrived', at: arrivedAt, ...about })
  tell(book, { type: 'stop.failed', at: finishedAt, ...about })
  return finishedAt
}

/** The buyer of a door that is reached too late was told before; gives when, null where it was in time. */
export function tellLate({ book }: Scene, { day, hubId }: Night, visit: Visit, arrivedAt: Date): Date | null {
  const { draft } = visit.order
  const { row } = draft.site
  const windowToAt = instantAt(day, row.windowTo)
  if (arrivedAt <= windowToAt) return null
  const stopId = stopIdOf(visit)
  const at = new Date(Math.min(visit.planned.getTime(), arrivedAt.getTime() - 60_000))
  const payload = {
    runId: visit.runId,
    expectedAt: arrivedAt.toISOString(),
    windowToAt: windowToAt.toISOString(),
  }
  tell(book, { type: 'stop.late', at, subjectId: stopId, orgId: row.orgId, hubId, payload })
  book.notices.push({
    id: sampleId(`late ${stopId}`, at),
    orgId: row.orgId,
    key: 'notice.stop_late',
    params: {
      number: draft.number,
      site: row.name,
      time: minutesText(minutesOf(arrivedAt)),
      minutes: Math.ceil((arrivedAt.getTime() - windowToAt.getTime()) / 60_000),
    },
    subjectId: draft.id,
    at,
  })
  return at
}
