import { events } from '@huming/db/schema/events'
import { movements } from '@huming/db/schema/stock'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { asc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { readLotRow } from './rows.ts'

const movementsMax = 500
const eventsMax = 200

/** One lot with every movement of its goods and what happened to it, oldest first. */
export async function readLot(ctx: Ctx, id: string): Promise<ContractReply<Contracts['stock.readLot']>> {
  allow(ctx, 'lot.read')
  const lot = await readLotRow(ctx.db, id)
  allow(ctx, 'lot.read', { orgId: lot.orgId, hubId: lot.hubId })
  const moved = await ctx.db
    .select()
    .from(movements)
    .where(eq(movements.lotId, id))
    .orderBy(asc(movements.id))
    .limit(movementsMax)
  const happened = await ctx.db
    .select({ id: events.id, type: events.type, at: events.at, payload: events.payload })
    .from(events)
    .where(eq(events.subjectId, id))
    .orderBy(asc(events.id))
    .limit(eventsMax)
  return {
    ...lot,
    movements: moved.map(({ id: movementId, kind, quantity, reason, at }) => ({
      id: movementId,
      kind,
      quantity,
      reason,
      at: at.toISOString(),
    })),
    events: happened.map((event) => ({ ...event, at: event.at.toISOString() })),
  }
}
