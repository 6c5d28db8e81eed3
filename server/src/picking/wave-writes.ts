import { newId, sayableNumber } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { PlannedTote } from './fill-totes.ts'
import { newSsccs } from './hub-rules.ts'
import type { TaskPlan } from './plan-tasks.ts'
import type { DemandLine, Night, PackPlan, Standing, WaveLot } from './wave-demand.ts'

export type PromisedTask = TaskPlan & { readonly promiseId: string }

/**
 * Makes the wave's promises those of the plan: what stands already stays as it is, the rest is deleted or written;
 * the lots' sums follow. Gives each task its promise.
 */
export async function rewritePromises(
  tx: Tx,
  plan: readonly TaskPlan[],
  held: readonly Standing[],
  lots: readonly WaveLot[],
): Promise<PromisedTask[]> {
  const standing = Map.groupBy(held, keyOf)
  const made: Standing[] = []
  const tasks = plan.map((task) => {
    const kept = standing.get(keyOf(task))?.pop()
    if (kept) return { ...task, promiseId: kept.id }
    const { lineId, lotId, quantity } = task
    const promise = { id: newId(), lineId, lotId, quantity }
    made.push(promise)
    return { ...task, promiseId: promise.id }
  })
  const gone = [...standing.values()].flat().map((promise) => promise.id)
  if (gone.length > 0) await tx.execute(sql`delete from promises where id = any(${bareArray(gone)}::uuid[])`)
  if (made.length > 0)
    await tx.execute(sql`
      insert into promises (id, order_line_id, lot_id, quantity)
      select * from unnest(${bareArray(made.map((p) => p.id))}::uuid[], ${bareArray(made.map((p) => p.lineId))}::uuid[],
        ${bareArray(made.map((p) => p.lotId))}::uuid[], ${bareArray(made.map((p) => p.quantity))}::int8[])`)
  await moveSums(tx, plan, lots)
  return tasks
}

const keyOf = (p: { lineId: string; lotId: string; quantity: number }): string =>
  `${p.lineId}/${p.lotId}/${p.quantity}`

async function moveSums(tx: Tx, plan: readonly TaskPlan[], lots: readonly WaveLot[]): Promise<void> {
  const change = new Map(lots.filter((lot) => lot.mine > 0).map((lot) => [lot.id, -lot.mine]))
  for (const { lotId, quantity } of plan) change.set(lotId, (change.get(lotId) ?? 0) + quantity)
  const moved = [...change].filter(([, by]) => by !== 0)
  if (moved.length === 0) return
  await tx.execute(sql`
    update lots l set promised = l.promised + c.by, version = l.version + 1
    from unnest(${bareArray(moved.map(([id]) => id))}::uuid[], ${bareArray(moved.map(([, by]) => by))}::int8[]) as c(id, by)
    where l.id = c.id`)
}

export type LineCut = { line: DemandLine; cut: number; left: number; reason: string; rule: string | null }

/** Lines that get less than they wanted, and the rule by which too little was shared. */
export const cutsOf = (packs: readonly PackPlan[], shortageRule: string): LineCut[] =>
  packs.flatMap((pack) =>
    pack.lines.flatMap((line) => {
      const left = pack.granted.get(line.lineId) ?? 0
      const rule = pack.supply > 0 ? shortageRule : null
      return left < line.need
        ? [{ line, cut: line.need - left, left, reason: pack.reason ?? 'supply_short', rule }]
        : []
    }),
  )

/** Notes the cuts on the lines. */
export async function writeCuts(tx: Tx, cuts: readonly LineCut[]): Promise<void> {
  if (cuts.length === 0) return
  await tx.execute(sql`
    update order_lines n set cut_quantity = n.cut_quantity + c.cut, cut_reason = c.reason, cut_rule = c.rule
    from unnest(${bareArray(cuts.map((c) => c.line.lineId))}::uuid[], ${bareArray(cuts.map((c) => c.cut))}::int8[],
      ${bareArray(cuts.map((c) => c.reason))}::text[], ${bareArray(cuts.map((c) => c.rule))}::text[])
      as c(id, cut, reason, rule)
    where n.id = c.id`)
}

