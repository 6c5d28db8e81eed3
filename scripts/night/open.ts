import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Who } from './client.ts'
import type { Night } from './night.ts'
import { phonesOf, signInStaff } from './parties.ts'
import { until } from './warehouse.ts'

/** Staff, the city warehouse, and the first delivery day on which every class can still order. */
export async function openNight(client: Client) {
  const health = await client.call('system.health', {})
  if (!health.sample) throw new Error('the night needs a product with sample data')
  const { listerPhones, samplePassword, ...staff } = await signInStaff(client)
  const { items: hubs } = await client.call('orders.hubs', {}, staff.lead)
  const hubId = hubs.find((hub) => hub.kind === 'central' && staff.lead.hubIds.includes(hub.id))?.id
  if (!hubId) throw new Error('the sample data has no city warehouse')
  const { items } = await client.call(
    'orders.listCutOffs',
    { params: { hubId }, query: { days: 28 } },
    staff.admin,
  )
  const byDay = Map.groupBy(items, (item) => item.day)
  const soon = Date.now() + 60_000
  const open = [...byDay].filter(([, rows]) =>
    rows.every((row) => row.closedAt === null && new Date(row.cutOffAt).getTime() > soon),
  )
  for (const [day] of open.slice(0, 5))
    if (await goodsReach(client, staff.admin, hubId, day, soon))
      return { staff, listerPhones, samplePassword, hubId, day }
  throw new Error('every delivery day of the next weeks is closed already')
}

/** Are goods at the bases still to be called off for the day? Later they serve the next one. */
async function goodsReach(
  client: Client,
  admin: Who,
  hubId: string,
  day: string,
  soon: number,
): Promise<boolean> {
  const { items } = await client.call('timeline.check', { params: { hubId }, query: { day } }, admin)
  const late = items.flatMap((one) => one.failures.map((failure) => `${one.buyerClass} ${failure.step}`))
  if (late.length > 0)
    throw new Error(`goods cannot meet the sample's cut-offs of ${day}: ${late.join(', ')}`)
  return items.every((one) => new Date(one.callOffAt).getTime() > soon)
}

/** Call-offs appear by event; give them a moment after the wave has. */
export async function calledOff({ client, day, staff }: Night): Promise<void> {
  await until('calling off the suppliers', async () => {
    const { items } = await client.call('reports.queues', {}, staff.admin)
    const events = items.find((one) => one.queue === 'events')
    if (
      !events ||
      (events.counts['unrelayed'] ?? 0) > 0 ||
      (events.counts['waiting'] ?? 0) + (events.counts['active'] ?? 0) > 0
    )
      return false
    return (
      (await client.call('supply.listCallOffs', { query: { day, limit: 1 } }, staff.admin)).items.length > 0
    )
  })
  // The mirror of the queue is a few seconds old.
  await sleep(3500)
}

/** Who drives the runs of a plan, signed in. */
export async function signInDrivers(
  { client, staff }: Night,
  wanted: readonly (string | null)[],
  enter: (phone: string) => Promise<Who>,
): Promise<Map<string, Who>> {
  const ids = new Set(wanted)
  const drivers = new Map<string, Who>()
  for (const phone of await phonesOf(client, staff.admin, ['carrier'], 'driver')) {
    if (drivers.size === ids.size) break
    const who = await enter(phone)
    if (ids.has(who.personId)) drivers.set(who.personId, who)
  }
  return drivers
}
