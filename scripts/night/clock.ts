import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** The setting by which the night's own product is told of the file. */
export const clockSetting = 'NIGHT_CLOCK'

/** A process looks again after so many ms. */
const lookEveryMs = 10

const machineNow = Date.now.bind(Date)

/**
 * Lets `Date` of this process run ahead of the machine's clock by the ms in a file, which may grow at any time: the
 * night and the product it started live through the hours of a delivery in minutes. Timers are not touched.
 */
export function followClock(file: string): void {
  const Machine = Date
  let [ahead, looked] = [0, 0]
  const now = (): number => {
    const real = machineNow()
    if (real - looked >= lookEveryMs) [ahead, looked] = [aheadIn(file), real]
    return real + ahead
  }
  const moved: DateConstructor = new Proxy(Machine, {
    construct: (of, args, as): object =>
      Reflect.construct(of, args.length === 0 ? [now()] : args, as === moved ? of : as) as object,
    apply: () => new Machine(now()).toString(),
    get: (of, key) => (key === 'now' ? now : (Reflect.get(of, key) as unknown)),
  })
  Object.defineProperty(Machine.prototype, 'constructor', {
    value: moved,
    writable: true,
    configurable: true,
  })
  globalThis.Date = moved
}

function aheadIn(file: string): number {
  try {
    return Math.round(Number(readFileSync(file, 'utf8'))) || 0
  } catch {
    return 0
  }
}

/** The clock of a night: moved on for a product of its own, the machine's for one that others use, too. */
export class Clock {
  readonly #file: string | null

  constructor(file: string | null) {
    this.#file = file
  }

  get movable(): boolean {
    return this.#file !== null
  }

  /** Moves everybody's clock on to a time, ms; never back. */
  async moveTo(time: number): Promise<void> {
    if (!this.#file || time <= Date.now()) return
    writeFileSync(`${this.#file}.next`, String(Math.ceil(time) - machineNow()))
    renameSync(`${this.#file}.next`, this.#file)
    await sleep(2 * lookEveryMs)
  }
}
