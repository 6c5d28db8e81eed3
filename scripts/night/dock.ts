import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone, type ZoneFacts } from '@huming/shared/reference/zones'
import { crateType } from './crates.ts'
import { signature } from './door.ts'
import type { Night } from './night.ts'

type Consignment = ContractReply<Contracts['supply.readConsignment']>
type Line = Consignment['lines'][number]

/** A pallet under each weighing, in grams. */
const palletGrams = 900
/**
 * The dock: seal and air, the trip's temperature by zone, then lot by lot, with a second person where a rule asks for
 * one. The short one lacks a part of each lot and has damaged goods. `before` sees each lot first.
 */
export async function receive(
  night: Night,
  id: string,
  short: boolean,
  before?: (line: Line, done: number) => Promise<void>,
): Promise<void> {
  const { client, staff } = night
  const { receiver } = staff
  const { lines } = await client.call('supply.readConsignment', { params: { id } }, receiver)
  const air = Math.min(...lines.map((line) => ZONES[line.zone].target.max))
  await client.call('receiving.arrive', { params: { id }, body: { sealOk: 'ok', airDeciC: air } }, receiver)
  await readTrip(night, id, [...new Set(lines.map((line) => line.zone))])
  const photo = short ? newId() : null
  if (photo) await client.upload(photo, signature, receiver)
  const seconds = await secondsOf(night, id)
  for (const [done, line] of lines.entries()) {
    await before?.(line, done)
    await count(night, id, line, photo)
    if (!seconds.has(line.id)) continue
    const accepted = line.quantity - refusedOf(line, photo)
    const params = { id, lineId: line.id }
    if (accepted > 0) await client.call('receiving.confirmLine', { params, body: { accepted } }, staff.lead)
  }
  const type = await crateType(night)
  const crates = type ? [{ typeId: type.id, count: lines.length }] : []
  const body = { cratesIn: crates, cratesBack: crates.map((one) => ({ ...one, count: 1 })) }
  await client.call('receiving.finish', { params: { id }, body }, receiver)
}

/** Lots that two people must see. */
async function secondsOf({ client, staff }: Night, id: string): Promise<Set<string>> {
  const receipt = await client.call('receiving.readReceipt', { params: { id } }, staff.receiver)
  return new Set(receipt.lines.filter((line) => line.secondWhy.length > 0).map((line) => line.lineId))
}

async function readTrip({ client, staff }: Night, id: string, zones: readonly Zone[]): Promise<void> {
  for (const zone of zones) {
    const { readingRequired, target }: ZoneFacts = ZONES[zone]
    if (!readingRequired) continue
    const manual = { minDeciC: target.max - 20, maxDeciC: target.max }
    const params = { id, logId: newId() }
    await client.call('receiving.addTripLog', { params, body: { zone, manual } }, staff.receiver)
  }
}

const refusedOf = (line: Line, photo: string | null): number =>
  photo ? Math.ceil((line.quantity * 0.35) / line.basePerOrderUnit) * line.basePerOrderUnit : 0

async function count({ client, staff }: Night, id: string, line: Line, photo: string | null): Promise<void> {
  const refused = Math.min(line.quantity, refusedOf(line, photo))
  const accepted = line.quantity - refused
  const params = { id, lineId: line.id }
  if (line.catchWeight && accepted > 0) {
    const body = { grossGrams: accepted + palletGrams, otherTareGrams: palletGrams }
    const at = { ...params, weighingId: newId() }
    await client.call('receiving.weigh', { params: at, body }, staff.receiver)
  }
  const reading: ZoneFacts = ZONES[line.zone]
  const body = {
    accepted,
    refused,
    refuseReason: refused > 0 ? ('damaged' as const) : null,
    refusedTo: refused > 0 ? ('driver' as const) : null,
    photoFileIds: refused > 0 && photo ? [photo] : [],
    surfaceDeciC: reading.readingRequired ? reading.target.max : null,
  }
  await client.call('receiving.receiveLine', { params, body }, staff.receiver)
}

/** Carries what stands at the docks to the bins named first; what tonight takes whole stays. */
export async function putAwayAll({ client, hubId, staff, say }: Night): Promise<void> {
  let [carried, stays] = [0, 0]
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) }
    const page = await client.call('receiving.listPutAway', { params: { hubId }, query }, staff.receiver)
    for (const goods of page.items) {
      const toBin = goods.bins[0]?.code
      if (goods.advice === 'cross_dock' || !toBin) {
        stays++
        continue
      }
      const { lotId, quantity, bin: fromBin } = goods
      const body = { hubId, lotId, fromBin, toBin, quantity }
      await client.call('receiving.putAway', { params: { id: newId() }, body }, staff.receiver)
      carried++
    }
    if (!page.nextCursor) break
    cursor = page.nextCursor
  }
  say(`  ${carried} lots put away, ${stays} stay at the dock for tonight`)
}
