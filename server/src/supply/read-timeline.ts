import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { readCallOffTimes, readSteps } from './timeline-rows.ts'

type Reply = ContractReply<Contracts['timeline.read']>

/** How long each step takes at a hub, and when goods at the bases are called off; dated rows, all of them. */
export async function readTimeline(ctx: Ctx, hubId: string): Promise<Reply> {
  allow(ctx, 'board.read', { hubId })
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const [steps, callOffTimes] = await Promise.all([readSteps(ctx.db, hubId), readCallOffTimes(ctx.db, hubId)])
  return { steps, callOffTimes } as Reply
}
