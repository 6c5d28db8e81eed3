import { stops } from '@huming/db/schema/routes'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { minutesOf, minutesText } from '@huming/shared/days'
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { runScope } from '../routes/list-runs.ts'
import { progressOf } from '../routes/progress.ts'
import { type RunDoc, runDocs, type StopDoc, stopDocs } from '../routes/rows.ts'
import { forecast } from '../routes/run-view.ts'

type Reply = ContractReply<Contracts['delivery.lateStops']>
type Late = StopDoc & { expectedAt: string; noticedAt: string | null; orgId: string; run: RunDoc }

/** Stops that nobody has reached and that will miss, or have missed, their window; the latest first. */
export async function lateStops(
  ctx: Ctx,
  query: { hubId?: string | undefined; day?: string | undefined },
): Promise<Reply> {
  allow(ctx, 'run.read')
  const filters = [runScope(ctx)]
  if (query.hubId) filters.push(sql`r.hub_id = ${query.hubId}`)
  if (query.day) filters.push(sql`r.day = ${query.day}`)
  const late = await findLate(ctx.db, sql.join(filters, sql` and `), ctx.now)
  const items = late.map((stop) => ({
    stopId: stop.id,
    runId: stop.run.id,
    runSeq: stop.run.seq,
    seq: stop.seq,
    plate: stop.run.plate,
    driver: stop.run.driver,
    site: stop.site,
    buyer: stop.buyer,
    windowToAt: stop.windowToAt,
    expectedAt: stop.expectedAt,
    lateMinutes: minutesLate(stop),
    noticedAt: stop.noticedAt,
  }))
  return { items: items.toSorted((a, b) => b.lateMinutes - a.lateMinutes) }
}

/** Runs looked at in one pass of the clock. */
const runsMax = 2000

async function findLate(tx: Db | Tx, where: SQL, now: Date): Promise<Late[]> {
  const runs = await runDocs(
    tx,
    sql`r.status in ('loading', 'on_road') and ${where}`,
    sql`order by r.day, r.id limit ${runsMax}`,
  )
  const more = sql`, s.late_noticed_at as "noticedAt", t.org_id as "orgId"`
  const all = await stopDocs<{ noticedAt: string | null; orgId: string }>(
    tx,
    runs.map((run) => run.id),
    more,
  )
  const byRun = Map.groupBy(all, (stop) => stop.runId)
  return runs.flatMap((run) => {
    const own = byRun.get(run.id) ?? []
    return forecast(own, progressOf(run, own, now))
      .filter((stop) => stop.late && stop.status === 'waiting')
      .map((stop) => ({ ...stop, run }))
  })
}

const minutesLate = (stop: { expectedAt: string; windowToAt: string }): number =>
  Math.ceil((Date.parse(stop.expectedAt) - Date.parse(stop.windowToAt)) / 60_000)

/**
 * For the clock: tells the buyer once of each stop that will come late, and records `stop.late`. Answers how many
 * stops were told of.
 */
export async function markLateStops(ctx: Ctx): Promise<{ marked: number }> {
  allow(ctx, 'run.dispatch')
  const late = await findLate(ctx.db, sql`true`, ctx.now)
  const fresh = new Map(late.filter((stop) => stop.noticedAt === null).map((stop) => [stop.id, stop]))
  if (fresh.size === 0) return { marked: 0 }
  return inTransaction(ctx, async (tx) => {
    const ids = [...fresh.keys()].toSorted()
    const locked = await tx
      .select({ id: stops.id })
      .from(stops)
      .where(and(inArray(stops.id, ids), isNull(stops.lateNoticedAt), eq(stops.status, 'waiting')))
      .orderBy(stops.id)
      .for('update')
    const marked = locked.map((row) => fresh.get(row.id) as Late)
    if (marked.length === 0) return { marked: 0 }
    await tx
      .update(stops)
      .set({ lateNoticedAt: ctx.now })
      .where(
        inArray(
          stops.id,
          marked.map((stop) => stop.id),
        ),
      )
    await tell(tx, ctx, marked)
    return { marked: marked.length }
  })
}

async function tell(tx: Tx, ctx: Ctx, marked: readonly Late[]): Promise<void> {
  await emitAll(
    tx,
    ctx,
    marked.map((stop) => ({
      type: 'stop.late',
      subjectId: stop.id,
      orgId: stop.orgId,
      hubId: stop.run.hubId,
      payload: { runId: stop.run.id, expectedAt: stop.expectedAt, windowToAt: stop.windowToAt },
    })),
  )
  await notifyAll(
    tx,
    marked.flatMap((stop) =>
      stop.orders.map((order) => ({
        orgId: stop.orgId,
        key: 'notice.stop_late',
        params: {
          number: order.number,
          site: stop.site,
          time: minutesText(minutesOf(new Date(stop.expectedAt))),
          minutes: minutesLate(stop),
        },
        subjectId: order.id,
        at: ctx.now,
      })),
    ),
  )
}
