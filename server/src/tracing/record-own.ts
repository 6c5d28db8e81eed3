import type { Ctx, Tx } from '../kernel/ctx.ts'
import { assert } from '../kernel/fault.ts'
import { standardContext } from './epcis-document.ts'
import { goodsMakers } from './own-goods.ts'
import { ownContext, type Source } from './own-lots.ts'
import { orderMakers } from './own-orders.ts'
import { insertEvents, judgeEvents } from './store-events.ts'
import { flawsOf } from './validate.ts'

const makers = { ...goodsMakers, ...orderMakers }

/** Types of business events that EPCIS events follow from. */
export const recordedTypes = Object.keys(makers)

const contexts = [standardContext, ownContext]

/**
 * Says in EPCIS what a business event did, for whom it concerns. Runs once per event, in a consumer's transaction.
 * An event of ours that broke the schema would be a defect and stops here.
 */
export async function recordOwn(ctx: Ctx, source: Source): Promise<number> {
  const tx = ctx.db as unknown as Tx
  const built = (await makers[source.type]?.(tx, source)) ?? []
  const rows = built.map(({ event, seenBy, at }) => ({
    event: { eventTime: (at ?? source.at).toISOString(), eventTimeZoneOffset: '+08:00', ...event },
    contexts,
    orgId: null,
    seenBy: seenBy.filter((id) => id !== null),
    sourceEventId: source.id,
  }))
  for (const { event } of rows) {
    const flaws = flawsOf({ '@context': contexts, ...event })
    assert(
      flaws.length === 0,
      `EPCIS event of ${source.type} is valid: ${flaws[0]?.pointer} ${flaws[0]?.reason}`,
    )
  }
  const judged = await judgeEvents(tx, rows, ctx.now)
  await insertEvents(
    tx,
    judged.flatMap(({ row, outcome }) => (outcome === 'new' ? [row] : [])),
  )
  return judged.length
}
