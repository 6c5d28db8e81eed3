import { newId } from '@huming/shared/ids'
import type { Who } from './client.ts'
import type { Run } from './door.ts'
import type { Night } from './night.ts'

/**
 * In the middle of the night the lot that fewest doors wait for is recalled: its sale stops, the scope is computed,
 * every place is told. What is aboard must not be handed over any more.
 */
export async function recallSmallLot(night: Night, runs: readonly Run[], safety: Who): Promise<void> {
  const { client, tally, say } = night
  const lots = new Map<string, { code: string; quantity: number }>()
  for (const line of runs.flatMap((run) =>
    run.stops.flatMap((stop) => stop.goods.flatMap((one) => one.lines)),
  )) {
    const before = lots.get(line.lotId)?.quantity ?? 0
    lots.set(line.lotId, { code: line.lotCode, quantity: before + line.quantity })
  }
  const [smallest] = [...lots].toSorted(([, a], [, b]) => a.quantity - b.quantity)
  if (!smallest) return
  const [lotId, { code }] = smallest
  const params = { id: newId() }
  const body = {
    level: 2,
    cause: 'contamination' as const,
    reason: '示例：快检农残超标',
    knownAt: new Date(Date.now() - 60_000).toISOString(),
    lotIds: [lotId],
  }
  await client.call('recall.open', { params, body }, safety)
  await client.call('recall.stop', { params }, safety)
  await client.call('recall.computeScope', { params }, safety)
  await client.call('recall.notify', { params }, safety)
  const { number } = await client.call('recall.read', { params }, safety)
  tally.recalls++
  say(`  recall ${number}: lot ${code} is stopped everywhere and every place is told`)
}
