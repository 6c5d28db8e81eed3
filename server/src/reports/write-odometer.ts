import { runOdometers } from '@huming/db/schema/after-run'
import { runs } from '@huming/db/schema/routes'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Read = { outKm: number; backKm: number | null }
/** No run of a night is longer. */
const kmMost = 3000

/** The odometer when leaving and when back, by the run's driver or its hub; written again it is corrected. */
export async function writeOdometer(ctx: Ctx, runId: string, { outKm, backKm }: Read) {
  allow(ctx, 'run.load')
  if (backKm !== null && (backKm < outKm || backKm - outKm > kmMost)) throw new Fault('odometer_backwards')
  return inTransaction(ctx, async (tx) => {
    const run = found((await tx.select().from(runs).where(eq(runs.id, runId)).for('update'))[0])
    allow(ctx, 'run.load', { hubId: run.hubId, driverPersonId: run.driverPersonId, runId })
    if (run.status === 'planned') throw new Fault('wrong_state')
    const [known] = await tx.select().from(runOdometers).where(eq(runOdometers.runId, runId))
    if (known?.outKm === outKm && known.backKm === backKm) return { runId, outKm, backKm }
    await tx
      .insert(runOdometers)
      .values({ runId, outKm, backKm, writtenAt: ctx.now })
      .onConflictDoUpdate({ target: runOdometers.runId, set: { outKm, backKm, writtenAt: ctx.now } })
    await emit(tx, ctx, {
      type: 'run.odometer_written',
      subjectId: runId,
      hubId: run.hubId,
      payload: { outKm, backKm, before: known && { outKm: known.outKm, backKm: known.backKm } },
    })
    return { runId, outKm, backKm }
  })
}
