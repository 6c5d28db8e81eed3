import { setTimeout as sleep } from 'node:timers/promises'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { eachOf, Refused } from './client.ts'
import type { Night } from './night.ts'

type Wave = ContractReply<Contracts['picking.board']>['waves'][number]
type Task = ContractReply<Contracts['picking.listTasks']>['items'][number]
export type Plan = ContractReply<Contracts['routes.readPlan']>

const waitMs = 300_000

/** What the jobs process does after the cut-off is waited for, a little at a time. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const end = Date.now() + waitMs; ; await sleep(250)) {
    const found = await look()
    if (found) return found
    if (Date.now() > end)
      throw new Error(`${what} did not happen within ${waitMs / 1000} s; is the jobs process running?`)
  }
}

/** The planned wave that holds every frozen order of the day. */
export const plannedWave = ({ client, hubId, day, staff }: Night): Promise<Wave> =>
  until('planning the wave', async () => {
    const { waves, waiting } = await client.call(
      'picking.board',
      { params: { hubId }, query: { day } },
      staff.lead,
    )
    return waiting.every((one) => one.day !== day) && waves.find((wave) => wave.status === 'planned')
  })

/** Brings what is put to stores to the wall, a lot at a time. */
export async function fetchAll({ client, staff, say }: Night, id: string): Promise<void> {
  let fetched = 0
  for (;;) {
    const { items } = await client.call(
      'picking.listBatches',
      { params: { id }, query: { status: 'open', limit: 200 } },
      staff.picker,
    )
    if (items.length === 0) break
    await eachOf(items, 6, async (batch) => {
      const body = { lot: batch.lotCode, quantity: batch.quantity }
      await client.call('picking.fetchBatch', { params: { id: batch.id }, body }, staff.picker)
      fetched++
    })
  }
  if (fetched > 0) say(`  ${fetched} lots fetched to the put wall`)
}

/** Releases the wave, picks everything and seals the totes. */
export async function pickEverything(night: Night, wave: Wave): Promise<void> {
  await releaseWave(night, wave)
  await fetchAll(night, wave.id)
  await pickAll(night, wave.id)
  await sealAll(night, wave.id)
}

export async function releaseWave({ client, staff, say }: Night, { id }: Wave): Promise<void> {
  const released = await client.call('picking.releaseWave', { params: { id } }, staff.lead)
  say(`  wave released: ${released.orders} orders, ${released.lines} lines, ${released.cutLines} cut`)
}

/** Picks what is open; some picks fall short, some scans are wrong first. */
export async function pickAll(night: Night, waveId: string): Promise<void> {
  for (let round = 0; ; round++) {
    const tasks = await openTasks(night, waveId)
    if (tasks.length === 0) break
    if (round === 0) night.say(`  ${tasks.length} picks`)
    let done = 0
    await eachOf(tasks, 12, async (task) => {
      await pick(night, task)
      if (++done % 1000 === 0) night.say(`    ${done} of ${tasks.length} picked`)
    })
  }
}

/** The picks of a wave that nobody has done yet. */
export async function openTasks({ client, staff }: Night, id: string): Promise<Task[]> {
  const tasks: Task[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await client.call(
      'picking.listTasks',
      { params: { id }, query: { status: 'open', limit: 200, ...(cursor ? { cursor } : {}) } },
      staff.picker,
    )
    tasks.push(...page.items)
    if (!page.nextCursor) return tasks
    cursor = page.nextCursor
  }
}

export async function pick({ client, chance, staff }: Night, task: Task): Promise<void> {
  const params = { id: task.id }
  if (chance.happens(0.006)) {
    await client.call('picking.short', { params, body: { quantity: 0, reason: 'damaged' } }, staff.picker)
    return
  }
  if (chance.happens(0.01)) {
    const refused = await client
      .call('picking.pick', { params, body: { lot: 'NO-SUCH-LOT', quantity: task.quantity } }, staff.picker)
      .catch((error: unknown) => error)
    if (!(refused instanceof Refused) || refused.code !== 'wrong_lot')
      throw new Error('a wrong lot was not refused')
  }
  const quantity = task.catchWeight ? chance.whole(task.least, task.most) : task.quantity
  await client.call('picking.pick', { params, body: { lot: task.lotCode, quantity } }, staff.picker)
}

export async function sealAll({ client, staff, say }: Night, id: string): Promise<void> {
  let sealed = 0
  /** Weighs it: what it should weigh is told by what lies in it. */
  const check = async (code: string) => {
    const { expectedGrams } = await client.call('picking.readTote', { params: { code } }, staff.lead)
    const body = { id: newId(), grossGrams: expectedGrams }
    await client.call('picking.checkTote', { params: { code }, body }, staff.lead)
  }
  for (;;) {
    const { items } = await client.call(
      'picking.listTotes',
      { params: { id }, query: { status: 'open', limit: 200 } },
      staff.picker,
    )
    if (items.length === 0) break
    await eachOf(items, 12, async (tote) => {
      if (tote.needsCheck) await check(tote.code)
      await client.call(
        'picking.sealTote',
        { params: { code: tote.code }, body: { sealNumber: '' } },
        staff.picker,
      )
      sealed++
    })
  }
  say(`  ${sealed} totes sealed`)
}

const offDuty = '今夜不排班（示例）'

/** Only so many vehicles of the hub work tonight; one that stands in the garage stays there. */
export async function keepTrucks(night: Night): Promise<number> {
  const { client, staff, hubId, trucks } = night
  const all = await client.call('routes.listVehicles', { params: { hubId } }, staff.dispatcher)
  const items = all.items.filter((one) => one.outOfService === null || one.outOfService === offDuty)
  const best = items.toSorted((a, b) => b.capacityGrams - a.capacityGrams || (a.plate < b.plate ? -1 : 1))
  const kept = best.slice(0, trucks)
  for (const vehicle of items) {
    const outOfService = kept.includes(vehicle) ? null : offDuty
    if (vehicle.outOfService === outOfService) continue
    await client.call(
      'routes.setVehicleService',
      { params: { id: vehicle.id }, body: { outOfService } },
      staff.dispatcher,
    )
  }
  return kept.reduce((sum, vehicle) => sum + vehicle.capacityGrams, 0)
}

/** The instant draft of the wave's routes, now that everything is picked. */
export async function plan({ client, staff, say }: Night, waveId: string): Promise<Plan> {
  const made = await client.call('routes.plan', { params: { waveId } }, staff.dispatcher)
  const stops = made.runs.reduce((sum, run) => sum + run.stops.length, 0)
  say(
    `  ${made.runs.length} routes, ${stops} stops, ${Math.round(made.metres / 1000)} km, ${made.unassigned.length} orders without a vehicle`,
  )
  return made
}

export const dispatch = ({ client, staff }: Night, { id }: Plan): Promise<Plan> =>
  client.call('routes.dispatch', { params: { id }, body: {} }, staff.dispatcher)
