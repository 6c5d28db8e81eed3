import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import { loadsOf, type Plan, placeColumns, runDocs } from './rows.ts'
import { withStops } from './run-view.ts'

type Head = Omit<Plan, 'runs' | 'unassigned'> & { misses: { orderId: string; reason: string }[] }

/** A plan by its id or its wave's id, for those of its hub and operations. */
export async function readPlan(ctx: Ctx, id: string): Promise<Plan> {
  allow(ctx, 'run.read')
  const plan = await planDoc(ctx.db, id, ctx.now)
  allow(ctx, 'run.read', { hubId: plan.hubId })
  return plan
}

/** The whole plan as replies show it. The caller has asked `allow`. */
export async function planDoc(tx: Db | Tx, id: string, now: Date): Promise<Plan> {
  const [row] = await docs<Head>(
    tx,
    sql`select p.id, p.hub_id as "hubId", p.day, p.wave_id as "waveId", w.seq as "waveSeq", w.status as "waveStatus",
        json_build_object('name', h.name, 'lngE6', h.lng_e6, 'latE6', h.lat_e6) as hub,
        p.status, p.method, p.matrix_source as "matrixSource", p.metres, p.created_at as "createdAt",
        p.dispatched_at as "dispatchedAt", p.unassigned as misses
      from plans p join waves w on w.id = p.wave_id join hubs h on h.id = p.hub_id
      where p.id = ${id} or p.wave_id = ${id}`,
  )
  const { misses, ...head } = found(row)
  const runs = await withStops(tx, await runDocs(tx, sql`r.plan_id = ${head.id}`), now)
  return { ...head, runs, unassigned: await unassignedDocs(tx, misses) }
}

/** Orders without a vehicle that are still to be brought. */
async function unassignedDocs(tx: Db | Tx, misses: Head['misses']): Promise<Plan['unassigned']> {
  const reasons = new Map(misses.map((miss) => [miss.orderId, miss.reason]))
  const rows = await docs<Omit<Plan['unassigned'][number], 'reason'>>(
    tx,
    sql`select o.id as "orderId", o.number, ${placeColumns},
        ${windowAt(sql`o.window_from`)} as "windowFromAt", ${windowAt(sql`o.window_to`)} as "windowToAt",
        q.grams, q.millilitres, q.zones
      from orders o join sites t on t.id = o.site_id join organisations b on b.id = o.org_id
      cross join lateral (${loadsOf(sql`o.id`)}) q
      where o.id = ${anyOf([...reasons.keys()])} and o.status in ('picking', 'picked') order by t.district_code, o.id`,
  )
  return rows.map((row) => ({
    ...row,
    reason: reasons.get(row.orderId) as Plan['unassigned'][number]['reason'],
  }))
}

/** Minutes of the order's delivery day as an instant. */
const windowAt = (minutes: ReturnType<typeof sql>) =>
  sql`(o.day::date + make_interval(mins => ${minutes})) at time zone 'Asia/Shanghai'`