/** Writes totes with their SSCCs, batches of goods fetched for all stores, and a task per promise. */
export async function writeTasks(
  tx: Tx,
  ctx: Ctx,
  night: Night,
  tasks: readonly PromisedTask[],
  ssccPrefix: string,
): Promise<{ totes: number; tasks: number }> {
  const totes = new Map<PlannedTote, string>()
  for (const { tote } of tasks) if (!totes.has(tote)) totes.set(tote, newId())
  await insertTotes(tx, night, totes, await newSsccs(tx, ssccPrefix, totes.size))
  const batches = await insertBatches(tx, ctx, night, tasks)
  const rows = tasks.map((task) => ({
    ...task,
    id: newId(),
    toteId: totes.get(task.tote) as string,
    batchId: batches.get(batchKey(task)) ?? null,
  }))
  await tx.execute(sql`
    insert into pick_tasks (id, wave_id, order_id, order_line_id, promise_id, lot_id, tote_id, zone, method, bin_id,
      walk, batch_id, quantity, status)
    select t.id, ${night.waveId}::uuid, t.order_id, t.line_id, t.promise_id, t.lot_id, t.tote_id, t.zone, t.method,
      t.bin_id, t.walk, t.batch_id, t.quantity, 'open'
    from unnest(${bareArray(rows.map((t) => t.id))}::uuid[], ${bareArray(rows.map((t) => t.orderId))}::uuid[],
      ${bareArray(rows.map((t) => t.lineId))}::uuid[], ${bareArray(rows.map((t) => t.promiseId))}::uuid[],
      ${bareArray(rows.map((t) => t.lotId))}::uuid[], ${bareArray(rows.map((t) => t.toteId))}::uuid[],
      ${bareArray(rows.map((t) => t.zone))}::text[], ${bareArray(rows.map((t) => t.method))}::text[],
      ${bareArray(rows.map((t) => t.place?.binId ?? null))}::uuid[],
      ${bareArray(rows.map((t) => t.place?.walk ?? 0))}::int4[],
      ${bareArray(rows.map((t) => t.batchId))}::uuid[], ${bareArray(rows.map((t) => t.quantity))}::int8[])
      as t(id, order_id, line_id, promise_id, lot_id, tote_id, zone, method, bin_id, walk, batch_id, quantity)`)
  return { totes: totes.size, tasks: tasks.length }
}

async function insertTotes(
  tx: Tx,
  night: Night,
  totes: ReadonlyMap<PlannedTote, string>,
  ssccs: readonly string[],
): Promise<void> {
  const all = [...totes].map(([tote, id], i) => ({ ...tote, id, sscc: ssccs[i] as string }))
  await tx.execute(sql`
    insert into totes (id, code, sscc, wave_id, order_id, zone, separation, loose_lot_id, part, kind, status)
    select t.id, t.code, t.sscc, ${night.waveId}::uuid, t.order_id, t.zone, t.separation, t.loose_lot_id, t.part,
      t.kind, 'open'
    from unnest(${bareArray(all.map((t) => t.id))}::uuid[], ${bareArray(all.map((t) => sayableNumber('T', t.id)))}::text[],
      ${bareArray(all.map((t) => t.sscc))}::text[], ${bareArray(all.map((t) => t.orderId))}::uuid[],
      ${bareArray(all.map((t) => t.zone))}::text[], ${bareArray(all.map((t) => t.separation))}::text[],
      ${bareArray(all.map((t) => t.looseLotId))}::uuid[], ${bareArray(all.map((t) => t.part))}::int4[],
      ${bareArray(all.map((t) => t.kind))}::text[])
      as t(id, code, sscc, order_id, zone, separation, loose_lot_id, part, kind)`)
}

const batchKey = (task: TaskPlan): string =>
  task.method === 'by_order' ? '' : `${task.method}/${task.lotId}`

/** One batch per lot and method; what is sorted at the dock need not be fetched. */
async function insertBatches(
  tx: Tx,
  ctx: Ctx,
  night: Night,
  tasks: readonly PromisedTask[],
): Promise<Map<string, string>> {
  const groups = [...Map.groupBy(tasks, batchKey)].filter(([key]) => key !== '')
  const rows = groups.map(([key, group]) => {
    const { lotId, zone, method, place } = group[0] as PromisedTask
    const quantity = group.reduce((sum, task) => sum + task.quantity, 0)
    const atDock = method === 'cross_dock'
    return { id: newId(), key, lotId, zone, method, quantity, atDock, wall: atDock ? place?.binId : null }
  })
  if (rows.length > 0)
    await tx.execute(sql`
      insert into put_batches (id, wave_id, lot_id, zone, method, quantity, fetched_quantity, status, wall_bin_id, fetched_at)
      select b.id, ${night.waveId}::uuid, b.lot_id, b.zone, b.method, b.quantity,
        case when b.at_dock then b.quantity end, case when b.at_dock then 'fetched' else 'open' end, b.wall,
        case when b.at_dock then ${ctx.now.toISOString()}::timestamptz end
      from unnest(${bareArray(rows.map((b) => b.id))}::uuid[], ${bareArray(rows.map((b) => b.lotId))}::uuid[],
        ${bareArray(rows.map((b) => b.zone))}::text[], ${bareArray(rows.map((b) => b.method))}::text[],
        ${bareArray(rows.map((b) => b.quantity))}::int8[], ${bareArray(rows.map((b) => String(b.atDock)))}::bool[],
        ${bareArray(rows.map((b) => b.wall ?? null))}::uuid[])
        as b(id, lot_id, zone, method, quantity, at_dock, wall)`)
  return new Map(rows.map((row) => [row.key, row.id]))
}
