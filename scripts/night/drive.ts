import { newId } from '@huming/shared/ids'
import { Chance } from './chance.ts'
import { Refused, type Who } from './client.ts'
import { handIn } from './crates.ts'
import { decide } from './desk.ts'
import {
  fateOf,
  giveUp,
  handOverAt,
  load,
  type Run,
  reach,
  type Stop,
  signature,
  turnedAway,
  waitsUntil,
} from './door.ts'
import { type Cause, count, type Night } from './night.ts'
import { Phone } from './phone.ts'
import type { Timeline } from './timeline.ts'

const minute = 60_000

/** What all drivers of the night share. */
export type Road = {
  timeline: Timeline
  drivers: ReadonlyMap<string, Who>
  /** When a lot was recalled, ms; phones are called then. */
  recalledAt: number
  /** Doors tried once more tonight. */
  again: Set<string>
  /** Doors taken over from a truck that broke down. */
  takenOver: Set<string>
  /** Runs still out. */
  out: Set<string>
}

/** What befalls one truck, drawn before it leaves. */
export type Luck = {
  chance: Chance
  leaveAt: number
  /** Against the plan's road times: 1 as planned. */
  pace: number
  /** After its second door a road is closed: it stands for so long, ms. */
  standsMs: number
  /** Its first door stays shut. */
  firstShut: boolean
  /** Its first door refuses a part. */
  firstRefuses: boolean
}

type Planned = { id: string; seq: number; departAt: string }

/** One truck in five is loaded late; roads go a tenth faster to a quarter slower than planned. */
export function luckOf(seed: number, run: Planned): Luck {
  const chance = new Chance(seed * 1009 + run.seq)
  const lateMs = chance.happens(0.2) ? chance.whole(10, 35) * minute : chance.whole(0, 2) * minute
  return {
    chance,
    leaveAt: Date.parse(run.departAt) + lateMs,
    pace: 0.9 + chance.next() * 0.35,
    standsMs: 0,
    firstShut: false,
    firstRefuses: false,
  }
}

/** A driver's night: leaves, goes from door to door as his phone tells him, comes back, hands in the crates. */
export async function drive(night: Night, road: Road, run: Planned, who: Who, luck: Luck): Promise<void> {
  const way = new Way(night, road, run, who, luck)
  await way.leave()
  while (await way.next());
  await way.home()
}

/** One truck on its way. */
class Way {
  readonly #night: Night
  readonly #road: Road
  readonly #id: string
  readonly #driver: Who
  readonly #luck: Luck
  readonly #phone: Phone
  readonly #ink = newId()
  #run: Run | null = null
  #readAt = 0
  /** Left the last place at, ms: as it was, and as it was planned. */
  #at: number
  #plannedAt: number
  #gone = 1
  #doors = 0
  readonly #closed = new Set<string>()

  constructor(night: Night, road: Road, run: Planned, driver: Who, luck: Luck) {
    this.#night = night
    this.#road = road
    this.#id = run.id
    this.#driver = driver
    this.#luck = luck
    this.#phone = new Phone(night, driver, luck.chance)
    this.#at = luck.leaveAt
    this.#plannedAt = Date.parse(run.departAt)
  }

