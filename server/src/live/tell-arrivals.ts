import { toldArrivals } from '@huming/db/schema/arrivals'
import { minutesOf, minutesText } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { emitAll } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { progressOf } from '../routes/progress.ts'
import { type RunDoc, runDocs, type StopDoc, stopDocs } from '../routes/rows.ts'
import { forecast } from '../routes/run-view.ts'

type Facts = { toldAt: string | null; tolerance: number | null; orgId: string; noticedAt: string | null }
type Moved = StopDoc & Facts & { expectedAt: string; hubId: string }

/** Runs looked at in one pass of the clock. */
const runsMax = 2000

/** Over `sites t`, `runs r`: the tolerance that holds for the stop on its day, in minutes; null when there is no rule. */
const tolerance = sql`(select a.minutes from arrival_tolerances a
  where (a.hub_id is null or a.hub_id = r.hub_id) and (a.buyer_class is null or a.buyer_class = b.buyer_class)
    and a.valid_from <= r.day and a.valid_to >= r.day
  order by a.hub_id is null, a.buyer_class is null, a.valid_from desc, a.id limit 1)`

/**
 * For the clock: tells the buyers of stops still waiting whose expected arrival moved by more than their tolerance
 * since they were told last (first: since the plan), later or back again. What was told becomes the new measure, so
 * that one move is told once. Lateness the buyer was just told of (`stop.late`) is not told twice. Gives how many stops.
 */
export async function tellArrivals(ctx: Ctx): Promise<{ told: number }> {
  allow(ctx, 'run.dispatch')
  const moved = await findMoved(ctx.db, ctx.now)
  if (moved.length === 0) return { told: 0 }
  return inTransaction(ctx, async (tx) => {
    const fresh = await claim(tx, moved, ctx.now)
    const loud = fresh.filter((stop) => !toldAsLate(stop, ctx.now))
    await emitAll(
      tx,
      ctx,
      loud.map((stop) => ({
        type: 'stop.arrival_moved',
        subjectId: stop.id,
        orgId: stop.orgId,
        hubId: stop.hubId,
        payload: {
          runId: stop.runId,
          expectedAt: stop.expectedAt,
          before: stop.toldAt ?? stop.plannedArriveAt,
        },
      })),
    )
    await notifyAll(
      tx,
      loud.flatMap((stop) =>
        stop.orders.map((order) => ({
          orgId: stop.orgId,
          key: later(stop) ? 'notice.arrival_later' : 'notice.arrival_earlier',
          params: {
            number: order.number,
            site: stop.site,
            time: clockText(stop.expectedAt),
            before: clockText(stop.toldAt ?? stop.plannedArriveAt),
          },
          subjectId: order.id,
          at: ctx.now,
        })),
      ),
    )
    return { told: loud.length }
  })
}

const clockText = (at: string): string => minutesText(minutesOf(new Date(at)))
const measure = (stop: Facts & StopDoc): number => Date.parse(stop.toldAt ?? stop.plannedArriveAt)
const later = (stop: Moved): boolean => Date.parse(stop.expectedAt) > measure(stop)
/** The late watch spoke within the last two minutes. */
const toldAsLate = (stop: Moved, now: Date): boolean =>
  stop.noticedAt !== null && later(stop) && now.getTime() - Date.parse(stop.noticedAt) < 120_000

async function findMoved(db: Db, now: Date): Promise<Moved[]> {
  const runs = await runDocs(
    db,
    sql`r.status in ('loading', 'on_road') and exists (
      select 1 from stops w where w.run_id = r.id and w.status = 'waiting')`,
    sql`order by r.day, r.id limit ${runsMax}`,
  )
  const more = sql`, t.org_id as "orgId", s.late_noticed_at as "noticedAt",
    (select x.expected_at from told_arrivals x where x.stop_id = s.id) as "toldAt",
    (select ${tolerance} from runs r where r.id = s.run_id) as tolerance`
  const stops = await stopDocs<Facts>(
    db,
    runs.map((run) => run.id),
    more,
  )
  const byRun = Map.groupBy(stops, (stop) => stop.runId)
  return runs.flatMap((run) => movedOf(run, byRun.get(run.id) ?? [], now))
}

const movedOf = (run: RunDoc, stops: readonly (StopDoc & Facts)[], now: Date): Moved[] =>
  forecast(stops, progressOf(run, stops, now))
    .filter((stop) => stop.status === 'waiting' && stop.tolerance !== null)
    .filter(
      (stop) => Math.abs(Date.parse(stop.expectedAt) - measure(stop)) > (stop.tolerance as number) * 60_000,
    )
    .map((stop) => ({ ...stop, hubId: run.hubId }))

/** Writes what is told; of two clocks at the same moment only one gets a stop. */
async function claim(tx: Tx, moved: readonly Moved[], now: Date): Promise<Moved[]> {
  const byId = new Map(moved.map((stop) => [stop.id, stop]))
  const ids = [...byId.keys()].toSorted()
  await tx.execute(sql`select id from stops where id = any(${sql.param(ids)}::uuid[]) order by id for update`)
  const known = await tx.execute<{ id: string; at: Date | string; status: string }>(sql`
    select s.id, s.status, x.expected_at as at from stops s left join told_arrivals x on x.stop_id = s.id
    where s.id = any(${sql.param(ids)}::uuid[])`)
  const same = (id: string, at: Date | string | null): boolean => {
    const told = byId.get(id)?.toldAt ?? null
    return (at === null ? null : new Date(at).getTime()) === (told === null ? null : Date.parse(told))
  }
  const fresh = [...known]
    .filter((row) => row.status === 'waiting' && same(row.id, row.at))
    .map((row) => byId.get(row.id) as Moved)
  for (const stop of fresh) {
    const row = { expectedAt: new Date(stop.expectedAt), toldAt: now }
    await tx
      .insert(toldArrivals)
      .values({ stopId: stop.id, ...row })
      .onConflictDoUpdate({ target: toldArrivals.stopId, set: row })
  }
  return fresh
}
