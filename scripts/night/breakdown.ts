import { newId } from '@huming/shared/ids'
import { Refused, type Who } from './client.ts'
import { handIn } from './crates.ts'
import { load, type Run, serve, signature } from './door.ts'
import type { Night } from './night.ts'
import { Phone } from './phone.ts'
import { brokenAtDock } from './plans.ts'
import type { Plan } from './warehouse.ts'

/**
 * A truck leaves, serves its first door and breaks down: what it still carries goes to the first other truck with
 * room. Gives the run that is over and
 * the one that was added for it; neither when nobody has room, then it is mended and goes on with the others.
 */
export async function breakDown(
  night: Night,
  plan: Plan,
  drivers: ReadonlyMap<string, Who>,
): Promise<{ over: string | null; added: { id: string; driverPersonId: string | null }[] }> {
  const none = { over: null, added: [] }
  const { client, staff, say, tally } = night
  // The lightest of those with goods for more than one door: others have room for it.
  const [broken] = plan.runs.filter((run) => run.stops.length > 2).toSorted((a, b) => a.grams - b.grams)
  const driver = drivers.get(broken?.driverPersonId ?? '')
  if (!broken || !driver || plan.runs.length < 2) return none
  const run: Run = await client.call('delivery.readRun', { params: { id: broken.id } }, driver)
  await load(night, run, driver)
  const ink = newId()
  await client.upload(ink, signature, driver)
  const [first] = run.stops
  const phone = new Phone(night, driver)
  if (first) await serve(night, first, phone, ink, { refuses: false })
  const others = plan.runs.filter((one) => one.id !== broken.id).toSorted((a, b) => a.grams - b.grams)
  const spares = (await spareTrucks(night)).filter((one) => drivers.has(one.driverPersonId ?? ''))
  const targets = [
    ...others.map((one) => ({
      plate: one.plate,
      driverPersonId: one.driverPersonId,
      to: { toRunId: one.id },
    })),
    ...spares.map((one) => ({
      plate: one.plate,
      driverPersonId: one.driverPersonId,
      to: { vehicleId: one.id },
    })),
  ]
  for (const { plate, driverPersonId, to } of targets) {
    const id = newId()
    const body = { fromRunId: broken.id, ...to, reason: '示例：途中爆胎' }
    try {
      const moved = await client.call('live.relay', { params: { id }, body }, staff.dispatcher)
      const again = await client.call('live.relay', { params: { id }, body }, staff.dispatcher)
      if (again.toRunId !== moved.toRunId) throw new Error('a repeat of the relay changed it')
      say(
        `  ${broken.plate} broke down on the road: ${moved.stops} stops, ${moved.totes} totes go with ${plate}`,
      )
      tally.relayed += moved.stops
      await client.call('delivery.finishRun', { params: { id: broken.id }, body: {} }, driver)
      await handIn(night, driver)
      const added = others.some((one) => one.id === moved.toRunId)
        ? []
        : [{ id: moved.toRunId, driverPersonId }]
      return { over: broken.id, added }
    } catch (error) {
      if (!(error instanceof Refused) || !passable.includes(error.code)) throw error
    }
  }
  say(`  ${broken.plate} broke down; no other truck had room, it was mended`)
  return none
}

/** What speaks against one truck but not against the next. */
const passable: readonly string[] = ['over_capacity', 'zone_not_carried', 'no_vehicles', 'driver_busy']

/** Trucks without a run; those that did not start earlier are mended by now. */
async function spareTrucks({ client, staff, hubId }: Night) {
  const { items } = await client.call('routes.listVehicles', { params: { hubId } }, staff.dispatcher)
  for (const one of items.filter((vehicle) => vehicle.outOfService === brokenAtDock)) {
    await client.call(
      'routes.setVehicleService',
      { params: { id: one.id }, body: { outOfService: null } },
      staff.dispatcher,
    )
  }
  return items.filter((one) => one.outOfService === null || one.outOfService === brokenAtDock)
}