  async #read(): Promise<Run> {
    this.#readAt = Date.now()
    this.#run = await this.#night.client.call('delivery.readRun', { params: { id: this.#id } }, this.#driver)
    return this.#run
  }

  async leave(): Promise<void> {
    const { client } = this.#night
    await this.#road.timeline.reach(this.#at)
    const run = await this.#read()
    if (run.status === 'loading') await load(this.#night, run, this.#driver, { time: this.#at })
    this.#gone = Math.max(1, run.tripsGone)
    if (this.#at - this.#plannedAt > 8 * minute) this.#night.tally.leftLate++
    await client.upload(this.#ink, signature, this.#driver)
  }

  /** The next door; false when none is left. */
  async next(): Promise<boolean> {
    if (!this.#phone.offline) await this.#read()
    const open = (one: Stop) => one.finishedAt === null && !this.#closed.has(one.id)
    const stop = this.#run?.stops.find(open)
    if (!stop) return false
    await this.#reload(stop)
    await this.#phone.move()
    await this.#driveTo(stop)
    await this.#serve(stop)
    this.#closed.add(stop.id)
    this.#doors++
    return true
  }

  /** Back at the hub: what waits on the phone is sent before the next trip is loaded. */
  async #reload(stop: Stop): Promise<void> {
    if (stop.trip <= this.#gone) return
    await this.#phone.comeBack()
    await load(this.#night, await this.#read(), this.#driver, { trip: stop.trip, time: this.#at })
    this.#gone = stop.trip
    this.#night.tally.secondTrips++
  }

  async #driveTo(stop: Stop): Promise<void> {
    const { chance, pace, standsMs } = this.#luck
    const planned = Math.max(2 * minute, Date.parse(stop.plannedArriveAt) - this.#plannedAt)
    this.#at += planned * pace
    if (chance.happens(0.05)) {
      this.#at += chance.whole(8, 25) * minute
      this.#night.tally.jams++
    }
    if (this.#doors === 2) this.#at += standsMs
    await this.#road.timeline.reach(this.#at)
    await reach(this.#night, stop, this.#phone, this.#at)
    const late = this.#night.clock.movable && this.#at > Date.parse(stop.windowToAt)
    if (late) count(this.#night.tally.lateBy, this.#cause(stop))
  }

  /** What made a door late, the heaviest first. */
  #cause(stop: Stop): Cause {
    const { standsMs, leaveAt, pace } = this.#luck
    if (this.#road.again.has(stop.id)) return 'second_try'
    if (this.#road.takenOver.has(stop.id)) return 'breakdown'
    if (standsMs > 0 && this.#doors >= 2) return 'road_closed'
    if (Date.parse(stop.plannedArriveAt) > Date.parse(stop.windowToAt)) return 'planned_late'
    if (this.#run && leaveAt - Date.parse(this.#run.departAt) > 8 * minute) return 'left_late'
    return pace > 1.05 ? 'slow_roads' : 'jams'
  }

  async #serve(known: Stop): Promise<void> {
    const { chance, firstShut, firstRefuses } = this.#luck
    const first = this.#doors === 0
    const again = this.#road.again.has(known.id)
    const fate = again
      ? 'open'
      : first && firstShut
        ? 'shut'
        : first && firstRefuses
          ? 'refuses'
          : fateOf(chance)
    const opensAt = Math.max(this.#at, Date.parse(known.windowFromAt))
    this.#plannedAt =
      Math.max(Date.parse(known.plannedArriveAt), Date.parse(known.windowFromAt)) +
      known.serviceSeconds * 1000
    if (fate === 'shut') return this.#shut(known, opensAt)
    this.#at = opensAt + known.serviceSeconds * 1000 * (0.8 + chance.next() * 0.7)
    await this.#road.timeline.reach(this.#at)
    const what = { ink: this.#ink, time: this.#at }
    if (fate === 'turned_away') return turnedAway(this.#night, known, this.#phone, what)
    const stop = await this.#freshly(known)
    return handOverAt(this.#night, stop, this.#phone, { ...what, refuses: fate === 'refuses' })
  }

  /** After a recall the driver was called: he looks at what must not be handed over. */
  async #freshly(known: Stop): Promise<Stop> {
    if (this.#road.recalledAt <= this.#readAt) return known
    await this.#phone.comeBack()
    return (await this.#read()).stops.find((one) => one.id === known.id) ?? known
  }

  /** Nobody opens: he gives up as the rule says, calls the desk, and the desk decides while he is still out. */
  async #shut(stop: Stop, from: number): Promise<void> {
    this.#at = waitsUntil(stop, from)
    await this.#road.timeline.reach(this.#at)
    await giveUp(this.#night, stop, this.#phone, { ink: this.#ink, from, until: this.#at })
    await this.#phone.comeBack()
    const next = await decide(this.#night, stop.id, this.#luck.chance)
    if (next) this.#road.again.add(next)
    this.#plannedAt = Math.max(this.#plannedAt, this.#at - 5 * minute)
  }

  async home(): Promise<void> {
    const { client } = this.#night
    for (;;) {
      await this.#phone.comeBack()
      this.#at += 20 * minute
      await this.#road.timeline.reach(this.#at)
      try {
        await client.call('delivery.finishRun', { params: { id: this.#id }, body: {} }, this.#driver)
        break
      } catch (error) {
        // Doors were given to him on his way home.
        if (!(error instanceof Refused) || error.code !== 'stops_open') throw error
        while (await this.next());
      }
    }
    await handIn(this.#night, this.#driver)
    this.#road.out.delete(this.#id)
    if (++this.#night.tally.back % 10 === 0) this.#night.say(`  ${this.#night.tally.back} runs are back`)
  }
}
