import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { packColumns } from '../supply/rows.ts'
import { hubRules, rulesOfDay } from './hub-rules.ts'
import { lotPlaces } from './lot-places.ts'
import { methodsOf } from './plan-tasks.ts'
import { choiceDocs, waveChoices } from './wave-choices.ts'
import { type Night, type PackPlan, planPacks, waveDemand, waveLots } from './wave-demand.ts'
import { seenWave, waveDoc } from './wave-rows.ts'

type Reply = ContractReply<Contracts['picking.readWave']>
type Pack = Omit<
  Reply['preview'][number],
  'demand' | 'supply' | 'cut' | 'lines' | 'cutLines' | 'reason' | 'methods'
>

/** Orders of a wave shown at most; unfinished ones first. */
const ordersShown = 200

/** A wave with its orders; while planned also what releasing it now would cut. */
export async function readWave(ctx: Ctx, id: string): Promise<Reply> {
  const wave = await seenWave(ctx, id)
  const night: Night = { waveId: id, hubId: wave.hubId, day: wave.day }
  const [brief, orderList, preview, methods, districts] = await Promise.all([
    waveDoc(ctx.db, id),
    readOrders(ctx, id),
    wave.status === 'planned' ? readPreview(ctx, night) : [],
    choiceDocs(ctx.db, id),
    readDistricts(ctx, id),
  ])
  return { ...brief, orderList, preview, methods, districts }
}

const readDistricts = (ctx: Ctx, waveId: string): Promise<Reply['districts']> =>
  docs<Reply['districts'][number]>(
    ctx.db,
    sql`select s.district_code as "districtCode", count(distinct o.id) as orders, count(n.id) as lines
      from wave_orders x join orders o on o.id = x.order_id join sites s on s.id = o.site_id
      join order_lines n on n.order_id = o.id where x.wave_id = ${waveId} group by 1 order by 2 desc, 1`,
  )

const readOrders = (ctx: Ctx, waveId: string): Promise<Reply['orderList']> =>
  docs<Reply['orderList'][number]>(
    ctx.db,
    sql`select o.id, o.number, b.short_name as buyer, s.name as site, o.status, n.lines, n."cutLines",
        coalesce(k.open, 0) as "openTasks"
      from wave_orders x join orders o on o.id = x.order_id join organisations b on b.id = o.org_id
      join sites s on s.id = o.site_id
      join (select l.order_id, count(*) as lines, count(*) filter (where l.cut_quantity > 0) as "cutLines"
        from wave_orders y join order_lines l on l.order_id = y.order_id
        where y.wave_id = ${waveId} group by l.order_id) n on n.order_id = o.id
      left join (select order_id, count(*) as open from pick_tasks
        where wave_id = ${waveId} and status = 'open' group by order_id) k on k.order_id = o.id
      where x.wave_id = ${waveId} order by "openTasks" desc, o.number limit ${ordersShown}`,
  )

async function readPreview(ctx: Ctx, night: Night): Promise<Reply['preview']> {
  const demand = await waveDemand(ctx.db, night.waveId)
  const skuIds = [...demand.packs.keys()]
  const lots = await waveLots(ctx.db, night.hubId, demand)
  const plans = planPacks(demand, lots, night.day, await hubRules(ctx.db, night.hubId))
  const choosing = {
    rules: await rulesOfDay(ctx.db, night.hubId, night.day),
    choices: await waveChoices(ctx.db, night.waveId),
    places: await lotPlaces(
      ctx.db,
      lots.filter((lot) => lot.onHand > 0).map((lot) => lot.id),
    ),
  }
  const method = methodsOf(demand, plans, choosing)
  const packs = await docs<Pack>(
    ctx.db,
    sql`select ${packColumns} from skus k join products p on p.id = k.product_id
      where k.id = any(${bareArray(skuIds)}::uuid[])`,
  )
  const packOf = new Map(packs.map((pack) => [pack.skuId, pack]))
  const rows = plans.flatMap((plan) => {
    const pack = packOf.get(plan.skuId)
    return pack ? [{ ...pack, ...sumsOf(plan), methods: countMethods(plan, method) }] : []
  })
  return rows.sort((a, b) => b.cut / b.demand - a.cut / a.demand || a.name.localeCompare(b.name, 'zh'))
}

function countMethods(plan: PackPlan, method: ReturnType<typeof methodsOf>) {
  const counts = { put_to_store: 0, by_order: 0, cross_dock: 0 }
  for (const { lineId, orderId } of plan.lines)
    if ((plan.granted.get(lineId) ?? 0) > 0) counts[method(orderId, plan.skuId)]++
  return counts
}

const sumsOf = (plan: PackPlan) => ({
  demand: plan.demand,
  supply: plan.supply,
  cut: plan.demand - plan.supply,
  lines: plan.lines.length,
  cutLines: plan.lines.filter((line) => (plan.granted.get(line.lineId) ?? 0) < line.need).length,
  reason: plan.reason,
})
