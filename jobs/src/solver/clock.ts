/** What a search may use: seconds of its own thread's CPU time, or a fixed number of steps. */
export type Budget = { seconds?: number; steps?: number; clock?: 'cpu' | 'wall' }

/** Seconds this thread has used (`cpu`) or that have passed (`wall`). */
export function secondsNow(clock: 'cpu' | 'wall' = 'wall'): number {
  if (clock === 'wall') return performance.now() / 1000
  const used = process.threadCpuUsage()
  return (used.user + used.system) / 1e6
}
