import type { TimelineStep, TransportMode } from '@huming/shared/contracts/timeline'
import { addDays, cutOffAt, instantAt, type ServiceDay } from '@huming/shared/days'

/** A dated row that says how many minutes a step takes; a qualifier left null fits everything. */
export type StepRow = {
  readonly id: string
  readonly step: string
  readonly buyerClass: string | null
  readonly zone: string | null
  readonly mode: string | null
  readonly countyCode: string | null
  readonly minutes: number
  readonly validFrom: string
  readonly validTo: string
}
/** Goods as far as their way goes. */
export type Goods = {
  readonly zone: string
  readonly mode: TransportMode
  readonly countyCode: string
  /** Hours from the call-off to goods made; 0 where they are taken from what is there. */
  readonly makingHours: number
}
/** Whom and when it is for: the window begins `windowFrom` minutes after midnight of the delivery day. */
export type Arrival = {
  readonly buyerClass: string
  readonly day: ServiceDay
  readonly windowFrom: number
}
/** The latest instants at which each step may begin, from the window backwards. */
export type Timeline = {
  readonly windowAt: Date
  /** The truck leaves the hub. */
  readonly departBy: Date
  /** The wave begins. */
  readonly waveBy: Date
  /** The load stands at the dock. */
  readonly dockBy: Date
  /** The load leaves the base. */
  readonly shipBy: Date
  /** Goods are made and loading begins. */
  readonly makeBy: Date
  /** Making or harvest begins. */
  readonly startBy: Date
  /** The supplier hears of it. */
  readonly callBy: Date
}
export type { TimelineStep }

const minute = 60_000

/**
 * Minutes of a step for these goods and this class on a day: of the rows in force that fit, the one with the most
 * qualifiers, then the one begun last. Null when nobody has said.
 */
export function stepMinutes(
  rows: readonly StepRow[],
  step: TimelineStep,
  goods: Omit<Goods, 'makingHours'>,
  { buyerClass, day }: Pick<Arrival, 'buyerClass' | 'day'>,
): number | null {
  const of = { buyerClass, zone: goods.zone, mode: goods.mode, countyCode: goods.countyCode }
  const qualifiers = Object.keys(of) as (keyof typeof of)[]
  const fitting = rows
    .filter((row) => row.step === step && row.validFrom <= day && day <= row.validTo)
    .filter((row) => qualifiers.every((name) => row[name] === null || row[name] === of[name]))
  const weight = (row: StepRow) => qualifiers.filter((name) => row[name] !== null).length
  const best = fitting.reduce<StepRow | null>((last, row) => {
    if (!last) return row
    const by =
      weight(row) - weight(last) || compare(row.validFrom, last.validFrom) || compare(row.id, last.id)
    return by > 0 ? row : last
  }, null)
  return best?.minutes ?? null
}

/**
 * Reckons backwards from the buyer's window: delivery ← wave ← dock ← line-haul ← loading ← making ← answer. Gives
 * the name of the first step nobody has timed instead, where there is one.
 */
export function timelineOf(
  rows: readonly StepRow[],
  goods: Goods,
  arrival: Arrival,
): Timeline | TimelineStep {
  const back = { delivery: 0, wave: 0, dock: 0, line_haul: 0, load: 0, answer: 0 }
  for (const step of Object.keys(back) as (keyof typeof back)[]) {
    const minutes = stepMinutes(rows, step, goods, arrival)
    if (minutes === null) return step
    back[step] = minutes
  }
  const windowAt = instantAt(arrival.day, arrival.windowFrom)
  const before = (at: Date, minutes: number) => new Date(at.getTime() - minutes * minute)
  const departBy = before(windowAt, back.delivery)
  const waveBy = before(departBy, back.wave)
  const dockBy = before(waveBy, back.dock)
  const shipBy = before(dockBy, back.line_haul)
  const makeBy = before(shipBy, back.load)
  const startBy = before(makeBy, goods.makingHours * 60)
  return { windowAt, departBy, waveBy, dockBy, shipBy, makeBy, startBy, callBy: before(startBy, back.answer) }
}

export type Failure = { readonly step: TimelineStep; readonly lateMinutes: number; readonly latest: Date }

/**
 * The step that can no longer begin in time when goods at the base are called off at `at`; null when all can.
 * `latest` is when they would have to be called off.
 */
export function failureOf(timeline: Timeline, at: Date): Failure | null {
  const { callBy } = timeline
  if (at <= callBy) return null
  const passed: [Date, TimelineStep][] = [
    [timeline.departBy, 'delivery'],
    [timeline.waveBy, 'wave'],
    [timeline.dockBy, 'dock'],
    [timeline.shipBy, 'line_haul'],
    [timeline.makeBy, 'load'],
    [timeline.startBy, 'making'],
  ]
  const step = passed.find(([deadline]) => at > deadline)?.[1] ?? 'answer'
  return { step, lateMinutes: minutesLate(at, callBy), latest: callBy }
}

/** The same for goods that lie at the hub: only the wave and the road to the door follow the cut-off. */
export function hubFailureOf(
  { departBy, waveBy }: Pick<Timeline, 'departBy' | 'waveBy'>,
  at: Date,
): Failure | null {
  if (at <= waveBy) return null
  return { step: at > departBy ? 'delivery' : 'wave', lateMinutes: minutesLate(at, waveBy), latest: waveBy }
}

const minutesLate = (at: Date, limit: Date): number => Math.ceil((at.getTime() - limit.getTime()) / minute)

/** When goods are called off for a day. */
export type CallOffTime = {
  readonly buyerClass: string
  readonly daysBefore: number
  readonly minutes: number
  readonly validFrom: string
  readonly validTo: string
}

/** The call-off of a class for a delivery day: of several rows in force the one begun last; null without one. */
export function callOffAt(rows: readonly CallOffTime[], buyerClass: string, day: ServiceDay): Date | null {
  const row = rows
    .filter((one) => one.buyerClass === buyerClass && one.validFrom <= day && day <= one.validTo)
    .reduce<CallOffTime | null>((last, one) => (last && last.validFrom >= one.validFrom ? last : one), null)
  return row ? cutOffAt(day, row) : null
}

/** The first call-off of the day over all classes; null when the hub calls off with the cut-offs alone. */
export function firstCallOffAt(rows: readonly CallOffTime[], day: ServiceDay): Date | null {
  const classes = new Set(rows.map((row) => row.buyerClass))
  const times = [...classes].flatMap((buyerClass) => callOffAt(rows, buyerClass, day) ?? [])
  return times.length > 0 ? new Date(Math.min(...times.map((time) => time.getTime()))) : null
}

/** How far ahead a day is looked for that goods can still reach. */
const daysLooked = 15

/** The first delivery day, from `from` on, whose goods can still be made by `madeAt`; null within two weeks. */
export function firstDayReached(
  rows: readonly StepRow[],
  goods: Goods,
  windows: readonly { buyerClass: string; windowFrom: number }[],
  madeAt: Date,
  from: ServiceDay,
): ServiceDay | null {
  for (let ahead = 0; ahead < daysLooked; ahead++) {
    const day = addDays(from, ahead)
    const reached = windows.every(({ buyerClass, windowFrom }) => {
      const timeline = timelineOf(rows, goods, { buyerClass, day, windowFrom })
      return typeof timeline === 'string' || madeAt <= timeline.makeBy
    })
    if (reached) return day
  }
  return null
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
