import type { OpenDb } from '@huming/db/client'
import { newId } from '@huming/shared/ids'
import type { BenchNight } from './stock-market.ts'

type Sql = OpenDb['sql']
type Row = Record<string, string | number | null>
export type Cut = { lineId: string; quantity: number; reason: string; rule: string | null }
/** All rows that a release wrote, as they would be for the twin hub. */
export type Writes = {
  waveId: string
  gone: string[]
  promises: Row[]
  lots: { id: string; promised: number }[]
  totes: Row[]
  tasks: Row[]
  orders: string[]
  cuts: Cut[]
  events: Record<string, unknown>[]
  notices: Record<string, unknown>[]
}

type Pair = { from: BenchNight; to: BenchNight; toWave: string }

/** Reads what the product wrote for a wave and says it of the twin's rows. Not on the clock. */
export async function readWrites(sql: Sql, waveId: string, { from, to, toWave }: Pair): Promise<Writes> {
  const twins = await twinsOf(sql, from.hubId, to.hubId)
  const twin = (id: unknown): string => twins.get(id as string) ?? (id as string)
  const fresh = new Map<string, string>()
  const own = (id: unknown): string => {
    const known = fresh.get(id as string) ?? newId()
    fresh.set(id as string, known)
    return known
  }
  const tasks = await sql<Row[]>`select * from pick_tasks where wave_id = ${waveId} order by id`
  const totes = await sql<Row[]>`select * from totes where wave_id = ${waveId} order by id`
  const standing = await sql<{ id: string; key: string }[]>`
    select r.id, r.order_line_id || '/' || r.lot_id || '/' || r.quantity as key from wave_orders w
    join order_lines n on n.order_id = w.order_id join promises r on r.order_line_id = n.id where w.wave_id = ${toWave}`
  const left = Map.groupBy(standing, (one) => one.key)
  const promiseOf = new Map<string, string>()
  const made: Row[] = []
  for (const task of tasks) {
    const [lineId, lotId] = [twin(task['order_line_id']), twin(task['lot_id'])]
    const kept = left.get(`${lineId}/${lotId}/${task['quantity']}`)?.pop()?.id
    const id = kept ?? newId()
    promiseOf.set(task['id'] as string, id)
    if (!kept) made.push({ id, line: lineId, lot: lotId, quantity: task['quantity'] ?? null })
  }
  const lots = await sql<{ id: string; promised: number; before: number }[]>`
    select a.id, a.promised, b.promised as before from lots a join lots b on b.id = any(${[...twins.values()]}) and b.sku_id = a.sku_id
      and b.use_by_day = a.use_by_day and b.hub_id = ${to.hubId}
    where a.hub_id = ${from.hubId} and a.promised <> b.promised`
  const lines = await sql<{ id: string; cut: number; reason: string; rule: string | null }[]>`
    select n.id, n.cut_quantity as cut, n.cut_reason as reason, n.cut_rule as rule from wave_orders w
    join order_lines n on n.order_id = w.order_id where w.wave_id = ${waveId} and n.cut_quantity > 0`
  const orders = await sql<{ id: string }[]>`
    select o.id from wave_orders w join orders o on o.id = w.order_id where w.wave_id = ${waveId} and o.status = 'picking'`
  const orderIds = orders.map((one) => one.id)
  const events = await sql<Record<string, unknown>[]>`
    select * from events where subject_id = any(${[...orderIds, waveId]}) and type in ('order.line_cut', 'wave.released')`
  const notices = await sql<
    Record<string, unknown>[]
  >`select * from notices where subject_id = any(${orderIds})`
  return {
    waveId: toWave,
    gone: [...left.values()].flat().map((one) => one.id),
    promises: made,
    lots: lots.map((lot) => ({ id: twin(lot.id), promised: lot.promised })),
    totes: totes.map((tote) => ({ ...tote, id: own(tote['id']), order_id: twin(tote['order_id']) })),
    tasks: tasks.map((task) => ({
      ...task,
      id: newId(),
      order_id: twin(task['order_id']),
      line: twin(task['order_line_id']),
      promise: promiseOf.get(task['id'] as string) ?? null,
      lot: twin(task['lot_id']),
      tote: own(task['tote_id']),
    })),
    orders: orderIds.map(twin),
    cuts: lines.map((line) => ({
      lineId: twin(line.id),
      quantity: line.cut,
      reason: line.reason,
      rule: line.rule,
    })),
    events: events.map((event) => ({ ...event, id: newId(), subject_id: twin(event['subject_id']) })),
    notices: notices.map((notice) => ({ ...notice, id: newId(), subject_id: twin(notice['subject_id']) })),
  }
}

