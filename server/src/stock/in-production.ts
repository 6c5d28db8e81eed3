import { productionBatches } from '@huming/db/schema/production'
import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/**
 * Refuses (`lot_in_production`) to make, withdraw or release by hand a lot that a batch is making or that failed its
 * check: it gets its quantity, its days and its certificate from the batch alone (食品安全法 Art. 52).
 */
export async function refuseInProduction(tx: Tx, lotId: string): Promise<void> {
  const [batch] = await tx
    .select({ number: productionBatches.number })
    .from(productionBatches)
    .where(
      and(
        eq(productionBatches.lotId, lotId),
        inArray(productionBatches.status, ['planned', 'running', 'made', 'rejected']),
      ),
    )
  if (batch) throw new Fault('lot_in_production', '', { params: { number: batch.number } })
}
