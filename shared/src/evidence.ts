import type { Proof } from './proof.ts'
import { ZONES, type Zone } from './reference/zones.ts'

/** What the door asks on a day, as far as the hand-over goes. */
export type DoorRule = {
  /** Of these one proves that somebody took the goods. */
  readonly proofs: readonly Proof[]
  readonly unloadScan: boolean
  readonly zoneReadings: boolean
  readonly refusePhoto: boolean
  readonly keyDropSet: boolean
  readonly waitMinutes: number
  readonly waitReasons: readonly string[]
}
/** Proof of a hand-over beyond name, signature and photos. */
export type Shown = {
  readonly doorOpenedAt: string | null
  readonly doorClosedAt: string | null
  readonly dropPoint: string
  readonly shots: readonly { readonly fileId: string; readonly of: string }[]
  readonly readings: readonly { readonly zone: string; readonly deciC: number }[]
  readonly unload: {
    readonly scanned: readonly string[]
    readonly counted: number | null
    readonly reason: string
  } | null
  readonly calledAt: string | null
}
export type Handing = {
  readonly keyDrop: boolean
  /** Totes of the stop that are aboard. */
  readonly totes: number
  readonly lines: readonly {
    readonly zone: string
    readonly delivered: number
    readonly refused: number
    readonly reason: string | null
  }[]
  readonly evidence: Shown
}
export type MissingEvidence =
  | 'unload'
  | 'readings'
  | 'shotRefused'
  | 'doorTimes'
  | 'dropPoint'
  | 'shotGoods'
  | 'shotThermometer'
  | 'shotLocked'

const isCold = (zone: string): boolean => ZONES[zone as Zone]?.readingRequired ?? false
/** Refused without anything to see: nothing is there, or it was only weighed again. */
const unseen = ['short', 'reweighed']

/** Cold zones with goods at the door: each wants its reading. */
export const coldZones = (zones: readonly string[]): string[] => [...new Set(zones)].filter(isCold)

/** What a hand-over still lacks by the rule of the day, in the order it is done at the door; null: nothing. */
export function missingEvidence(rule: DoorRule | null, hand: Handing): MissingEvidence | null {
  if (!rule) return null
  const { evidence, lines } = hand
  const shown = (of: string): boolean => evidence.shots.some((shot) => shot.of === of)
  if (rule.unloadScan && !unloaded(hand)) return 'unload'
  const read = new Set(evidence.readings.map((one) => one.zone))
  const cold = coldZones(lines.map((line) => line.zone))
  if (rule.zoneReadings && cold.some((zone) => !read.has(zone))) return 'readings'
  const seen = lines.some((line) => line.refused > 0 && !unseen.includes(line.reason ?? ''))
  if (rule.refusePhoto && seen && !shown('refused')) return 'shotRefused'
  return rule.keyDropSet && hand.keyDrop && lines.some((line) => line.delivered > 0)
    ? keyDropLacks(hand, shown)
    : null
}

/** Every tote scanned, or counted by hand with the reason. */
function unloaded({ totes, evidence: { unload } }: Handing): boolean {
  if (totes === 0) return true
  if (unload === null) return false
  if (new Set(unload.scanned).size >= totes) return true
  return unload.counted !== null && unload.reason.trim() !== ''
}

function keyDropLacks({ lines, evidence }: Handing, shown: (of: string) => boolean): MissingEvidence | null {
  const { doorOpenedAt, doorClosedAt, dropPoint } = evidence
  if (!doorOpenedAt || !doorClosedAt || doorClosedAt < doorOpenedAt) return 'doorTimes'
  if (dropPoint.trim() === '') return 'dropPoint'
  if (!shown('goods')) return 'shotGoods'
  const cold = coldZones(lines.filter((line) => line.delivered > 0).map((line) => line.zone))
  if (cold.length > 0 && !shown('thermometer')) return 'shotThermometer'
  return shown('locked') ? null : 'shotLocked'
}

/** What must still be done before a shut door is given up; null: nothing, or the reason asks for nothing. */
export function missingBeforeFail(
  rule: DoorRule | null,
  fail: {
    readonly reason: string
    /** At the door, and now; null: never arrived. */
    readonly arrivedAt: string | null
    readonly at: string
    readonly calledAt: string | null
    readonly photos: number
  },
): 'arrive' | 'call' | 'wait' | 'photo' | null {
  if (!rule?.waitReasons.includes(fail.reason)) return null
  if (fail.arrivedAt === null) return 'arrive'
  if (fail.calledAt === null) return 'call'
  if (Date.parse(fail.at) - Date.parse(fail.arrivedAt) < rule.waitMinutes * 60_000) return 'wait'
  return fail.photos > 0 ? null : 'photo'
}
