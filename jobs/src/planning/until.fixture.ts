import { setTimeout as sleep } from 'node:timers/promises'

/** Limit of a test that waits for the planner on a busy machine, ms; `until` gives up before it and says what it saw. */
export const patienceMs = 180_000

/** Reads until what is read is as wanted; fails with what was read last. */
export async function until<T>(read: () => Promise<T>, wanted: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + patienceMs * 0.9
  for (;;) {
    const seen = await read()
    if (wanted(seen)) return seen
    if (Date.now() > end) throw new Error(`not reached; last seen: ${JSON.stringify(seen)?.slice(0, 4000)}`)
    await sleep(50)
  }
}
