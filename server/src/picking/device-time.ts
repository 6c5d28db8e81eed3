import type { Ctx } from '../kernel/ctx.ts'

/** A device may have waited so long for the network. */
const longestWaitMs = 12 * 3_600_000

/** When a queued act was done: what the device says, unless its clock is ahead or it waited too long. */
export function doneAt(ctx: Pick<Ctx, 'now'>, at: string | undefined): Date {
  const said = at === undefined ? ctx.now : new Date(at)
  const wait = ctx.now.getTime() - said.getTime()
  return wait >= 0 && wait <= longestWaitMs ? said : ctx.now
}
