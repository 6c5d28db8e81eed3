import { newId } from '@huming/shared/ids'
import { Refused, type Who } from './client.ts'
import { handIn } from './crates.ts'
import { handOverAt, load, type Run, reach, signature } from './door.ts'
import { drive, type Luck, luckOf, type Road } from './drive.ts'
import type { Night } from './night.ts'
import { Phone } from './phone.ts'
import { brokenAtDock } from './plans.ts'
import type { Plan } from './warehouse.ts'

const minute = 60_000
type Planned = Plan['runs'][number]
type Going = { run: Planned; driver: Who; luck: Luck }

/**
 * A truck leaves, serves its first door and breaks down: what it still carries goes to the first other truck with
 * room; one that comes for it leaves at once. When nobody has room it is mended and goes on.
 */
export async function breakDown(night: Night, road: Road, plan: Plan, going: Going): Promise<void> {
  const { run, driver, luck } = going
  await road.timeline.reach(luck.leaveAt)
  const at = await firstDoor(night, road, going)
  await road.timeline.reach(at)
  const moved = await relay(night, road, plan, run)
  if (!moved) {
    night.say(`  ${run.plate} broke down; no other truck had room, it was mended`)
    return drive(night, road, run, driver, { ...luck, leaveAt: at + 40 * minute })
  }
  for (const id of moved.stopIds) road.takenOver.add(id)
  await night.client.call('delivery.finishRun', { params: { id: run.id }, body: {} }, driver)
  await handIn(night, driver)
  road.out.delete(run.id)
  if (moved.added) comeFor(night, road, moved.added)
}

/** Gives when it stands still, ms. */
async function firstDoor(night: Night, { timeline }: Road, { run, driver, luck }: Going): Promise<number> {
  const { client } = night
  const read = (): Promise<Run> => client.call('delivery.readRun', { params: { id: run.id } }, driver)
  await load(night, await read(), driver, { time: luck.leaveAt })
  const ink = newId()
  await client.upload(ink, signature, driver)
  const [stop] = (await read()).stops
  if (!stop) return luck.leaveAt
  const phone = new Phone(night, driver, luck.chance)
  const arrives = luck.leaveAt + Date.parse(stop.plannedArriveAt) - Date.parse(run.departAt)
  await timeline.reach(arrives)
  await reach(night, stop, phone, arrives)
  const leaves = Math.max(arrives, Date.parse(stop.windowFromAt)) + stop.serviceSeconds * 1000
  await timeline.reach(leaves)
  await handOverAt(night, stop, phone, { ink, refuses: false, time: leaves })
  return leaves + 10 * minute
}

type Moved = { stopIds: string[]; added: { id: string; driverPersonId: string | null } | null }

/** The dispatcher tries one truck after the other, the lightest first, then those that stand at the hub. */
async function relay(night: Night, { drivers }: Road, plan: Plan, broken: Planned): Promise<Moved | null> {
  const { client, staff, say, tally } = night
  const stopIds = broken.stops.slice(1).map((stop) => stop.id)
  const others = plan.runs.filter((one) => one.id !== broken.id).toSorted((a, b) => a.grams - b.grams)
  const spares = (await spareTrucks(night)).filter((one) => drivers.has(one.driverPersonId ?? ''))
  const targets = [
    ...others.map((one) => ({ ...one, to: { toRunId: one.id }, fresh: false })),
    ...spares.map((one) => ({ ...one, to: { vehicleId: one.id }, fresh: true })),
  ]
  for (const { plate, driverPersonId, to, fresh } of targets) {
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
      return { stopIds, added: fresh ? { id: moved.toRunId, driverPersonId } : null }
    } catch (error) {
      if (!(error instanceof Refused) || !passable.includes(error.code)) throw error
    }
  }
  return null
}

/** What speaks against one truck but not against the next. */
const passable: readonly string[] = [
  'over_capacity',
  'zone_not_carried',
  'no_vehicles',
  'driver_busy',
  'wrong_state',
]

/** A truck that stood at the hub drives to where the broken one stands. */
function comeFor(night: Night, road: Road, { id, driverPersonId }: NonNullable<Moved['added']>): void {
  const driver = road.drivers.get(driverPersonId ?? '')
  if (!driver) throw new Error(`run ${id} has no driver who can sign in`)
  const departAt = new Date().toISOString()
  const run = { id, seq: 900, departAt }
  road.out.add(id)
  road.timeline.start(() => drive(night, road, run, driver, luckOf(night.seed, run)))
}

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