/** Rows of one hub and their twins at the other: made in the same order, so told apart by it. */
async function twinsOf(sql: Sql, fromHub: string, toHub: string): Promise<Map<string, string>> {
  const pairs = await sql<{ a: string; b: string }[]>`
    with lot as (select id, hub_id, row_number() over (partition by hub_id order by sku_id, use_by_day) as n from lots),
      wave as (select id, hub_id, row_number() over (partition by hub_id order by seq) as n from waves),
      placed as (select o.id, o.hub_id, row_number() over (partition by o.hub_id order by o.id) as n from orders o),
      line as (select n.id, p.hub_id, p.n * 100 + n.line_no as n from order_lines n join placed p on p.id = n.order_id),
      bin as (select id, hub_id, row_number() over (partition by hub_id order by code) as n from bins)
    select a.id as a, b.id as b from lot a join lot b on a.hub_id = ${fromHub} and b.hub_id = ${toHub} and a.n = b.n
    union all select a.id, b.id from wave a join wave b on a.hub_id = ${fromHub} and b.hub_id = ${toHub} and a.n = b.n
    union all select a.id, b.id from placed a join placed b on a.hub_id = ${fromHub} and b.hub_id = ${toHub} and a.n = b.n
    union all select a.id, b.id from line a join line b on a.hub_id = ${fromHub} and b.hub_id = ${toHub} and a.n = b.n
    union all select a.id, b.id from bin a join bin b on a.hub_id = ${fromHub} and b.hub_id = ${toHub} and a.n = b.n`
  return new Map(pairs.map(({ a, b }) => [a, b]))
}

const array = (values: readonly (string | number | null | undefined)[]): string =>
  `{${values.map((v) => v ?? 'null').join(',')}}`
const column = (rows: readonly Row[], name: string): string => array(rows.map((row) => row[name]))

/** The baseline: the same rows in one transaction, statement by statement over whole sets. */
export async function replay(sql: Sql, w: Writes): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`delete from promises where id = any(${array(w.gone)}::uuid[])`
    await tx`
      insert into promises (id, order_line_id, lot_id, quantity) select * from unnest(${column(w.promises, 'id')}::uuid[],
        ${column(w.promises, 'line')}::uuid[], ${column(w.promises, 'lot')}::uuid[], ${column(w.promises, 'quantity')}::int8[])`
    await tx`
      update lots l set promised = c.promised, version = version + 1
      from unnest(${column(w.lots, 'id')}::uuid[], ${column(w.lots, 'promised')}::int8[]) as c(id, promised) where l.id = c.id`
    await tx`
      update order_lines n set cut_quantity = c.cut, cut_reason = c.reason, cut_rule = c.rule
      from unnest(${column(w.cuts, 'lineId')}::uuid[], ${column(w.cuts, 'quantity')}::int8[],
        ${column(w.cuts, 'reason')}::text[], ${column(w.cuts, 'rule')}::text[]) as c(id, cut, reason, rule) where n.id = c.id`
    await tx`
      insert into totes (id, code, sscc, wave_id, order_id, zone, separation, loose_lot_id, part, kind, status)
      select t.id, 'R' || substr(t.id::text, 25), substr(md5(t.id::text), 1, 18), ${w.waveId}, t.order_id, t.zone, t.separation, null, t.part, t.kind, 'open'
      from unnest(${column(w.totes, 'id')}::uuid[], ${column(w.totes, 'order_id')}::uuid[], ${column(w.totes, 'zone')}::text[],
        ${column(w.totes, 'separation')}::text[], ${column(w.totes, 'part')}::int4[], ${column(w.totes, 'kind')}::text[])
        as t(id, order_id, zone, separation, part, kind)`
    await tx`
      insert into pick_tasks (id, wave_id, order_id, order_line_id, promise_id, lot_id, tote_id, zone, method, bin_id, walk, quantity, status)
      select t.id, ${w.waveId}, t.order_id, t.line, t.promise, t.lot, t.tote, t.zone, t.method, t.bin, t.walk, t.quantity, 'open'
      from unnest(${column(w.tasks, 'id')}::uuid[], ${column(w.tasks, 'order_id')}::uuid[], ${column(w.tasks, 'line')}::uuid[],
        ${column(w.tasks, 'promise')}::uuid[], ${column(w.tasks, 'lot')}::uuid[], ${column(w.tasks, 'tote')}::uuid[],
        ${column(w.tasks, 'zone')}::text[], ${column(w.tasks, 'method')}::text[], ${column(w.tasks, 'bin_id')}::uuid[],
        ${column(w.tasks, 'walk')}::int4[], ${column(w.tasks, 'quantity')}::int8[])
        as t(id, order_id, line, promise, lot, tote, zone, method, bin, walk, quantity)`
    await tx`update orders set status = 'picking', version = version + 1 where id = any(${array(w.orders)}::uuid[])`
    await tx`update waves set status = 'picking', released_at = now(), summary = '{"tasks":1}' where id = ${w.waveId}`
    for (let i = 0; i < w.events.length; i += 2000)
      await tx`insert into events ${tx(w.events.slice(i, i + 2000) as never)}`
    for (let i = 0; i < w.notices.length; i += 2000)
      await tx`insert into notices ${tx(w.notices.slice(i, i + 2000) as never)}`
  })
}
