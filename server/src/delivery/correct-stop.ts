import { stopCorrections } from '@huming/db/schema/driving'
import { runs, stops } from '@huming/db/schema/routes'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Input = ContractParsed<Contracts['delivery.correct']>['body'] & { id: string; correctionId: string }

/**
 * Adds to a closed stop what is to be put right, by its driver or its hub. The proof stays as it was; goods and money
 * are put right by claims. The same again gives the same answer; other words under the id are `id_reused`.
 */
export async function correctStop(
  ctx: Ctx,
  input: Input,
): Promise<ContractReply<Contracts['delivery.correct']>> {
  allow(ctx, 'run.read')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ stop: stops, run: runs })
      .from(stops)
      .innerJoin(runs, eq(runs.id, stops.runId))
      .where(eq(stops.id, input.id))
      .for('share', { of: stops })
    const { stop, run } = found(row)
    allow(ctx, 'run.read', { hubId: run.hubId, driverPersonId: run.driverPersonId, runId: run.id })
    const [known] = await tx.select().from(stopCorrections).where(eq(stopCorrections.id, input.correctionId))
    if (known) {
      const same =
        known.stopId === stop.id &&
        known.text === input.text &&
        known.photoFileIds.join() === input.photoFileIds.join()
      if (!same) throw new Fault('id_reused')
      return { id: known.id, at: known.at.toISOString() }
    }
    if (stop.finishedAt === null) throw new Fault('wrong_state')
    await refuseStrangePhotos(tx, ctx, input.photoFileIds)
    const { text, photoFileIds } = input
    const { personId } = person(ctx)
    await tx
      .insert(stopCorrections)
      .values({ id: input.correctionId, stopId: stop.id, personId, text, photoFileIds, at: ctx.now })
    await emit(tx, ctx, {
      type: 'stop.corrected',
      subjectId: stop.id,
      hubId: run.hubId,
      payload: { runId: run.id, correctionId: input.correctionId },
    })
    return { id: input.correctionId, at: ctx.now.toISOString() }
  })
}
