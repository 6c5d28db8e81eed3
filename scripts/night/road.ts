import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { eachOf, type Who } from './client.ts'
import { crateType, handIn } from './crates.ts'
import type { Night, Placed } from './night.ts'
import type { Plan } from './warehouse.ts'

export type Run = ContractReply<Contracts['delivery.readRun']>
type Stop = Run['stops'][number]

/** A dot of ink: the smallest signature. */
export const signature = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** Every driver loads, leaves, goes from door to door and comes back; a few doors refuse or stay shut. */
export async function driveEverything(
  night: Night,
  plan: Plan,
  drivers: ReadonlyMap<string, Who>,
): Promise<void> {
  let back = 0
  const firstDoor = plan.runs[0]?.stops[0]?.id
  await eachOf(plan.runs, 10, async ({ id, driverPersonId }) => {
    const driver = drivers.get(driverPersonId ?? '')
    if (!driver) throw new Error(`run ${id} has no driver who can sign in`)
    const run = await night.client.call('delivery.readRun', { params: { id } }, driver)
    await load(night, run, driver)
    const ink = newId()
    await night.client.upload(ink, signature, driver)
    for (const stop of run.stops) await serve(night, stop, driver, ink, { refuses: stop.id === firstDoor })
    await night.client.call('delivery.finishRun', { params: { id } }, driver)
    await handIn(night, driver)
    if (++back % 10 === 0) night.say(`  ${back} of ${plan.runs.length} runs are back`)
  })
}

/** Last stop first, then the box's temperature, then off. */
export async function load(night: Night, run: Run, driver: Who): Promise<void> {
  const { client } = night
  for (const stop of run.stops.toReversed()) {
    for (const tote of stop.toteList.filter((one) => one.status === 'sealed')) {
      await client.call('delivery.loadTote', { params: { id: run.id }, body: { code: tote.code } }, driver)
    }
  }
  const preCoolDeciC = run.coldestZone ? ZONES[run.coldestZone as Zone].target.max : null
  const type = await crateType(night)
  const crates = type ? [{ typeId: type.id, count: Math.max(1, run.totes) }] : []
  await client.call('delivery.depart', { params: { id: run.id }, body: { preCoolDeciC, crates } }, driver)
}

/** One door: arrives, hands over, or finds it shut. */
export async function serve(
  night: Night,
  stop: Stop,
  driver: Who,
  ink: string,
  { refuses: mustRefuse, arrived = false }: { refuses: boolean; arrived?: boolean },
): Promise<void> {
  const { client, chance, tally } = night
  const params = { id: stop.id }
  if (!arrived) await client.call('delivery.arrive', { params, body: {} }, driver)
  if (!mustRefuse && chance.happens(0.004)) {
    await client.call(
      'delivery.fail',
      { params, body: { reason: 'closed', photoFileIds: [ink], note: '示例：门店未开' } },
      driver,
    )
    return
  }
  const refuses = mustRefuse || chance.happens(0.012)
  const lines = stop.goods
    .flatMap((order) => order.lines)
    .map((line, i) => {
      const refused =
        refuses && i === 0
          ? line.basePerOrderUnit <= line.quantity
            ? line.basePerOrderUnit
            : line.quantity
          : 0
      return {
        orderLineId: line.orderLineId,
        lotId: line.lotId,
        delivered: line.quantity - refused,
        refused,
        reason: refused > 0 ? ('damaged' as const) : null,
      }
    })
  const cold = stop.goods.flatMap((order) => order.lines.map((line) => ZONES[line.zone as Zone].target.max))
  const type = await crateType(night)
  const crates = type ? [{ typeId: type.id, out: Math.max(1, stop.toteList.length), back: 1 }] : []
  const temperatureDeciC = stop.readingRequired ? Math.min(...cold) : null
  await client.call(
    'delivery.deliver',
    {
      params,
      body: {
        lines,
        receiverName: '示例收货人',
        signatureFileId: ink,
        photoFileIds: [ink],
        temperatureDeciC,
        crates,
      },
    },
    driver,
  )
  if (refuses) tally.refusedAtDoor++
}

/** Buyers accept what came; canteens take two people. A few never get round to it. */
export async function acceptEverything(
  { client, chance, tally, say }: Night,
  placed: readonly Placed[],
): Promise<void> {
  await eachOf(placed, 16, async ({ id, buyer }) => {
    const [first, second] = buyer.acceptors as [Who, Who]
    const order = await client.call('orders.read', { params: { id } }, first)
    if (order.status !== 'delivered' || chance.happens(0.05)) return
    const reply = await client.call('orders.accept', { params: { id }, body: { note: '' } }, first)
    if (reply.accepted < reply.needed)
      await client.call('orders.accept', { params: { id }, body: { note: '' } }, second)
    tally.accepted++
  })
  say(`  ${tally.accepted} orders accepted`)
}
