import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import type { Chance } from './chance.ts'
import type { Who } from './client.ts'
import { crateType } from './crates.ts'
import type { Night } from './night.ts'
import type { Phone } from './phone.ts'

export type Run = ContractReply<Contracts['delivery.readRun']>
export type Stop = Run['stops'][number]

/** A dot of ink: the smallest signature. */
export const signature = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/**
 * A trip's goods, last stop first, then the check of the truck where the day asks for one, the box's temperature, then
 * off. What rides on a later trip waits until the truck is back.
 */
export async function load(
  night: Night,
  run: Run,
  driver: Who,
  { trip = 1, time }: { trip?: number; time?: number } = {},
): Promise<void> {
  const { client } = night
  const stops = run.stops.filter((stop) => stop.trip === trip)
  for (const stop of stops.toReversed()) {
    for (const tote of stop.toteList.filter((one) => one.status === 'sealed')) {
      await client.call('delivery.loadTote', { params: { id: run.id }, body: { code: tote.code } }, driver)
    }
  }
  if (run.tripItems.length > 0 && run.tripCheckedAt === null) {
    const answers = run.tripItems.map(({ code }) => ({ code, ok: true, note: '' }))
    await client.call('delivery.checkTrip', { params: { id: run.id }, body: { answers } }, driver)
  }
  const photo = newId()
  await client.upload(photo, signature, driver)
  const preCoolDeciC = run.coldestZone ? ZONES[run.coldestZone as Zone].target.max : null
  const type = await crateType(night)
  const totes = stops.reduce((sum, stop) => sum + stop.totes, 0)
  const crates = type ? [{ typeId: type.id, count: Math.max(1, totes) }] : []
  const left = time !== undefined && night.clock.movable ? { at: new Date(time).toISOString() } : {}
  const body = { trip, preCoolDeciC, crates, photoFileIds: [photo], ...left }
  await client.call('delivery.depart', { params: { id: run.id }, body }, driver)
}

const minute = 60_000

/** One door: arrives, and hands over. What is recalled goes back. */
export async function serve(
  night: Night,
  stop: Stop,
  phone: Phone,
  ink: string,
  { refuses, arrived = false }: { refuses: boolean; arrived?: boolean },
): Promise<void> {
  if (!arrived) await reach(night, stop, phone)
  await handOverAt(night, stop, phone, { ink, refuses })
}

export const reach = ({ client }: Night, { id }: Stop, phone: Phone, time?: number): Promise<void> =>
  phone.do(({ at }) => client.call('delivery.arrive', { params: { id }, body: { at } }, phone.driver), time)

type Handing = { ink: string; refuses: boolean; time?: number }

/** Hands over what is aboard for a door; refused are the first goods, or all that is recalled. */
export async function handOverAt(
  night: Night,
  stop: Stop,
  phone: Phone,
  { ink, refuses, time }: Handing,
): Promise<void> {
  const body = await handOver(night, stop, ink, refuses)
  const params = { id: stop.id }
  await phone.do(
    (times) => night.client.call('delivery.deliver', { params, body: { ...body, ...times } }, phone.driver),
    time,
  )
  if (refuses) night.tally.refusedAtDoor++
}

/** When a driver may give up a door that stays shut, of which he rang at a time, ms. */
export const waitsUntil = ({ rule }: Stop, from: number): number =>
  from + Math.max(rule?.waitMinutes ?? 0, 5) * minute

/** A door that nobody opens: called, waited as the rule asks, photographed, given up. */
export function giveUp(
  { client }: Night,
  stop: Stop,
  phone: Phone,
  { ink, from, until }: { ink: string; from: number; until: number },
): Promise<void> {
  const body = {
    reason: 'closed' as const,
    photoFileIds: [ink],
    note: '示例：卷帘门锁着，电话没人接',
    evidence: { calledAt: new Date(from + minute).toISOString() },
  }
  return phone.do(
    (times) =>
      client.call('delivery.fail', { params: { id: stop.id }, body: { ...body, ...times } }, phone.driver),
    until,
  )
}

/** The receiver is there and takes nothing. */
export const turnedAway = (
  { client }: Night,
  { id }: Stop,
  phone: Phone,
  { ink, time }: { ink: string; time: number },
): Promise<void> => {
  const body = { reason: 'refused' as const, photoFileIds: [ink], note: '示例：门店不收' }
  return phone.do(
    (times) => client.call('delivery.fail', { params: { id }, body: { ...body, ...times } }, phone.driver),
    time,
  )
}

/** What waits at a door, by chance. */
export type Fate = 'open' | 'refuses' | 'turned_away' | 'shut'

export function fateOf(chance: Chance): Fate {
  const x = chance.next()
  if (x < 0.004) return 'turned_away'
  if (x < 0.016) return 'shut'
  return x < 0.03 ? 'refuses' : 'open'
}

async function handOver(night: Night, stop: Stop, ink: string, refuses: boolean) {
  const goods = stop.goods.flatMap((order) => order.lines)
  const lines = goods.map((line, i) => {
    const part = refuses && i === 0 ? Math.min(line.basePerOrderUnit, line.quantity) : 0
    const refused = line.barred ? line.quantity : part
    return {
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      delivered: line.quantity - refused,
      refused,
      reason: line.barred ? ('recalled' as const) : part > 0 ? ('damaged' as const) : null,
    }
  })
  const type = await crateType(night)
  const proof = await proofAt(night, stop, ink)
  const zones = [...new Set(goods.map((line) => line.zone as Zone))].filter(
    (zone) => ZONES[zone].readingRequired,
  )
  return {
    lines,
    ...proof.hand,
    temperatureDeciC: stop.readingRequired
      ? Math.min(...goods.map((line) => ZONES[line.zone as Zone].target.max))
      : null,
    evidence: {
      readings: zones.map((zone) => ({ zone, deciC: ZONES[zone].target.max })),
      unload: { scanned: stop.toteList.map((tote) => tote.code), counted: null, reason: '' },
      ...proof.shown,
    },
    crates: type ? [{ typeId: type.id, out: Math.max(1, stop.toteList.length), back: 1 }] : [],
  }
}

/** What the door's rule asks for: a signature, the number that the receiver tells, or photos where nobody is there. */
async function proofAt({ client, receivers }: Night, { rule, keyDrop, goods }: Stop, ink: string) {
  const now = new Date().toISOString()
  const shots = (['goods', 'thermometer', 'locked', 'refused'] as const).map((of) => ({ fileId: ink, of }))
  const door = keyDrop ? { doorOpenedAt: now, doorClosedAt: now, dropPoint: '示例：后厨冰柜' } : {}
  const shown = { shots, ...door }
  const hand = { receiverName: '示例收货人', photoFileIds: [ink] }
  if (!rule || rule.proofs.includes('signature')) return { shown, hand: { ...hand, signatureFileId: ink } }
  const id = goods[0]?.orderId ?? ''
  const receiver = receivers.get(id)
  if (!receiver || !rule.proofs.includes('pin')) return { shown, hand }
  const { pin } = await client.call('delivery.receiverPin', { params: { id } }, receiver)
  return { shown, hand: { ...hand, receiverPin: pin } }
}
