import type { BoardRun, Proposal } from './dispatch-types.ts'

export type SegmentKind = 'drive' | 'wait' | 'service' | 'rest' | 'reload'
/** Milliseconds since 1970. */
export type Segment = { kind: SegmentKind; from: number; to: number }
type Call = { trip: number; arriveAt: string; startAt: string; leaveAt: string }
type Timed = {
  departAt: string
  returnAt: string
  rests: readonly { from: string; to: string }[]
  /** Known for the plan in force. */
  reloads?: readonly { from: string; to: string }[]
  stops: readonly Call[]
}

const ms = (at: string): number => Date.parse(at)

/**
 * A run as a row of pieces that follow one another from leaving the hub to being back. Where the reload between two
 * trips is not known apart from the ways there and back, all of it is drawn as one.
 */
export function segmentsOf(run: Timed): Segment[] {
  const out: Segment[] = []
  let at = ms(run.departAt)
  let trip = run.stops[0]?.trip ?? 1
  const pauses = [...pausesOf('rest', run.rests), ...pausesOf('reload', run.reloads ?? [])]
  pauses.sort((a, b) => a.from - b.from)
  const travel = (to: number, kind: SegmentKind) => {
    for (const pause of pauses) {
      if (pause.from < at || pause.to > to) continue
      if (pause.from > at) out.push({ kind, from: at, to: pause.from })
      out.push(pause)
      at = pause.to
    }
    if (to > at) out.push({ kind, from: at, to })
    at = Math.max(at, to)
  }
  for (const stop of run.stops) {
    travel(ms(stop.arriveAt), stop.trip === trip || run.reloads ? 'drive' : 'reload')
    trip = stop.trip
    travel(ms(stop.startAt), 'wait')
    out.push({ kind: 'service', from: ms(stop.startAt), to: ms(stop.leaveAt) })
    at = ms(stop.leaveAt)
  }
  travel(ms(run.returnAt), 'drive')
  return out
}

const pausesOf = (kind: SegmentKind, spans: readonly { from: string; to: string }[]): Segment[] =>
  spans.map(({ from, to }) => ({ kind, from: ms(from), to: ms(to) }))

export type Scale = { from: number; to: number; hours: number[] }

const HOUR = 3_600_000

/** The hours all runs fit in, whole and with some room. */
export function scaleOf(runs: readonly Timed[]): Scale {
  const starts = runs.map((run) => ms(run.departAt))
  const ends = runs.map((run) => ms(run.returnAt))
  const from = Math.floor(Math.min(...starts) / HOUR) * HOUR
  const to = Math.max(from + 2 * HOUR, Math.ceil(Math.max(...ends) / HOUR) * HOUR)
  const count = Math.round((to - from) / HOUR)
  return { from, to, hours: Array.from({ length: count }, (_, i) => from + i * HOUR) }
}

/** Part of the scale, 0 … 1. */
export const partOf = (scale: Scale, at: number): number => (at - scale.from) / (scale.to - scale.from)

/** The place among stops at which something dropped at this time would stand, counted from 1. */
export const seqAt = (startAts: readonly string[], at: number): number =>
  1 + startAts.filter((start) => ms(start) < at).length

/** Late stops and minutes over the runs of a plan or a proposal. */
export function latenessOf(
  runs: readonly { stops: readonly { startAt: string }[] }[],
  closes: (i: number, j: number) => string,
) {
  let [stops, seconds] = [0, 0]
  runs.forEach((run, i) => {
    run.stops.forEach((stop, j) => {
      const late = (ms(stop.startAt) - ms(closes(i, j))) / 1000
      if (late > 0) {
        stops += 1
        seconds += late
      }
    })
  })
  return { stops, minutes: Math.round(seconds / 60) }
}

/** Lateness of the plan in force. */
export const boardLateness = (runs: readonly BoardRun[]) => {
  const late = runs.flatMap((run) => run.stops.map((stop) => stop.lateSeconds)).filter((one) => one > 0)
  return { stops: late.length, minutes: Math.round(late.reduce((sum, one) => sum + one, 0) / 60) }
}

/** Lateness of a proposal. */
export const proposalLateness = ({ runList }: Proposal) =>
  latenessOf(runList, (i, j) => runList[i]?.stops[j]?.windowToAt ?? '')

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`

/** How far along the scale, as a style. */
export const at = (part: number) => ({ insetInlineStart: percent(part) })

/** From and how long along the scale, as a style. */
export const span = (scale: Scale, from: number, to: number) => ({
  ...at(partOf(scale, from)),
  width: percent(partOf(scale, to) - partOf(scale, from)),
})
