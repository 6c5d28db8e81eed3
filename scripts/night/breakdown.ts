import { newId } from '@huming/shared/ids'
import { Refused, type Who } from './client.ts'
import { handIn } from './crates.ts'
import { load, type Run, serve, signature } from './door.ts'
import type { Night } from './night.ts'
import { Phone } from './phone.ts'
import type { Plan } from './warehouse.ts'

/**
 * A truck leaves, serves its first door and breaks down: what it still carries goes to the first other truck with
 * room. Gives the run that is over; null when nobody has room, then it is mended and goes on with the others.
 */
export async function breakDown(
  night: Night,
  plan: Plan,
  drivers: ReadonlyMap<string, Who>,
): Promise<string | null> {
  const { client, staff, say, tally } = night
  // The lightest of those with goods for more than one door: others have room for it.
  const [broken] = plan.runs.filter((run) => run.stops.length > 2).toSorted((a, b) => a.grams - b.grams)
  const driver = drivers.get(broken?.driverPersonId ?? '')
  if (!broken || !driver || plan.runs.length < 2) return null
  const run: Run = await client.call('delivery.readRun', { params: { id: broken.id } }, driver)
  await load(night, run, driver)
  const ink = newId()
  await client.upload(ink, signature, driver)
  const [first] = run.stops
  const phone = new Phone(night, driver)
  if (first) await serve(night, first, phone, ink, { refuses: false })
  for (const other of plan.runs.filter((one) => one.id !== broken.id).toSorted((a, b) => a.grams - b.grams)) {
    const id = newId()
    const body = { fromRunId: broken.id, toRunId: other.id, reason: '示例：途中爆胎' }
    try {
      const moved = await client.call('live.relay', { params: { id }, body }, staff.dispatcher)
      const again = await client.call('live.relay', { params: { id }, body }, staff.dispatcher)
      if (again.stops !== moved.stops) throw new Error('a repeat of the relay changed it')
      say(
        `  ${broken.plate} broke down on the road: ${moved.stops} stops, ${moved.totes} totes go with ${other.plate}`,
      )
      tally.relayed += moved.stops
      await client.call('delivery.finishRun', { params: { id: broken.id } }, driver)
      await handIn(night, driver)
      return broken.id
    } catch (error) {
      const full = error instanceof Refused && ['over_capacity', 'zone_not_carried'].includes(error.code)
      if (!full) throw error
    }
  }
  say(`  ${broken.plate} broke down; no other truck had room, it was mended`)
  return null
}
