import { scanNames } from '@huming/shared/identifiers/scan-codes'
import { coldestOf } from '@huming/shared/proof'
import type { Input, Reply } from '../app/api.ts'

export type Run = Reply<'delivery.readRun'>
export type Stop = Run['stops'][number]
export type Tote = Stop['toteList'][number]

/** What a driver does at a stop; it may wait on the phone until there is a network. */
export type StopAct =
  | { kind: 'arrive'; body: Input<'delivery.arrive'>['body'] }
  | { kind: 'deliver'; body: Input<'delivery.deliver'>['body'] }
  | { kind: 'fail'; body: Input<'delivery.fail'>['body'] }
/** What a driver does with the whole run, before its first stop and after its last. */
export type RunAct =
  | { kind: 'load'; body: Input<'delivery.loadTote'>['body'] }
  | { kind: 'check'; body: Input<'delivery.checkTrip'>['body'] }
  | { kind: 'depart'; body: Input<'delivery.depart'>['body'] }
  | { kind: 'odometer'; body: Input<'reports.writeOdometer'>['body'] }
  | { kind: 'disinfect'; body: Input<'delivery.disinfect'>['body'] }
  | { kind: 'finish'; body: Input<'delivery.finishRun'>['body'] }

export type Waiting = ((StopAct & { stopId: string }) | (RunAct & { stopId: null })) & {
  /** Version 7: sorts in the order of doing. */
  id: string
  personId: string
  runId: string
  /** What it is about, in words. */
  site: string
  at: string
  /** Pictures to upload before it. */
  files: { id: string; blob: Blob }[]
  /** Why the server sent it back. */
  problem: { code: string; detail: string } | null
}

/** Leaving waits for loading and check, a stop for leaving and for what was done there before, the end for all. */
export function waitsFor(act: Waiting, earlier: Waiting): boolean {
  if (act.runId !== earlier.runId) return false
  // Kilometres and a clean box hold nothing up here; leaving asks for the paper.
  if (aside(act) || aside(earlier)) return false
  // A truck that came back is loaded again once its doors are closed.
  if (act.kind === 'load') return earlier.kind !== 'load' && earlier.kind !== 'check'
  if (act.kind === 'check') return false
  if (act.kind === 'depart' || act.kind === 'finish') return true
  return earlier.kind === 'depart' || earlier.stopId === act.stopId
}

const aside = ({ kind }: Waiting): boolean => kind === 'odometer' || kind === 'disinfect'

/** The run as it will be once the waiting actions are sent; those sent back do not count. */
export function overlay(run: Run, waiting: readonly Waiting[]): Run {
  return waiting.filter((act) => act.runId === run.id && act.problem === null).reduce(done, run)
}

/** The run after one action. */
export function done(run: Run, act: Waiting): Run {
  if (act.stopId !== null) {
    const stops = run.stops.map((stop) => (stop.id === act.stopId ? atStop(stop, act) : stop))
    return { ...run, stops, stopsDone: stops.filter(isClosed).length }
  }
  if (act.kind === 'finish')
    return run.status === 'on_road' ? { ...run, status: 'finished', finishedAt: act.at } : run
  if (act.kind === 'odometer' || act.kind === 'disinfect' || !isAtDock(run)) return run
  if (act.kind === 'load') return loaded(run, act.body.code)
  if (act.kind === 'depart') {
    const tripsGone = act.body.trip ?? 1
    return { ...run, status: 'on_road', tripsGone, preCoolDeciC: act.body.preCoolDeciC ?? null }
  }
  const fine = new Set(act.body.answers.filter((answer) => answer.ok).map((answer) => answer.code))
  const open = run.tripItems.filter((item) => item.stopsRun && !fine.has(item.code))
  return { ...run, tripCheckedAt: act.at, tripOpen: open.map((item) => item.name) }
}

/** A run of the list, with what waits for it. */
export function inList<R extends Listed>(run: R, waiting: readonly Waiting[]): R {
  const own = waiting.filter((act) => act.runId === run.id && act.problem === null)
  const count = (...kinds: Waiting['kind'][]) => own.filter((act) => kinds.includes(act.kind)).length
  const left = run.status === 'loading' && count('depart') > 0
  const status = count('finish') > 0 ? 'finished' : left ? 'on_road' : run.status
  return {
    ...run,
    status,
    totesLoaded: Math.min(run.totes, run.totesLoaded + count('load')),
    stopsDone: Math.min(run.stopCount, run.stopsDone + count('deliver', 'fail')),
  }
}
type Listed = Pick<
  Reply<'delivery.myRuns'>['items'][number],
  'id' | 'status' | 'totes' | 'totesLoaded' | 'stopCount' | 'stopsDone'
