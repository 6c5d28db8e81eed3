import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { Refused, type Who } from './client.ts'
import type { Night } from './night.ts'

const hour = 3_600_000
/** When a truck of the night left, and when it is expected. */
export type Trip = { departsAt: Date; expectedAt: Date }

/** One load in five that is not frozen goes by high-speed rail in the middle; the others in one leg by road. */
export async function planWay(
  { client, chance }: Night,
  who: Who,
  id: string,
  zones: readonly Zone[],
  { departsAt, expectedAt }: Trip,
): Promise<number> {
  if (zones.includes('frozen') || !chance.happens(0.2)) return 0
  const at = (hours: number) => new Date(departsAt.getTime() + hours * hour).toISOString()
  const leg = { carrier: '示例承运', waybill: `WB${id.slice(-8)}` }
  const legs = [
    { mode: 'road' as const, fromPlace: '基地', toPlace: '三明北站', departsAt: at(0), arrivesAt: at(2) },
    {
      mode: 'rail' as const,
      fromPlace: '三明北站',
      toPlace: '上海虹桥站',
      departsAt: at(2.5),
      arrivesAt: at(8),
    },
    {
      mode: 'road' as const,
      fromPlace: '上海虹桥站',
      toPlace: '城市配送仓',
      vehicle: `沪A${chance.whole(10_000, 99_999)}`,
      departsAt: at(9),
      arrivesAt: expectedAt.toISOString(),
    },
  ].map((one) => ({ id: newId(), ...leg, ...one }))
  const cold = [...new Set(zones)].filter((zone) => ZONES[zone].readingRequired)
  await client.call(
    'legs.write',
    {
      params: { id },
      body: { legs, zones: cold.map((zone) => ({ zone, setPointDeciC: ZONES[zone].target.max - 10 })) },
    },
    who,
  )
  return legs.length
}

/** At each point of the way: the seal found and put on, and the temperature of every cold zone. */
export async function passAlong({ client }: Night, who: Who, id: string): Promise<void> {
  const way = await client.call('legs.read', { params: { id } }, who)
  for (const leg of way.legs) {
    const readings = way.zones
      .filter((one) => one.readingRequired)
      .map(({ zone, maxDeciC }) => ({ zone, deciC: maxDeciC - 5 }))
    const body = {
      seq: leg.seq,
      at: leg.departsAt,
      sealFound: leg.seq === 1 ? null : ('ok' as const),
      sealNumber: `S${leg.seq}-${id.slice(-6)}`,
      readings,
      takenBy: '示例司机',
    }
    await client.call('legs.handOver', { params: { id, handoverId: newId() }, body }, who)
  }
}

/** Books the first free slot from now on; two clerks may want the last one, then the next is taken. */
export async function bookDock({ client, hubId }: Night, who: Who, consignmentId: string): Promise<void> {
  const id = newId()
  for (let ahead = 0; ahead < 3; ahead++) {
    const day: ServiceDay = addDays(serviceDayOf(new Date()), ahead)
    const { items } = await client.call('docks.slots', { params: { hubId }, query: { day } }, who)
    for (const { fromMinute } of items.filter((slot) => !slot.past && slot.free > 0)) {
      const body = { consignmentId, day, fromMinute }
      const booked = await client
        .call('docks.request', { params: { id }, body }, who)
        .catch((error: unknown) => {
          if (error instanceof Refused && error.code === 'slot_full') return null
          throw error
        })
      if (booked) return
    }
  }
}
