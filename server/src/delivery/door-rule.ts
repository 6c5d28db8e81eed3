import { createHash } from 'node:crypto'
import { organisations } from '@huming/db/schema/accounts'
import type { Evidence } from '@huming/db/schema/driving'
import { stopProofs } from '@huming/db/schema/driving'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'

type Run = ContractReply<Contracts['delivery.readRun']>
export type DoorRuleRow = NonNullable<Run['rule']>

type Dated = DoorRuleRow & { buyerClass: string | null }

/** What a row of `door_rules d` asks. */
export const doorRuleColumns = sql`d.buyer_class as "buyerClass", d.proofs, d.trip_check as "tripCheck",
  d.pre_cool_photo as "preCoolPhoto", d.unload_scan as "unloadScan", d.zone_readings as "zoneReadings",
  d.refuse_photo as "refusePhoto", d.key_drop_set as "keyDropSet", d.wait_minutes as "waitMinutes",
  d.wait_reasons as "waitReasons", d.weigh_tolerance_bp as "weighToleranceBp", d.wash_days as "washDays"`

/** Rules of the door on a day, those that go before first. */
export const doorRulesOn = (tx: Db | Tx, day: string): Promise<Dated[]> =>
  docs<Dated>(
    tx,
    sql`select ${doorRuleColumns} from door_rules d
      where ${day} between d.valid_from and d.valid_to order by d.valid_from desc, d.id desc limit 200`,
  )

/** Of the rules of a day the one for a class of buyers (null: for a run); null where none is in force. */
export function ruleFor(rules: readonly Dated[], buyerClass: string | null): DoorRuleRow | null {
  const own = rules.find((rule) => rule.buyerClass === buyerClass)
  const row = own ?? rules.find((rule) => rule.buyerClass === null)
  if (!row) return null
  const { buyerClass: _class, ...rule } = row
  return rule
}

/** The rule of the door of an organisation on a day. */
export async function doorRuleAt(tx: Tx, day: string, orgId: string): Promise<DoorRuleRow | null> {
  const [org] = await tx
    .select({ buyerClass: organisations.buyerClass })
    .from(organisations)
    .where(eq(organisations.id, orgId))
  return ruleFor(await doorRulesOn(tx, day), org?.buyerClass ?? null)
}

/** Points of the check before a trip on a day. */
export const tripItemsOn = (tx: Db | Tx, day: string): Promise<Run['tripItems']> =>
  docs(
    tx,
    sql`select code, name, name_en as "nameEn", stops_run as "stopsRun" from trip_check_items
      where ${day} between valid_from and valid_to order by seq, code limit 60`,
  )

/** A device's clock may be off by so much and still be believed. */
const clockMinutes = 5

/** Is the time that a device tells to be believed? It says when it sent the act, and that is near to now. */
export function clockIsSane(at: string | undefined, sentAt: string | undefined, now: Date): boolean {
  if (at === undefined || sentAt === undefined) return false
  const off = Math.abs(now.getTime() - Date.parse(sentAt))
  return off <= clockMinutes * 60_000 && Date.parse(at) <= Date.parse(sentAt)
}

export type ProofKind = 'signature' | 'pin' | 'photo' | 'key_drop' | 'refused' | 'failed'
type NewProof = {
  stopId: string
  kind: ProofKind
  evidence: Evidence
  at: Date
  sentAt: string | undefined
  now: Date
  flags: string[]
  /** All that was told, for the seal over it. */
  told: unknown
}

/** Writes the proof of a stop that closes; it is never changed afterwards. */
export async function writeProof(tx: Tx, proof: NewProof): Promise<void> {
  const { stopId, kind, evidence, at, sentAt, now, flags, told } = proof
  await tx.insert(stopProofs).values({
    stopId,
    kind,
    evidence,
    happenedAt: at,
    sentAt: sentAt ? new Date(sentAt) : null,
    receivedAt: now,
    flags,
    sha256: createHash('sha256').update(JSON.stringify(told)).digest('hex'),
  })
}

/** Was the stop closed with this very evidence? A stop closed before proofs were kept has none. */
export async function sameEvidence(tx: Tx, stopId: string, evidence: Evidence): Promise<boolean> {
  const [row] = await tx.select().from(stopProofs).where(eq(stopProofs.stopId, stopId))
  return !row || partsOf(row.evidence) === partsOf(evidence)
}

const partsOf = (one: Evidence): string =>
  JSON.stringify([
    one.doorOpenedAt,
    one.doorClosedAt,
    one.dropPoint,
    one.shots.map((shot) => [shot.fileId, shot.of]),
    one.readings.map((reading) => [reading.zone, reading.deciC]),
    one.unload && [one.unload.scanned, one.unload.counted, one.unload.reason],
    one.place && [one.place.lngE6, one.place.latE6, one.place.accuracyM],
    one.calledAt,
  ])
