import { setTimeout as sleep } from 'node:timers/promises'
import { type Who } from './client.ts'
import type { Night } from './night.ts'

/** What a driver does, with the time of his device; sent at once, or later when there is no network. */
type Act = (at: string) => Promise<{ stop: { id: string; status: string; finishedAt: string | null } }>

/** Acts kept until the network is back; as many as a few doors make. */
const keptMax = 6

/**
 * A driver's phone that loses its network now and then: acts are kept in their order with the time they were done, and
 * sent when it is back. Some answers get lost, so that an act is sent once more; the second answer must be the first.
 */
export class Phone {
  readonly night: Night
  readonly driver: Who
  #offline = false
  #kept: { act: Act; at: string }[] = []

  constructor(night: Night, driver: Who) {
    this.night = night
    this.driver = driver
  }

  /** Before each door: the network goes, or comes back. */
  async move(): Promise<void> {
    const { chance, tally } = this.night
    if (!this.#offline && chance.happens(0.12)) {
      this.#offline = true
      tally.offline++
    } else if (this.#offline && (this.#kept.length >= keptMax || chance.happens(0.5))) await this.comeBack()
  }

  async do(act: Act): Promise<void> {
    const at = new Date().toISOString()
    if (this.#offline) {
      this.#kept.push({ act, at })
      // Two acts of one moment would have no order.
      await sleep(2)
      return
    }
    await this.#send(act, at)
  }

  /** Sends what was kept, in order. */
  async comeBack(): Promise<void> {
    this.#offline = false
    for (let next = this.#kept.shift(); next; next = this.#kept.shift()) {
      await this.#send(next.act, next.at)
      this.night.tally.sentLater++
    }
  }

  async #send(act: Act, at: string): Promise<void> {
    const first = await act(at)
    if (!this.night.chance.happens(0.08)) return
    const again = await act(at)
    if (again.stop.status !== first.stop.status || again.stop.finishedAt !== first.stop.finishedAt)
      throw new Error(`a repeat at stop ${first.stop.id} changed it`)
    this.night.tally.sentTwice++
  }
}
