import { sessions, signInFailures } from '@huming/db/schema/accounts'
import { travelPairs } from '@huming/db/schema/travel'
import { watchPapers } from '@huming/server/accounts/watch-papers'
import { scoreSuppliers } from '@huming/server/claims/quality'
import { forgetPlaces } from '@huming/server/delivery/arrival-place'
import { markLateStops } from '@huming/server/delivery/late-stops'
import { type Base, type Ctx, systemCtx } from '@huming/server/kernel/ctx'
import { tellArrivals } from '@huming/server/live/tell-arrivals'
import { closeDueCutOffs } from '@huming/server/orders/close-cut-off'
import { lookAround } from '@huming/server/payment/pump'
import { stripeOf } from '@huming/server/payment/settings'
import { chaseAnswers } from '@huming/server/recall/chase-answers'
import { runAudit } from '@huming/server/reports/run-audit'
import { learnTravel } from '@huming/server/routes/travel-learn'
import { followTransfers } from '@huming/server/settlement/end-payout'
import { keepStatements } from '@huming/server/settlement/keep-statements'
import { releaseRetentions } from '@huming/server/settlement/release-retention'
import { expireLots } from '@huming/server/stock/expire-lots'
import { noticeNearExpiry } from '@huming/server/storing/near-expiry'
import { callOffDue } from '@huming/server/supply/call-off-due'
import { learnConfidence } from '@huming/server/supply/learn-confidence'
import { foldReadings } from '@huming/server/temperature/fold-readings'
import { watchSilence } from '@huming/server/temperature/watch-silence'
import { clientOf } from '@huming/server/upload/client'
import { sendUploads } from '@huming/server/upload/send-uploads'
import { lt } from 'drizzle-orm'
import type { Chores } from './clock.ts'

/** A verb done by the clock. */
const byClock = (name: string, verb: (ctx: Ctx) => Promise<unknown>) => (base: Base) =>
  verb(systemCtx(base, `clock:${name}`))

/** What the time of day asks for; cron patterns in Asia/Shanghai. */
export const chores: Chores = {
  cut_off: { every: 20_000, run: byClock('cut_off', closeDueCutOffs) },
  call_off: { every: 30_000, run: byClock('call_off', callOffDue) },
  learn_confidence: { every: 1_800_000, run: byClock('learn_confidence', learnConfidence) },
  late_watch: { every: 60_000, run: byClock('late_watch', markLateStops) },
  temperature_silence: { every: 60_000, run: byClock('temperature_silence', watchSilence) },
  // After the late watch, which says more.
  tell_arrivals: { every: 60_000, run: byClock('tell_arrivals', tellArrivals) },
  chase_recalls: { every: 60_000, run: byClock('chase_recalls', chaseAnswers) },
  payments: { every: 15_000, run: (base) => lookAround(base, stripeOf(process.env)) },
  send_uploads: { every: 60_000, run: byClock('send_uploads', sendAll) },
  expire_lots: { cron: '10 0 * * *', run: byClock('expire_lots', expireLots) },
  near_expiry: { cron: '20 0 * * *', run: byClock('near_expiry', noticeNearExpiry) },
  // Every hour, so that no warning waits a day for a machine that was off at night.
  papers: { cron: '5 * * * *', run: byClock('papers', watchPapers) },
  learn_travel: { cron: '50 3 * * 1', run: byClock('learn_travel', learnTravel) },
  fold_readings: { cron: '40 3 * * *', run: byClock('fold_readings', foldReadings) },
  release_retentions: { cron: '5 1 * * *', run: byClock('release_retentions', releaseRetentions) },
  follow_transfers: { every: 60_000, run: byClock('follow_transfers', followTransfers) },
  // What was cut at midnight is stated soon after; payments of the day are seen on their statements.
  statements: { cron: '*/10 * * * *', run: byClock('statements', keepStatements) },
  quality: { cron: '50 4 * * *', run: byClock('quality', scoreSuppliers) },
  audit: { cron: '30 4 * * *', run: byClock('audit', runAudit) },
  sweep: { cron: '20 3 * * *', run: byClock('sweep', sweep) },
}

/** Forgets sessions that have ended, failed sign-ins that no longer count, travel times too old to believe, and where drivers were. */
async function sweep(ctx: Ctx): Promise<void> {
  await forgetPlaces(ctx)
  await ctx.db.delete(sessions).where(lt(sessions.expiresAt, ctx.now))
  await ctx.db.delete(travelPairs).where(lt(travelPairs.at, new Date(ctx.now.getTime() - 30 * 86_400_000)))
  await ctx.db.delete(signInFailures).where(lt(signInFailures.at, new Date(ctx.now.getTime() - 86_400_000)))
}

/** Batches of one minute; what is left waits for the next. */
const uploadBatchesMax = 20

/** Sends what is due at the city's trace platform, when a way to it is set. */
async function sendAll(ctx: Ctx): Promise<void> {
  const client = clientOf(process.env)
  if (!client) return
  for (let i = 0; i < uploadBatchesMax; i += 1) if ((await sendUploads(ctx, client)) === 0) return
}
