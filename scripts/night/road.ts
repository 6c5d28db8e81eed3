import { breakDown } from './breakdown.ts'
import { eachOf, type Who } from './client.ts'
import { watchBoard } from './desk.ts'
import { drive, type Luck, luckOf, type Road } from './drive.ts'
import type { Night, Placed } from './night.ts'
import { recallSmallLot } from './recall-lot.ts'
import { openAlarms, pairDevices, warmRoom } from './temperature.ts'
import { Timeline } from './timeline.ts'
import type { Plan } from './warehouse.ts'

const minute = 60_000

/**
 * Every driver loads, leaves, goes from door to door and comes back, in the hours of the night where the clock can be
 * moved: some leave late, roads are slow or closed, one truck breaks down, a lot is recalled in the middle of it,
 * phones lose their network, doors refuse or stay shut. The desk looks on.
 */
export async function driveEverything(
  night: Night,
  plan: Plan,
  drivers: ReadonlyMap<string, Who>,
): Promise<void> {
  const { clock, say, staff } = night
  const timeline = new Timeline(clock)
  const road: Road = {
    timeline,
    drivers,
    recalledAt: 0,
    again: new Set(),
    takenOver: new Set(),
    out: new Set(plan.runs.map((run) => run.id)),
  }
  const luck = drawLuck(night, plan)
  const leaving = [...luck.values()].map((one) => one.leaveAt)
  await clock.moveTo(Math.min(...leaving) - 30 * minute)
  say(clock.movable ? `the clock stands at ${clockText()}` : '  the clock of this product cannot be moved')
  const devices = await pairDevices(night, plan)
  const broken = lightest(plan)
  for (const run of plan.runs) {
    const driver = drivers.get(run.driverPersonId ?? '')
    const own = luck.get(run.id)
    if (!driver || !own) throw new Error(`run ${run.id} has no driver who can sign in`)
    timeline.start(() =>
      run.id === broken?.id && plan.runs.length > 1
        ? breakDown(night, road, plan, { run, driver, luck: own })
        : drive(night, road, run, driver, own),
    )
  }
  timeline.start(() => watchBoard(night, road, { from: Math.min(...leaving) + minute, devices }))
  timeline.start(async () => {
    await timeline.reach(Math.max(...leaving) + 10 * minute)
    await recallSmallLot(night, plan, staff.safety)
    road.recalledAt = Date.now()
  })
  await timeline.ended()
  await warmRoom(night)
  night.tally.alarmsOpen = await openAlarms(night, staff.safety)
  await lookBack(night)
}

/** With goods for more than one door: others have room for it. */
const lightest = (plan: Plan): Plan['runs'][number] | undefined =>
  plan.runs.filter((run) => run.stops.length > 2).toSorted((a, b) => a.grams - b.grams)[0]

/** The longest run meets a closed road, the next one a shut door, the next one a refusal; chance does the rest. */
function drawLuck({ seed }: Night, plan: Plan): Map<string, Luck> {
  const luck = new Map(plan.runs.map((run) => [run.id, luckOf(seed, run)]))
  const broken = lightest(plan)?.id
  const [closed, shut = closed, refusing = closed] = plan.runs
    .filter((run) => run.id !== broken)
    .toSorted((a, b) => b.stops.length - a.stops.length)
    .map((run) => luck.get(run.id))
  if (closed) closed.standsMs = 50 * minute
  if (shut) shut.firstShut = true
  if (refusing) refusing.firstRefuses = true
  return luck
}

const clockText = (): string =>
  new Date().toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** What the live board says when everybody is back. */
async function lookBack({ client, hubId, day, staff, tally, say }: Night): Promise<void> {
  const board = await client.call('live.board', { params: { hubId }, query: { day } }, staff.dispatcher)
  tally.reached = board.reached
  tally.reachedInTime = board.reachedInTime
  const late = board.runs.flatMap((run) => run.stops).filter((stop) => stop.arrivedAt !== null && stop.late)
  const minutes = late.map((one) => (Date.parse(one.arrivedAt ?? '') - Date.parse(one.windowToAt)) / minute)
  tally.worstLateMinutes = Math.round(Math.max(0, ...minutes))
  tally.lateTold = late.filter((one) => tally.told.has(one.id)).length
  say(
    `${clockText()}: ${board.reachedInTime} of ${board.reached} doors reached in time; ${tally.offline} phones lost their network, ${tally.sentLater} acts were sent later, ${tally.sentTwice} twice`,
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
