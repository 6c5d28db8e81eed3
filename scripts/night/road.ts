import { newId } from '@huming/shared/ids'
import { breakDown } from './breakdown.ts'
import { eachOf, type Who } from './client.ts'
import { handIn } from './crates.ts'
import { load, type Run, serve, signature } from './door.ts'
import type { Night, Placed } from './night.ts'
import { Phone } from './phone.ts'
import { recallSmallLot } from './recall-lot.ts'
import { openAlarms, pairDevices, sendReadings, warmRoom } from './temperature.ts'
import type { Plan } from './warehouse.ts'

/**
 * Every driver loads, leaves, goes from door to door and comes back; one truck breaks down on the way, a lot is
 * recalled in the middle of it, phones lose their network, and a few doors refuse or stay shut.
 */
export async function driveEverything(
  night: Night,
  plan: Plan,
  drivers: ReadonlyMap<string, Who>,
): Promise<void> {
  const { client, staff } = night
  let back = 0
  const devices = await pairDevices(night, plan)
  const { over, added } = await breakDown(night, plan, drivers)
  const going = [...plan.runs.filter((run) => run.id !== over), ...added]
  const firstDoor = plan.runs.find((run) => run.id !== over)?.stops[0]?.id
  const out: { run: Run; driver: Who }[] = []
  await eachOf(going, 10, async ({ id, driverPersonId }) => {
    const driver = drivers.get(driverPersonId ?? '')
    if (!driver) throw new Error(`run ${id} has no driver who can sign in`)
    const run = await client.call('delivery.readRun', { params: { id } }, driver)
    if (run.status === 'loading') await load(night, run, driver)
    out.push({ run, driver })
  })
  await sendReadings(night, devices)
  await recallSmallLot(
    night,
    out.map(({ run }) => run),
    staff.safety,
  )
  await eachOf(out, 10, async ({ run: { id }, driver }) => {
    const run = await client.call('delivery.readRun', { params: { id } }, driver)
    const ink = newId()
    await client.upload(ink, signature, driver)
    const phone = new Phone(night, driver)
    let gone = run.tripsGone
    for (const stop of run.stops.filter((one) => one.finishedAt === null)) {
      if (stop.trip > gone) {
        // Back at the hub: what waits on the phone is sent before the next trip is loaded.
        await phone.comeBack()
        await load(night, run, driver, stop.trip)
        gone = stop.trip
        night.tally.secondTrips++
      }
      await phone.move()
      await serve(night, stop, phone, ink, { refuses: stop.id === firstDoor })
    }
    await phone.comeBack()
    await client.call('delivery.finishRun', { params: { id }, body: {} }, driver)
    await handIn(night, driver)
    if (++back % 10 === 0) night.say(`  ${back} of ${going.length} runs are back`)
  })
  await warmRoom(night)
  night.tally.alarmsOpen = await openAlarms(night, staff.safety)
  await lookBack(night)
}

/** What the live board says when everybody is back. */
async function lookBack({ client, hubId, day, staff, tally, say }: Night): Promise<void> {
  const board = await client.call('live.board', { params: { hubId }, query: { day } }, staff.dispatcher)
  tally.reached = board.reached
  tally.reachedInTime = board.reachedInTime
  say(
    `  ${board.reachedInTime} of ${board.reached} doors reached in time; ${tally.offline} phones lost their network, ${tally.sentLater} acts were sent later, ${tally.sentTwice} twice`,
  )
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
