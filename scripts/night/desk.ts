import { newId } from '@huming/shared/ids'
import type { Chance } from './chance.ts'
import { Refused } from './client.ts'
import type { Road } from './drive.ts'
import { count, type Night } from './night.ts'
import { type Device, sendReadings } from './temperature.ts'
import { until } from './warehouse.ts'

const lookEveryMs = 15 * 60_000
/** What speaks against sending a truck there again. */
const notAgain: readonly string[] = ['over_capacity', 'wrong_state', 'tote_recalled', 'no_vehicles']

/**
 * The dispatcher's night: a look at the live board every quarter of an hour until everybody is back. Devices of the
 * trucks tell their temperatures; whoever will come late must have been told by the product itself.
 */
export async function watchBoard(
  night: Night,
  road: Road,
  { from, devices }: { from: number; devices: readonly Device[] },
): Promise<void> {
  for (let at = from; road.out.size > 0; at += lookEveryMs) {
    await road.timeline.reach(at)
    await sendReadings(night, devices)
    await look(night)
    if (!night.clock.movable) return
  }
}

async function look(night: Night): Promise<void> {
  const { client, hubId, day, staff, tally, clock } = night
  const board = await client.call('live.board', { params: { hubId }, query: { day } }, staff.dispatcher)
  tally.danger = Math.max(tally.danger, board.inDanger)
  if (!clock.movable) return
  const told = await until('telling buyers of lateness', async () => {
    const { items } = await client.call('delivery.lateStops', { query: { hubId, day } }, staff.dispatcher)
    return items.every((stop) => stop.noticedAt !== null) && items
  })
  for (const stop of told) tally.told.add(stop.stopId)
}

/**
 * The desk decides about a door that stayed shut: again tonight, back, or back and ordered anew. Gives the stop of the
 * second try.
 */
export async function decide(
  { client, staff, tally }: Night,
  stopId: string,
  chance: Chance,
): Promise<string | null> {
  tally.shut++
  const wish = tally.shut === 1 || chance.happens(0.5) ? 'again' : chance.happens(0.5) ? 'back' : 'tomorrow'
  const send = async (choice: 'again' | 'back' | 'tomorrow') => {
    const id = newId()
    const body = { stopId, choice, note: '示例：调度已联系门店' }
    const made = await client.call('live.decideDoor', { params: { id }, body }, staff.dispatcher)
    const same = await client.call('live.decideDoor', { params: { id }, body }, staff.dispatcher)
    if (same.newStopId !== made.newStopId) throw new Error('a repeat of a decision on a door changed it')
    count(tally.decisions, choice)
    return made.newStopId
  }
  try {
    return await send(wish)
  } catch (error) {
    if (wish !== 'again' || !(error instanceof Refused) || !notAgain.includes(error.code)) throw error
    return send('back')
  }
}
