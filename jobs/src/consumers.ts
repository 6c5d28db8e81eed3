import { lots } from '@huming/db/schema/stock'
import type { Ctx } from '@huming/server/kernel/ctx'
import { assert } from '@huming/server/kernel/fault'
import { inTransaction } from '@huming/server/kernel/transaction'
import { type CutReason, rebalanceLot } from '@huming/server/orders/rebalance-lot'
import { allocatePrepaid } from '@huming/server/payment/allocate'
import { endStopped } from '@huming/server/picking/end-stopped'
import { planWave } from '@huming/server/picking/plan-wave'
import { askFirst } from '@huming/server/routes/ask-itself'
import { afterAdded, afterBreakdown, afterCut } from '@huming/server/routes/night-changes'
import { planRoutes } from '@huming/server/routes/plan-routes'
import { askCallOffs } from '@huming/server/supply/ask-call-offs'
import { recordedTypes, recordOwn } from '@huming/server/tracing/record-own'
import { queueUploads } from '@huming/server/upload/queue-uploads'
import { eq } from 'drizzle-orm'
import type { Consumers, RelayedEvent } from './once.ts'

/** What follows what: event type → consumer → verb. A consumer re-reads; the event only says where to look. */
const verbs: Consumers = {
  'cutoff.closed': {
    ask_call_offs: (ctx, event) => askCallOffs(ctx, nightOf(event)),
    plan_wave: (ctx, event) => planWave(ctx, nightOf(event)),
  },
  'wave.released': {
    plan_routes: (ctx, event) => planRoutes(ctx, { waveId: event.subjectId }),
    ask_first: (ctx, event) => askFirst(ctx, event.subjectId),
  },
  'order.cancelled': { plan_without: (ctx, event) => afterCut(ctx, event.subjectId) },
  'stop.added': { plan_with: (ctx, event) => afterAdded(ctx, String(event.payload['orderId'])) },
  'vehicle.service_set': { free_runs: (ctx, event) => afterBreakdown(ctx, event.subjectId) },
  'statement.sent': {
    allocate_prepaid: (ctx, event) =>
      inTransaction(ctx, (tx) => allocatePrepaid(tx, ctx.now, String(event.orgId), event.id)),
  },
  'lot.received': { queue_uploads: queueUploads },
  'stop.delivered': { queue_uploads: queueUploads },
  'org.written': { queue_archive: queueUploads },
  'paper.reviewed': { queue_archive: queueUploads },
  'paper.withdrawn': { queue_archive: queueUploads },
  'lot.held': {
    free_promises: (ctx, event) =>
      freePromises(ctx, event.subjectId, (lot) => (lot.stage === 'held' ? 0 : null), 'held'),
    end_tasks: (ctx, event) => endStopped(ctx, event.subjectId),
  },
  // While it was stopped, goods of it may have gone to quarantine or have been destroyed.
  'lot.released': {
    free_promises: (ctx, event) =>
      freePromises(
        ctx,
        event.subjectId,
        (lot) => (isHere(lot) && lot.promised > lot.onHand ? lot.onHand : null),
        'held',
      ),
  },
  'lot.expired': {
    end_tasks: (ctx, event) => endStopped(ctx, event.subjectId),
  },
  'lot.made_short': {
    free_promises: (ctx, event) =>
      freePromises(
        ctx,
        event.subjectId,
        (lot) => (lot.promised > lot.quantity ? lot.quantity : null),
        'supply_short',
      ),
  },
}

/** The verbs above, and every step of goods told again in EPCIS. */
export const consumers: Consumers = Object.fromEntries(
  [...new Set([...Object.keys(verbs), ...recordedTypes])].map((type) => [
    type,
    { ...verbs[type], ...(recordedTypes.includes(type) ? { epcis: recordOwn } : {}) },
  ]),
)

function nightOf(event: RelayedEvent): { hubId: string; day: string } {
  const day = event.payload['day']
  assert(event.hubId !== null && typeof day === 'string', `event ${event.id} names hub and day`)
  return { hubId: event.hubId, day }
}

type Lot = typeof lots.$inferSelect

/** Counted in the house: what it promises lies there. */
const isHere = (lot: Lot): boolean => lot.stage === 'received' || lot.stage === 'used_up'

/** Lets a lot promise only so much, as it stands now; null = the reason has passed meanwhile. */
const freePromises = (
  ctx: Ctx,
  lotId: string,
  promisableOf: (lot: Lot) => number | null,
  reason: CutReason,
) =>
  inTransaction(ctx, async (tx) => {
    const [lot] = await tx.select().from(lots).where(eq(lots.id, lotId))
    const promisable = lot ? promisableOf(lot) : null
    if (promisable !== null) await rebalanceLot(tx, ctx, lotId, { promisable, reason })
  })
