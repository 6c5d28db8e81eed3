import { newId } from '@huming/shared/ids'
import { buyEverything } from '../night/buy.ts'
import { eachOf, type Who } from '../night/client.ts'
import { receive } from '../night/dock.ts'
import { load, type Run, serve, signature } from '../night/door.ts'
import type { Night, Placed } from '../night/night.ts'
import { calledOff, signInDrivers } from '../night/open.ts'
import { registerBuyers } from '../night/parties.ts'
import { Phone } from '../night/phone.ts'
import { acceptEverything } from '../night/road.ts'
import { answerCallOffs, declareLots, type Lister, shipAll } from '../night/supply.ts'
import {
  dispatch,
  keepTrucks,
  openTasks,
  type Plan,
  pick,
  pickAll,
  plannedWave,
  plan as planRoutes,
  releaseWave,
  sealAll,
} from '../night/warehouse.ts'
import type { Camera } from './camera.ts'
import type { People } from './people.ts'

type Stage = { night: Night; camera: Camera; people: People; listers: readonly Lister[] }

/** A small night, stopped at each of its stages for a picture of those at work. */
export async function photographNight(stage: Stage, enter: (phone: string) => Promise<Who>): Promise<void> {
  const { night } = stage
  const placed = await trade(stage)
  await dock(stage)
  const plan = await pickAndPlan(stage)
  await drive(stage, plan, enter)
  await morning(stage, placed)
  night.say('the night is over')
}

/** Buyers order, the cut-off closes, suppliers are called off. */
async function trade({ night, camera, people, listers }: Stage): Promise<Placed[]> {
  const { client, hubId, day, staff } = night
  const fleetGrams = await keepTrucks(night)
  const buyers = await registerBuyers(night)
  await declareLots(night, listers, Math.ceil((night.orders * 9) / 60))
  const placed = await buyEverything(night, buyers, fleetGrams)
  await client.call('orders.closeCutOff', { params: { hubId }, body: { day } }, staff.admin)
  await plannedWave(night)
  await calledOff(night)
  const { items } = await client.call(
    'supply.listCallOffs',
    { query: { day, status: 'asked', limit: 200 } },
    staff.admin,
  )
  const asked = (who: Who) => items.some((one) => one.orgId === who.orgId)
  const who = [people.lister, ...listers.map((one) => one.who)].find(asked) ?? people.lister
  await camera.take({ name: 'coop-call-offs', who, path: '/coop/call-offs' })
  return placed
}

/** The trucks come; one of them is being counted. */
async function dock({ night, camera, people, listers }: Stage): Promise<void> {
  const { client, staff } = night
  await answerCallOffs(night, listers)
  const shipped = await shipAll(night, listers)
  const consignments = await Promise.all(
    shipped.map((id) => client.call('supply.readConsignment', { params: { id } }, staff.receiver)),
  )
  const [largest] = consignments.toSorted((a, b) => b.lines.length - a.lines.length)
  if (!largest) throw new Error('nothing was shipped')
  await camera.take({
    name: 'warehouse-receive',
    who: people.receiver,
    path: '/warehouse/receive',
  })
  const counted = largest.id
  await eachOf(
    shipped.filter((id) => id !== counted),
    4,
    (id) => receive(night, id, false),
  )
  await receive(night, counted, true, async (line, done) => {
    if (done !== Math.min(2, largest.lines.length - 1)) return
    const path = `/warehouse/receive/${counted}`
    await camera.take({
      name: 'warehouse-consignment',
      who: people.receiver,
      path,
      devices: ['desktop'],
    })
    await camera.take({
      name: 'warehouse-count',
      who: people.receiver,
      path: `${path}/${line.id}`,
      devices: ['phone'],
    })
  })
}

/** The wave is released, picked and planned. */
async function pickAndPlan({ night, camera, people }: Stage): Promise<Plan> {
  const wave = await plannedWave(night)
  await releaseWave(night, wave)
  const tasks = await openTasks(night, wave.id)
  await eachOf(tasks.slice(0, Math.floor(tasks.length / 2)), 8, (task) => pick(night, task))
  const { lead, picker, dispatcher } = people
  await camera.take({
    name: 'warehouse-tonight',
    who: lead,
    path: '/warehouse',
    wait: '.wh-job b',
    devices: ['phone'],
  })
  await camera.take({
    name: 'warehouse-wave',
    who: lead,
    path: `/warehouse/waves/${wave.id}`,
    wait: 'text=去拣货',
    devices: ['desktop'],
  })
  await camera.take({
    name: 'warehouse-pick',
    who: picker,
    path: `/warehouse/pick/${wave.id}`,
    wait: '.wh-big',
  })
  await pickAll(night, wave.id)
  await sealAll(night, wave.id)
  const draft = await planRoutes(night, wave.id)
  await camera.take({
    name: 'warehouse-dispatch',
    who: dispatcher,
    path: `/warehouse/dispatch/${draft.id}`,
  })
  return dispatch(night, draft)
}

