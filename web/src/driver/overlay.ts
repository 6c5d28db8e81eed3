import type { Input, Reply } from '../app/api.ts'

export type Run = Reply<'delivery.readRun'>
export type Stop = Run['stops'][number]

/** What a driver does at a stop; it may wait on the phone until there is a network. */
export type StopAct =
  | { kind: 'arrive'; body: Input<'delivery.arrive'>['body'] }
  | { kind: 'deliver'; body: Input<'delivery.deliver'>['body'] }
  | { kind: 'fail'; body: Input<'delivery.fail'>['body'] }

export type Waiting = StopAct & {
  /** Version 7: sorts in the order of doing. */
  id: string
  personId: string
  runId: string
  stopId: string
  site: string
  at: string
  /** Pictures to upload before it. */
  files: { id: string; blob: Blob }[]
  /** Why the server sent it back. */
  problem: { code: string; detail: string } | null
}

/** The run as it will be once the waiting actions are sent; those sent back do not count. */
export function overlay(run: Run, waiting: readonly Waiting[]): Run {
  const stops = run.stops.map((stop) =>
    waiting.filter((act) => act.stopId === stop.id && act.problem === null).reduce(applied, stop),
  )
  return { ...run, stops, stopsDone: stops.filter(isClosed).length }
}

export const isClosed = (stop: { status: string }): boolean =>
  stop.status !== 'waiting' && stop.status !== 'arrived'

function applied(stop: Stop, act: Waiting): Stop {
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

/** The one thing to do next on a run. */
export type NextAct =
  | { kind: 'depart' }
  | { kind: 'continue'; stop: Stop }
  | { kind: 'go'; stop: Stop }
  | { kind: 'finish' }
  | { kind: 'none' }

export function nextAct(run: Run): NextAct {
  if (run.status === 'loading') return { kind: 'depart' }
  if (run.status !== 'on_road') return { kind: 'none' }
  const arrived = run.stops.find((stop) => stop.status === 'arrived')
  if (arrived) return { kind: 'continue', stop: arrived }
  const waiting = run.stops.find((stop) => stop.status === 'waiting')
  return waiting ? { kind: 'go', stop: waiting } : { kind: 'finish' }
}
