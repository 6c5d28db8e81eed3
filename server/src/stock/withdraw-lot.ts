import { lots } from '@huming/db/schema/stock'
import { consignmentLines, consignments } from '@huming/db/schema/supply'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, ne } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseInProduction } from './in-production.ts'
import { type Lot, lockLot, readLotRow } from './rows.ts'

/** Takes back a planned or made lot that no order and no consignment counts on. A repeat changes nothing. */
export async function withdrawLot(ctx: Ctx, id: string, reason: string): Promise<Lot> {
  allow(ctx, 'lot.write')
  return inTransaction(ctx, async (tx) => {
    const lot = await lockLot(tx, id)
    allow(ctx, 'lot.write', { orgId: lot.orgId })
    if (lot.stage === 'withdrawn') return readLotRow(tx, id)
    const stage = nextStatus('lot', lot.stage, 'withdraw')
    if (!stage) throw new Fault('wrong_state', '', { stage: lot.stage })
    await refuseInProduction(tx, id)
    if (lot.promised > 0) throw new Fault('lot_promised', '', { promised: lot.promised })
    await refuseOnConsignment(tx, id)
    await tx
      .update(lots)
      .set({ stage, promisable: 0, version: lot.version + 1 })
      .where(eq(lots.id, id))
    await emit(tx, ctx, {
      type: 'lot.withdrawn',
      subjectId: id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { reason, quantity: lot.quantity },
    })
    return readLotRow(tx, id)
  })
}

async function refuseOnConsignment(tx: Tx, lotId: string): Promise<void> {
  const [line] = await tx
    .select({ id: consignmentLines.id })
    .from(consignmentLines)
    .innerJoin(consignments, eq(consignments.id, consignmentLines.consignmentId))
    .where(and(eq(consignmentLines.lotId, lotId), ne(consignments.status, 'cancelled')))
    .limit(1)
  if (line) throw new Fault('lot_already_shipped')
}
