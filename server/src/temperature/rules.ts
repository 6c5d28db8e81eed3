import type { AlarmKind, DeviceState } from '@huming/shared/reference/cold-watch'

/** A reading of one probe: milliseconds since 1970 and tenths of °C. */
export type Reading = { readonly at: number; readonly deciC: number }

/** Limits in force, tenths of °C; see `temperature_rules`. */
export type Limits = {
  readonly warnAbove: number
  readonly warnMinutes: number
  readonly rejectAbove: number | null
  readonly warnBelow: number | null
}

/** A stretch of readings out of a limit. */
export type Excursion = {
  readonly kind: Exclude<AlarmKind, 'silent'>
  readonly from: number
  readonly to: number
  readonly limit: number
  readonly worst: number
}

const minute = 60_000

/** Readings of one probe, oldest first: each unbroken stretch beyond `limit` that lasts `forMinutes` from its first reading to its last. */
function stretches(readings: readonly Reading[], limit: number, side: 1 | -1, forMinutes: number) {
  const found: { from: number; to: number; worst: number }[] = []
  let open: { from: number; to: number; worst: number } | null = null
  const close = () => {
    if (open && open.to - open.from >= forMinutes * minute) found.push(open)
    open = null
  }
  for (const { at, deciC } of readings) {
    if ((deciC - limit) * side <= 0) close()
    else if (!open) open = { from: at, to: at, worst: deciC }
    else
      open = {
        from: open.from,
        to: at,
        worst: side === 1 ? Math.max(open.worst, deciC) : Math.min(open.worst, deciC),
      }
  }
  close()
  return found
}

/**
 * What of these readings of one probe, oldest first, is an alarm under the limits: too warm for too long, above
 * the limit of rejection at once, too cold for too long.
 */
export function excursionsOf(readings: readonly Reading[], limits: Limits): Excursion[] {
  const { warnAbove, warnMinutes, rejectAbove, warnBelow } = limits
  const of = (
    kind: Excursion['kind'],
    limit: number | null,
    side: 1 | -1,
    forMinutes: number,
  ): Excursion[] =>
    limit === null ? [] : stretches(readings, limit, side, forMinutes).map((one) => ({ kind, limit, ...one }))
  return [
    ...of('warm', warnAbove, 1, warnMinutes),
    ...of('reject', rejectAbove, 1, 0),
    ...of('cold', warnBelow, -1, warnMinutes),
  ]
}

/** A reading speaks for the time until the next one, but for no longer than this many of its intervals. */
const intervalsBelieved = 3

/** Is this reading beyond a limit that raises alarms? */
export const isOut = (deciC: number, { warnAbove, warnBelow }: Limits): boolean =>
  deciC > warnAbove || (warnBelow !== null && deciC < warnBelow)

export type Evidence = {
  readonly lowest: number
  readonly highest: number
  /** Arithmetic mean of the readings, rounded half up. */
  readonly mean: number
  readonly readings: number
  /** Whole minutes beyond the limits, rounded down. */
  readonly minutesOut: number
}

/**
 * What readings of one probe, oldest first, prove of the time `from … to`. A reading stands until the next one, at most
 * three intervals of its device; before the first there is no proof. Null without a reading in that time.
 */
export function evidenceOf(
  readings: readonly Reading[],
  { from, to, everyMinutes, limits }: { from: number; to: number; everyMinutes: number; limits: Limits },
): Evidence | null {
  const within = readings.filter((one) => one.at >= from && one.at <= to)
  if (within.length === 0) return null
  const longest = intervalsBelieved * everyMinutes * minute
  let out = 0
  for (const [i, one] of within.entries()) {
    if (!isOut(one.deciC, limits)) continue
    out += Math.min((within[i + 1]?.at ?? to) - one.at, longest)
  }
  const degrees = within.map((one) => one.deciC)
  return {
    lowest: Math.min(...degrees),
    highest: Math.max(...degrees),
    mean: Math.floor(degrees.reduce((sum, one) => sum + one, 0) / degrees.length + 0.5),
    readings: within.length,
    minutesOut: Math.floor(out / minute),
  }
}

/** Proofs of several probes of one zone as one: the extremes of all, the longest time out of any. */
export function together(proofs: readonly Evidence[]): Evidence | null {
  if (proofs.length === 0) return null
  const readings = proofs.reduce((sum, one) => sum + one.readings, 0)
  return {
    lowest: Math.min(...proofs.map((one) => one.lowest)),
    highest: Math.max(...proofs.map((one) => one.highest)),
    mean: Math.floor(proofs.reduce((sum, one) => sum + one.mean * one.readings, 0) / readings + 0.5),
    readings,
    minutesOut: Math.max(...proofs.map((one) => one.minutesOut)),
  }
}

/** How a device stands now. A device is silent when two of its readings are missing. */
export function stateOf(
  device: { revoked: boolean; lastAt: number | null; lastDeciC: number | null; everyMinutes: number },
  limits: Limits | null,
  now: number,
): DeviceState {
  if (device.revoked) return 'off'
  if (device.lastAt === null || device.lastDeciC === null) return 'none'
  if (now - device.lastAt > intervalsBelieved * device.everyMinutes * minute) return 'silent'
  if (limits && device.lastDeciC > limits.warnAbove) return 'warm'
  if (limits?.warnBelow != null && device.lastDeciC < limits.warnBelow) return 'cold'
  return 'fine'
}

/** At most about `most` points for a chart: of each bucket its lowest and its highest, in order of time. */
export function thinned(readings: readonly Reading[], most: number): Reading[] {
  if (readings.length <= most) return [...readings]
  const size = Math.ceil((readings.length * 2) / most)
  const kept: Reading[] = []
  for (let i = 0; i < readings.length; i += size) {
    const bucket = readings.slice(i, i + size)
    const low = bucket.reduce((a, b) => (b.deciC < a.deciC ? b : a))
    const high = bucket.reduce((a, b) => (b.deciC > a.deciC ? b : a))
    kept.push(...(low === high ? [low] : low.at < high.at ? [low, high] : [high, low]))
  }
  return kept
}