/** Some runs are back, some on the road, one still loads. */
async function drive(
  { night, camera, people }: Stage,
  plan: Plan,
  enter: (phone: string) => Promise<Who>,
): Promise<void> {
  const { client, day, hubId } = night
  const drivers = await signInDrivers(
    night,
    plan.runs.map((run) => run.driverPersonId),
    enter,
  )
  const [shown, ...others] = plan.runs.toSorted((a, b) => b.stops.length - a.stops.length)
  if (!shown) throw new Error('no run was planned')
  const trip = await startTrip(night, shown, drivers)
  await camera.take({
    name: 'driver-loading',
    who: trip.driver,
    path: `/driver/runs/${shown.id}`,
    devices: ['phone'],
  })
  await load(night, trip.run, trip.driver)
  // About half way, at a door where somebody signs.
  const middle = Math.floor(trip.run.stops.length / 2)
  const half = trip.run.stops.findIndex((stop, i) => i >= middle && !stop.keyDrop)
  await serveStops(night, trip, 0, half)
  const waiting = await roads(night, others, drivers)
  const next = trip.run.stops[half]
  await camera.take({ name: 'driver-run', who: trip.driver, path: `/driver/runs/${shown.id}` })
  if (next) {
    await client.call('delivery.arrive', { params: { id: next.id }, body: {} }, trip.driver)
    const path = `/driver/runs/${shown.id}/stops/${next.id}`
    await camera.take({
      name: 'driver-stop',
      who: trip.driver,
      path,
      wait: '.driver-main',
      devices: ['phone'],
    })
  }
  const { admin } = people
  await camera.take({
    name: 'ops-board',
    who: admin,
    path: `/ops?day=${day}&hub=${hubId}`,
  })
  await serveStops(night, trip, half, trip.run.stops.length, next?.id)
  await client.call('delivery.finishRun', { params: { id: shown.id }, body: {} }, trip.driver)
  for (const finish of waiting) await finish()
}

type Trip = { run: Run; driver: Who; ink: string }

async function startTrip(
  { client }: Night,
  { id, driverPersonId }: Plan['runs'][number],
  drivers: ReadonlyMap<string, Who>,
): Promise<Trip> {
  const driver = drivers.get(driverPersonId ?? '')
  if (!driver) throw new Error(`run ${id} has no driver who can sign in`)
  const ink = newId()
  await client.upload(ink, signature, driver)
  return { driver, ink, run: await client.call('delivery.readRun', { params: { id } }, driver) }
}

async function serveStops(
  night: Night,
  { run, driver, ink }: Trip,
  from: number,
  to: number,
  arrived?: string,
) {
  for (const [i, stop] of run.stops.slice(from, to).entries())
    await serve(night, stop, new Phone(night, driver), ink, {
      refuses: from === 0 && i === 0,
      arrived: stop.id === arrived,
    })
}

/** The other runs go a different part of their way each; gives what brings them home. */
async function roads(
  night: Night,
  runs: Plan['runs'],
  drivers: ReadonlyMap<string, Who>,
): Promise<(() => Promise<void>)[]> {
  return Promise.all(
    runs.map(async (one, i) => {
      const trip = await startTrip(night, one, drivers)
      const stops = trip.run.stops.length
      const done = i === 0 ? 0 : Math.floor((stops * (i % 4)) / 3)
      // The second largest is still at the dock.
      if (i > 0) await load(night, trip.run, trip.driver)
      await serveStops(night, trip, 0, done)
      return async () => {
        if (i === 0) await load(night, trip.run, trip.driver)
        await serveStops(night, trip, done, stops)
        await night.client.call('delivery.finishRun', { params: { id: one.id }, body: {} }, trip.driver)
      }
    }),
  )
}

/** Buyers accept; operations look back. */
async function morning({ night, camera, people }: Stage, placed: readonly Placed[]): Promise<void> {
  const { client, day } = night
  await acceptEverything(night, placed)
  const { items } = await client.call('orders.list', { query: { day, limit: 1 } }, people.purchaser)
  const own =
    items[0] ?? (await client.call('orders.list', { query: { limit: 1 } }, people.purchaser)).items[0]
  if (own)
    await camera.take({
      name: 'shop-order',
      who: people.purchaser,
      path: `/orders/${own.id}`,
      wait: '.shop-order',
    })
  const { admin } = people
  await camera.take({
    name: 'ops-orders',
    who: admin,
    path: '/ops/orders',
    devices: ['desktop'],
  })
  const order = placed[0]
  if (order)
    await camera.take({
      name: 'ops-order',
      who: admin,
      path: `/ops/orders/${order.id}`,
      wait: 'text=经过',
      devices: ['desktop'],
    })
  await client.call('reports.runAudit', {}, admin)
  await camera.take({
    name: 'ops-audit',
    who: admin,
    path: '/ops/audit',
    devices: ['phone'],
  })
}
