import type { ServiceDay } from '@huming/shared/days'
import type { GoodsGroup } from './timeline-rows.ts'
import {
  type Failure,
  failureOf,
  hubFailureOf,
  type StepRow,
  stepMinutes,
  type Timeline,
  type TimelineStep,
  timelineOf,
} from './timeline-rules.ts'

/** Whether goods can meet a cut-off: what is asked. */
export type CutOffAsk = {
  readonly buyerClass: string
  readonly day: ServiceDay
  readonly windowFrom: number
  readonly cutOffAt: Date
  /** When goods at the bases are called off. */
  readonly callOffAt: Date
}
/** A step that cannot begin in time, for so many packs; nobody timed it where `lateMinutes` is null. */
export type CheckFailure = {
  readonly step: TimelineStep
  readonly lateMinutes: number | null
  readonly latest: Date | null
  readonly name: string
  readonly packs: number
}
export type Checked = { readonly way: Timeline | null; readonly failures: readonly CheckFailure[] }

/**
 * Checks a cut-off against the hub's timed steps: orders that stand at the cut-off must still be picked and driven
 * in time, and goods called off must come from the base in time. The hub's own steps come first, then the goods by
 * how late they are.
 */
export function checkCutOff(
  steps: readonly StepRow[],
  goods: readonly GoodsGroup[],
  ask: CutOffAsk,
): Checked {
  // A hub that has timed nothing yet is not held up.
  if (!steps.some((row) => row.validFrom <= ask.day && ask.day <= row.validTo))
    return { way: null, failures: [] }
  const failures: CheckFailure[] = []
  const hub = hubCheck(steps, ask)
  if (hub) failures.push({ ...hub, name: '', packs: 0 })
  let way: Timeline | null = null
  const byStep = new Map<string, CheckFailure>()
  for (const group of goods) {
    const timeline = timelineOf(steps, group, ask)
    if (typeof timeline === 'string') {
      note(byStep, { step: timeline, lateMinutes: null, latest: null }, group)
      continue
    }
    if (!way || timeline.callBy < way.callBy) way = timeline
    const failure = failureOf(timeline, ask.callOffAt)
    if (failure && failure.step !== hub?.step) note(byStep, failure, group)
  }
  const late = (one: CheckFailure) => one.lateMinutes ?? Number.MAX_SAFE_INTEGER
  return { way, failures: [...failures, ...[...byStep.values()].sort((a, b) => late(b) - late(a))] }
}

type Found = { step: TimelineStep; lateMinutes: number | null; latest: Date | null }

/** The wave and the road to the door, for goods of any zone that lie at the hub. */
function hubCheck(steps: readonly StepRow[], ask: CutOffAsk): Found | null {
  const anyGoods = { zone: '', mode: 'road' as const, countyCode: '' }
  const delivery = stepMinutes(steps, 'delivery', anyGoods, ask)
  const wave = stepMinutes(steps, 'wave', anyGoods, ask)
  if (delivery === null || wave === null)
    return { step: delivery === null ? 'delivery' : 'wave', lateMinutes: null, latest: null }
  const windowAt = instantOf(ask)
  const departBy = new Date(windowAt - delivery * 60_000)
  return hubFailureOf({ departBy, waveBy: new Date(departBy.getTime() - wave * 60_000) }, ask.cutOffAt)
}

const instantOf = ({ day, windowFrom }: CutOffAsk): number =>
  Date.parse(`${day}T00:00:00+08:00`) + windowFrom * 60_000

/** Adds packs to the failure of their step; the one that is latest gives its name. */
function note(byStep: Map<string, CheckFailure>, failure: Found | Failure, group: GoodsGroup): void {
  const before = byStep.get(failure.step)
  const packs = (before?.packs ?? 0) + group.packs
  const worse =
    !before ||
    (failure.lateMinutes ?? Number.MAX_SAFE_INTEGER) > (before.lateMinutes ?? Number.MAX_SAFE_INTEGER)
  byStep.set(failure.step, worse ? { ...failure, name: group.name, packs } : { ...before, packs })
}
