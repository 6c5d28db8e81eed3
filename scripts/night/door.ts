import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import type { Who } from './client.ts'
import { crateType } from './crates.ts'
import type { Night } from './night.ts'
import type { Phone } from './phone.ts'

export type Run = ContractReply<Contracts['delivery.readRun']>
type Stop = Run['stops'][number]

/** A dot of ink: the smallest signature. */
export const signature = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/**
 * A trip's goods, last stop first, then the check of the truck where the day asks for one, the box's temperature, then
 * off. What rides on a later trip waits until the truck is back.
 */
export async function load(night: Night, run: Run, driver: Who, trip = 1): Promise<void> {
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
  const body = { trip, preCoolDeciC, crates, photoFileIds: [photo] }
  await client.call('delivery.depart', { params: { id: run.id }, body }, driver)
}

/** One door: arrives, hands over, or finds it shut. What is recalled goes back. */
export async function serve(
  night: Night,
  stop: Stop,
  phone: Phone,
  ink: string,
  { refuses: mustRefuse, arrived = false }: { refuses: boolean; arrived?: boolean },
): Promise<void> {
  const { client, chance, tally } = night
  const { driver } = phone
  const params = { id: stop.id }
  if (!arrived) await phone.do((at) => client.call('delivery.arrive', { params, body: { at } }, driver))
  if (!mustRefuse && chance.happens(0.004)) {
    await phone.do((at) =>
      client.call(
        'delivery.fail',
        { params, body: { reason: 'refused', photoFileIds: [ink], note: '示例：门店不收', at } },
        driver,
      ),
    )
    return
  }
  const refuses = mustRefuse || chance.happens(0.012)
  const body = await handOver(night, stop, ink, refuses)
  await phone.do((at) => client.call('delivery.deliver', { params, body: { ...body, at } }, driver))
  if (refuses) tally.refusedAtDoor++
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
