import { traceUploads } from '@huming/db/schema/upload'
import { newId } from '@huming/shared/ids'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { recordsOf } from './records.ts'

const hourMs = 3_600_000
/** Upload within 24 hours of the event; a changed e-archive within 2 days (上海市食品安全信息追溯管理办法 Art. 12). */
const hoursOf = { in: 24, out: 24, archive: 48 } as const

/** What follows an event that must be told to the city’s trace platform: one row per record, once. Returns how many. */
export async function queueUploads(ctx: Ctx, event: { id: string; type: string }): Promise<number> {
  allow(ctx, 'upload.write')
  return inTransaction(ctx, async (tx) => {
    const rows = await recordsOf(tx, event)
    if (rows.length === 0) return 0
    const made = await tx
      .insert(traceUploads)
      .values(
        rows.map(({ eventAt, ...row }) => ({
          id: newId(),
          ...row,
          eventAt: new Date(eventAt),
          dueAt: new Date(new Date(eventAt).getTime() + hoursOf[row.kind] * hourMs),
          status: 'waiting',
          nextTryAt: ctx.now,
          createdAt: ctx.now,
        })),
      )
      .onConflictDoNothing()
      .returning({ id: traceUploads.id })
    return made.length
  })
}
