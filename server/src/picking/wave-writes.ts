import { newId, sayableNumber } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { DemandLine, Night, PackPlan, WaveLot } from './wave-demand.ts'

/** Replaces the wave's promises by those of the plan and brings the lots' sums along. Returns the new promises. */
export async function rewritePromises(
  tx: Tx,
  night: Night,
  packs: readonly PackPlan[],
  lots: readonly WaveLot[],
): Promise<NewPromise[]> {
  await tx.execute(sql`
    delete from promises r using wave_orders w, orders o, order_lines n
    where w.wave_id = ${night.waveId} and o.id = w.order_id and o.status = 'frozen' and n.order_id = o.id
      and r.order_line_id = n.id and r.picked_quantity is null`)
  const made = packs.flatMap((pack) => pack.promises.map((promise) => ({ id: newId(), ...promise })))
  await tx.execute(sql`
    insert into promises (id, order_line_id, lot_id, quantity)
    select * from unnest(${bareArray(made.map((p) => p.id))}::uuid[], ${bareArray(made.map((p) => p.lineId))}::uuid[],
      ${bareArray(made.map((p) => p.lotId))}::uuid[], ${bareArray(made.map((p) => p.quantity))}::int8[])`)
  await moveSums(tx, made, lots)
  return made
}

export type NewPromise = { id: string; lineId: string; lotId: string; quantity: number }

async function moveSums(tx: Tx, made: readonly NewPromise[], lots: readonly WaveLot[]): Promise<void> {
  const change = new Map(lots.filter((lot) => lot.mine > 0).map((lot) => [lot.id, -lot.mine]))
  for (const { lotId, quantity } of made) change.set(lotId, (change.get(lotId) ?? 0) + quantity)
  const moved = [...change].filter(([, by]) => by !== 0)
  await tx.execute(sql`
    update lots l set promised = l.promised + c.by, version = l.version + 1
    from unnest(${bareArray(moved.map(([id]) => id))}::uuid[], ${bareArray(moved.map(([, by]) => by))}::int8[]) as c(id, by)
    where l.id = c.id`)
}

export type LineCut = { line: DemandLine; cut: number; left: number; reason: string }

/** Lines that get less than they wanted. */
export const cutsOf = (packs: readonly PackPlan[]): LineCut[] =>
  packs.flatMap((pack) =>
    pack.lines.flatMap((line) => {
      const left = pack.granted.get(line.lineId) ?? 0
      return left < line.need
        ? [{ line, cut: line.need - left, left, reason: pack.reason ?? 'supply_short' }]
        : []
    }),
  )

/** Notes the cuts on the lines. */
export async function writeCuts(tx: Tx, cuts: readonly LineCut[]): Promise<void> {
  if (cuts.length === 0) return
  await tx.execute(sql`
    update order_lines n set cut_quantity = n.cut_quantity + c.cut, cut_reason = c.reason
    from unnest(${bareArray(cuts.map((c) => c.line.lineId))}::uuid[], ${bareArray(cuts.map((c) => c.cut))}::int8[],
      ${bareArray(cuts.map((c) => c.reason))}::text[]) as c(id, cut, reason)
    where n.id = c.id`)
}

/** One tote per order and zone, and a task per promise. */
export async function writeTasks(
  tx: Tx,
  night: Night,
  promises: readonly NewPromise[],
  lines: ReadonlyMap<string, DemandLine>,
): Promise<{ totes: number; tasks: number }> {
  const totes = new Map<string, { id: string; orderId: string; zone: string }>()
  const tasks = promises.map((promise) => {
    const line = lines.get(promise.lineId) as DemandLine
    const key = `${line.orderId}/${line.zone}`
    const tote = totes.get(key) ?? { id: newId(), orderId: line.orderId, zone: line.zone }
    totes.set(key, tote)
    return { ...promise, taskId: newId(), orderId: line.orderId, zone: line.zone, toteId: tote.id }
  })
  const all = [...totes.values()]
  await tx.execute(sql`
    insert into totes (id, code, wave_id, order_id, zone, status)
    select t.id, t.code, ${night.waveId}::uuid, t.order_id, t.zone, 'open'
    from unnest(${bareArray(all.map((t) => t.id))}::uuid[], ${bareArray(all.map((t) => sayableNumber('T', t.id)))}::text[],
      ${bareArray(all.map((t) => t.orderId))}::uuid[], ${bareArray(all.map((t) => t.zone))}::text[])
      as t(id, code, order_id, zone)`)
  await tx.execute(sql`
    insert into pick_tasks (id, wave_id, order_id, order_line_id, promise_id, lot_id, tote_id, zone, quantity, status)
    select t.id, ${night.waveId}::uuid, t.order_id, t.line_id, t.promise_id, t.lot_id, t.tote_id, t.zone, t.quantity, 'open'
    from unnest(${bareArray(tasks.map((t) => t.taskId))}::uuid[], ${bareArray(tasks.map((t) => t.orderId))}::uuid[],
      ${bareArray(tasks.map((t) => t.lineId))}::uuid[], ${bareArray(tasks.map((t) => t.id))}::uuid[],
      ${bareArray(tasks.map((t) => t.lotId))}::uuid[], ${bareArray(tasks.map((t) => t.toteId))}::uuid[],
      ${bareArray(tasks.map((t) => t.zone))}::text[], ${bareArray(tasks.map((t) => t.quantity))}::int8[])
      as t(id, order_id, line_id, promise_id, lot_id, tote_id, zone, quantity)`)
  return { totes: all.length, tasks: tasks.length }
}
