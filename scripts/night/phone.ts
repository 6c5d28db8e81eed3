import type { Chance } from './chance.ts'
import { type Who } from './client.ts'
import type { Night } from './night.ts'

/** When it was done and when it is sent, by the device's clock. */
export type Times = { at: string; sentAt: string }
/** What a driver does; sent at once, or later when there is no network. */
type Act = (times: Times) => Promise<{ stop: { id: string; status: string; finishedAt: string | null } }>

/** Acts kept until the network is back; as many as a few doors make. */
const keptMax = 6

/**
 * A driver's phone that loses its network now and then: acts are kept in their order with the time they were done, and
 * sent when it is back. Some answers get lost, so that an act is sent once more; the second answer must be the first.
 */
export class Phone {
  readonly night: Night
  readonly driver: Who
  readonly #chance: Chance
  #offline = false
  #kept: { act: Act; at: number }[] = []
  #last = 0

  constructor(night: Night, driver: Who, chance: Chance = night.chance) {
    this.night = night
    this.driver = driver
    this.#chance = chance
  }

  get offline(): boolean {
    return this.#offline
  }

  /** Before each door: the network goes, or comes back. */
  async move(): Promise<void> {
    const { tally } = this.night
    if (!this.#offline && this.#chance.happens(0.12)) {
      this.#offline = true
      tally.offline++
    } else if (this.#offline && (this.#kept.length >= keptMax || this.#chance.happens(0.5)))
      await this.comeBack()
  }

  /** Does something at a time, ms; two acts never at the same moment. */
  async do(act: Act, time = Date.now()): Promise<void> {
    const at = Math.max(this.night.clock.movable ? time : Date.now(), this.#last + 1)
    this.#last = at
    if (this.#offline) this.#kept.push({ act, at })
    else await this.#send(act, at)
  }

  /** Sends what was kept, in order. */
  async comeBack(): Promise<void> {
    this.#offline = false
    for (let next = this.#kept.shift(); next; next = this.#kept.shift()) {
      await this.#send(next.act, next.at)
      this.night.tally.sentLater++
    }
  }

  async #send(act: Act, at: number): Promise<void> {
    const send = () =>
      act({ at: new Date(at).toISOString(), sentAt: new Date(Math.max(at, Date.now())).toISOString() })
    const first = await send()
    if (!this.#chance.happens(0.08)) return
    const again = await send()
    if (again.stop.status !== first.stop.status || again.stop.finishedAt !== first.stop.finishedAt)
      throw new Error(`a repeat at stop ${first.stop.id} changed it`)
    this.night.tally.sentTwice++
  }
}
