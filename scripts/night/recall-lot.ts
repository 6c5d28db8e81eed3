import { newId } from '@huming/shared/ids'
import { eachOf, type Who } from './client.ts'
import type { Run } from './door.ts'
import type { Night } from './night.ts'
import type { Plan } from './warehouse.ts'

/**
 * In the middle of the night the lot that fewest doors still wait for is recalled: its sale stops, the scope is
 * computed, every place is told. What is aboard must not be handed over any more.
 */
export async function recallSmallLot(night: Night, plan: Plan, safety: Who): Promise<void> {
  const { client, tally, say } = night
  const lot = smallest(await readRuns(night, plan))
  if (!lot) return
  const params = { id: newId() }
  const body = {
    level: 2,
    cause: 'contamination' as const,
    reason: '示例：快检农残超标',
    knownAt: new Date(Date.now() - 60_000).toISOString(),
    lotIds: [lot.id],
  }
  await client.call('recall.open', { params, body }, safety)
  await client.call('recall.stop', { params }, safety)
  await client.call('recall.computeScope', { params }, safety)
  await client.call('recall.notify', { params }, safety)
  const { number } = await client.call('recall.read', { params }, safety)
  tally.recalls++
  say(`  recall ${number}: lot ${lot.code} is stopped everywhere and every place is told`)
}

async function readRuns({ client, staff }: Night, plan: Plan): Promise<Run[]> {
  const runs: Run[] = []
  await eachOf(plan.runs, 6, async ({ id }) => {
    runs.push(await client.call('delivery.readRun', { params: { id } }, staff.dispatcher))
  })
  return runs
}

/** The lot with least still on the road; none that waits at the hub for a later trip, and any lot when all is handed over. */
function smallest(runs: readonly Run[]): { id: string; code: string } | null {
  const lots = new Map<string, { id: string; code: string; quantity: number; aboard: boolean }>()
  const waiting = new Set<string>()
  for (const run of runs)
    for (const stop of run.stops)
      for (const { lotId, lotCode, quantity } of stop.goods.flatMap((order) => order.lines)) {
        const gone = stop.trip <= run.tripsGone
        if (!gone) waiting.add(lotId)
        const before = lots.get(lotId)
        const aboard = stop.finishedAt === null || before?.aboard === true
        lots.set(lotId, { id: lotId, code: lotCode, quantity: quantity + (before?.quantity ?? 0), aboard })
      }
  const free = [...lots.values()].filter((lot) => !waiting.has(lot.id))
  const order = free.toSorted(
    (a, b) => Number(b.aboard) - Number(a.aboard) || a.quantity - b.quantity || (a.code < b.code ? -1 : 1),
  )
  return order[0] ?? null
}