>

export const isAboard = (tote: { status: string }): boolean =>
  tote.status !== 'sealed' && tote.status !== 'open'
export const toLoad = (stop: Stop): boolean => stop.toteList.some((tote) => !isAboard(tote))
export const isClosed = (stop: { status: string }): boolean =>
  stop.status !== 'waiting' && stop.status !== 'arrived'

/** The tote that a scan names, by its code or its label's number; null: it is not of these stops. */
export function toteOf(stops: readonly Stop[], scanned: string): { stop: Stop; tote: Tote } | null {
  for (const stop of stops)
    for (const tote of stop.toteList)
      if (scanNames(scanned, tote.code) || (tote.sscc !== null && scanNames(scanned, tote.sscc)))
        return { stop, tote }
  return null
}

function loaded(run: Run, code: string): Run {
  const found = toteOf(run.stops, code)
  if (!found || isAboard(found.tote)) return run
  const stops = run.stops.map((stop) => ({
    ...stop,
    toteList: stop.toteList.map((tote) => (tote.id === found.tote.id ? { ...tote, status: 'loaded' } : tote)),
  }))
  return { ...run, stops, totesLoaded: run.totesLoaded + 1 }
}

function atStop(stop: Stop, act: StopAct & { at: string }): Stop {
  if (isClosed(stop)) return stop
  if (act.kind === 'arrive')
    return stop.status === 'waiting' ? { ...stop, status: 'arrived', arrivedAt: act.at } : stop
  if (act.kind === 'fail')
    return { ...stop, status: 'failed', finishedAt: act.at, failReason: act.body.reason }
  const { lines, receiverName = '' } = act.body
  const told = new Map(lines.map((line) => [`${line.orderLineId}/${line.lotId}`, line]))
  const goods = stop.goods.map((order) => ({
    ...order,
    lines: order.lines.map((line) => {
      const said = told.get(`${line.orderLineId}/${line.lotId}`)
      if (!said) return line
      return {
        ...line,
        delivered: said.delivered,
        refused: said.refused ?? 0,
        refuseReason: said.reason ?? null,
      }
    }),
  }))
  return { ...stop, goods, receiverName, status: endOf(lines), finishedAt: act.at }
}

function endOf(lines: readonly { delivered: number; refused?: number | undefined }[]): Stop['status'] {
  if (lines.every((line) => !line.refused)) return 'delivered'
  return lines.some((line) => line.delivered > 0) ? 'partial' : 'refused'
}

/** Trips of a run that have left. */
const gone = (run: Run): number => (run.status === 'loading' ? 0 : Math.max(1, run.tripsGone))

/** At the hub, being loaded: before it leaves, or back for a trip more with every door of those before closed. */
export function isAtDock(run: Run): boolean {
  if (run.status === 'loading') return true
  const left = gone(run)
  return (
    run.status === 'on_road' &&
    run.stops.some((stop) => stop.trip > left) &&
    run.stops.every((stop) => stop.trip > left || isClosed(stop))
  )
}

/** The trip that is loaded at the dock, or driven. */
export const tripNow = (run: Run): number => (isAtDock(run) ? gone(run) + 1 : gone(run))

/** What the dock sees of a run: the stops and totes of the trip that is loaded. */
export function tripToLoad(run: Run): Run {
  const trip = tripNow(run)
  const stops = run.stops.filter((stop) => stop.trip === trip)
  const totes = stops.reduce((sum, stop) => sum + stop.toteList.length, 0)
  return { ...run, stops, totes, coldestZone: coldestOf(stops.flatMap((stop) => stop.zones)) }
}

/** The one thing to do next on a run. */
export type NextAct =
  | { kind: 'depart' }
  | { kind: 'continue'; stop: Stop }
  | { kind: 'go'; stop: Stop }
  | { kind: 'finish' }
  | { kind: 'none' }

export function nextAct(run: Run): NextAct {
  if (isAtDock(run)) return { kind: 'depart' }
  if (run.status !== 'on_road') return { kind: 'none' }
  const arrived = run.stops.find((stop) => stop.status === 'arrived')
  if (arrived) return { kind: 'continue', stop: arrived }
  const waiting = run.stops.find((stop) => stop.status === 'waiting')
  return waiting ? { kind: 'go', stop: waiting } : { kind: 'finish' }
}
