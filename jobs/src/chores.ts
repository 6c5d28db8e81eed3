import { sessions, signInFailures } from '@huming/db/schema/accounts'
import { markLateStops } from '@huming/server/delivery/late-stops'
import { type Base, type Ctx, systemCtx } from '@huming/server/kernel/ctx'
import { closeDueCutOffs } from '@huming/server/orders/close-cut-off'
import { chaseAnswers } from '@huming/server/recall/chase-answers'
import { runAudit } from '@huming/server/reports/run-audit'
import { expireLots } from '@huming/server/stock/expire-lots'
import { lt } from 'drizzle-orm'
import type { Chores } from './clock.ts'

/** A verb done by the clock. */
const byClock = (name: string, verb: (ctx: Ctx) => Promise<unknown>) => (base: Base) =>
  verb(systemCtx(base, `clock:${name}`))

/** What the time of day asks for; cron patterns in Asia/Shanghai. */
export const chores: Chores = {
  cut_off: { every: 20_000, run: byClock('cut_off', closeDueCutOffs) },
  late_watch: { every: 60_000, run: byClock('late_watch', markLateStops) },
  chase_recalls: { every: 60_000, run: byClock('chase_recalls', chaseAnswers) },
  expire_lots: { cron: '10 0 * * *', run: byClock('expire_lots', expireLots) },
  audit: { cron: '30 4 * * *', run: byClock('audit', runAudit) },
  sweep: { cron: '20 3 * * *', run: byClock('sweep', sweep) },
}

/** Forgets sessions that have ended and failed sign-ins that no longer count. */
async function sweep(ctx: Ctx): Promise<void> {
  await ctx.db.delete(sessions).where(lt(sessions.expiresAt, ctx.now))
  await ctx.db.delete(signInFailures).where(lt(signInFailures.at, new Date(ctx.now.getTime() - 86_400_000)))
}
