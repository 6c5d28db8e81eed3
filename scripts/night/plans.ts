import { minutesOf, minutesText } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { count, type Night } from './night.ts'
import { dispatch, type Plan, plan, until } from './warehouse.ts'

type Figure = { runs: number; metres: number; fen: number; unassigned: number }

const searchSeconds = 4
/** Why a truck does not leave tonight. */
export const brokenAtDock = '示例：无法启动'

/**
 * The nearest-neighbour draft first, then the planner's proposal, adopted; a truck fails before the night's runs are
 * sent, and only its orders are planned again. Prints kilometres and cost of each.
 */
export async function planTonight(night: Night, waveId: string): Promise<Plan> {
  const draft = await figureOf(night, await plan(night, waveId))
  const best = await proposed(night, waveId)
  const figure = await figureOf(night, best)
  said(night, 'nearest neighbour', draft)
  said(night, `planner, ${searchSeconds} s`, figure)
  const sound = await withoutOne(night, waveId, best)
  const final = await figureOf(night, sound)
  if (sound !== best) said(night, 'one truck failed at the dock', final)
  const { tally } = night
  tally.draft = draft
  tally.planned = final
  tally.routes = sound.runs.length
  tally.stops = sound.runs.reduce((sum, run) => sum + run.stops.length, 0)
  tally.unassigned = sound.unassigned.length
  for (const one of sound.unassigned) count(tally.cuts, `unassigned_${one.reason}`)
  tally.stranded = sound.unassigned.map(inWords)
  return dispatch(night, sound)
}

const whyNot: Record<Plan['unassigned'][number]['reason'], string> = {
  capacity: 'heavier or larger than any truck of its zones',
  window: 'no truck can be there in that window, even alone',
  zone: 'no truck has its zones',
  permit: 'no truck may go there in that window',
  shift: 'no driver would be back within his shift',
  pair: 'rules of sharing a truck forbid it',
  no_vehicle: 'every truck that could is full or elsewhere at that time',
}

/** An order that found no vehicle: what it is and why. */
function inWords(one: Plan['unassigned'][number]): string {
  const [from, to] = [one.windowFromAt, one.windowToAt].map((at) => minutesText(minutesOf(new Date(at))))
  const load = `${Math.round(one.grams / 1000)} kg ${one.zones.join('+')}`
  return `${one.number} ${one.site}, ${load}, ${from}–${to}: ${whyNot[one.reason]}`
}

const said = ({ say }: Night, what: string, { runs, metres, fen, unassigned }: Figure): void =>
  say(
    `  ${what}: ${runs} routes, ${(metres / 1000).toFixed(1)} km, ${fen} fen, ${unassigned} orders without a vehicle`,
  )

async function figureOf({ client, staff }: Night, made: Plan): Promise<Figure> {
  const board = await client.call('routes.readBoard', { params: { id: made.id } }, staff.dispatcher)
  return {
    runs: made.runs.length,
    metres: made.metres,
    fen: board.costFen,
    unassigned: made.unassigned.length,
  }
}

/** Asks the planner, waits for it and takes what it found. */
async function proposed(night: Night, waveId: string): Promise<Plan> {
  const { client, staff, seed } = night
  const id = newId()
  const body = { waveId, seconds: searchSeconds, seed }
  await client.call('routes.propose', { params: { id }, body }, staff.dispatcher)
  // Asked twice, as by a phone whose answer was lost: it is the same proposal.
  await client.call('routes.propose', { params: { id }, body }, staff.dispatcher)
  return taken(night, id)
}

async function taken({ client, staff }: Night, id: string): Promise<Plan> {
  const found = await until('planning', async () => {
    const one = await client.call('routes.readProposal', { params: { id } }, staff.dispatcher)
    return one.status !== 'asked' && one.status !== 'running' && one
  })
  if (found.status !== 'done') throw new Error(`the planner ended as ${found.status}: ${found.failure ?? ''}`)
  return client.call('routes.adoptProposal', { params: { id } }, staff.dispatcher)
}

/**
 * The shortest run's truck does not start: it goes out of service. The product asks for a plan around that by itself;
 * the dispatcher takes it.
 */
async function withoutOne(night: Night, waveId: string, made: Plan): Promise<Plan> {
  const { client, staff } = night
  const [broken] = made.runs.toSorted((a, b) => a.stops.length - b.stops.length)
  if (!broken || made.runs.length < 2) return made
  await lockBest(night, made, broken.id)
  const body = { outOfService: brokenAtDock }
  await client.call('routes.setVehicleService', { params: { id: broken.vehicleId }, body }, staff.dispatcher)
  night.tally.brokenAtDock++
  const asked = await until('asking for a plan without the truck', async () => {
    const { items } = await client.call('routes.listProposals', { params: { waveId } }, staff.dispatcher)
    return items.find((one) => one.kind === 'night')
  })
  return taken(night, asked.id)
}

/** The dispatcher keeps the longest run's stops together. */
async function lockBest({ client, staff }: Night, made: Plan, brokenId: string): Promise<void> {
  const longest = made.runs
    .filter((run) => run.id !== brokenId)
    .toSorted((a, b) => b.stops.length - a.stops.length)[0]
  if (!longest) return
  const body = { stopIds: longest.stops.map((stop) => stop.id), locked: true }
  await client.call('routes.lockStops', { params: { id: made.id }, body }, staff.dispatcher)
}
