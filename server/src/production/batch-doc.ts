import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { recipeAmounts } from './recipe-rows.ts'
import { bySku, packJoins, packOf, productionScope, stockOf, takenLots, usableLots } from './rows.ts'
import { expectedFrom, needsOf } from './rules.ts'

export type BatchDoc = ContractReply<Contracts['production.readBatch']>
export type BatchBrief = ContractReply<Contracts['production.listBatches']>['items'][number]

/** Over `production_batches b`, its recipe `r`, its lot `l` and its pack. */
const briefColumns = sql`b.id, b.number, b.org_id as "orgId", b.recipe_id as "recipeId",
  r.version as "recipeVersion", r.kind, b.lot_id as "lotId", l.code as "lotCode", b.status,
  b.planned_day as "plannedDay", b.planned_quantity as "plannedQuantity", b.made_quantity as "madeQuantity",
  b.is_sample as "isSample", b.version, ${packOf}`

const from = sql`production_batches b join recipes r on r.id = b.recipe_id join lots l on l.id = b.lot_id
  ${packJoins(sql`b.sku_id`)}`

export const briefQuery = (where: SQL, tail: SQL): SQL =>
  sql`select ${briefColumns} from ${from} where ${where} ${tail}`

type Facts = Omit<BatchDoc, 'needs' | 'expectedQuantity' | 'certifies'> & {
  category: string
  needFacts: Omit<BatchDoc['needs'][number], 'needed' | 'taken' | 'onHand' | 'missing' | 'lots'>[]
}

/** One batch whole, if the actor may see it. */
export async function batchDoc(db: Db | Tx, ctx: Pick<Ctx, 'actor' | 'now'>, id: string): Promise<BatchDoc> {
  const [doc] = await docs<Facts>(
    db,
    sql`select ${briefColumns}, l.hub_id as "hubId", h.name as hub, l.promised, b.started_at as "startedAt",
        b.finished_at as "finishedAt", b.waste_grams as "wasteGrams", b.reason, r.tolerance_bp as "toleranceBp",
        p.category, ${needFacts} as "needFacts", ${taken} as taken, ${steps} as steps, ${inspections} as inspections
      from ${from} join hubs h on h.id = l.hub_id
      where b.id = ${id} and ${productionScope(ctx, sql`b`)}`,
  )
  const { needFacts: facts, category, ...batch } = found(doc)
  const recipe = await recipeAmounts(db, batch.recipeId)
  const sums = bySku(await takenLots(db, id))
  const open = batch.status === 'planned' || batch.status === 'running'
  const lots = open
    ? await usableLots(db, {
        orgId: batch.orgId,
        skuIds: facts.map((need) => need.skuId),
        today: serviceDayOf(ctx.now),
      })
    : []
  const stock = stockOf(lots)
  const needed = needsOf(recipe, batch.plannedQuantity)
  return {
    ...batch,
    certifies: certifiesBy(category),
    expectedQuantity: expectedFrom(recipe, sums),
    needs: facts.map((need) => {
      const [want, has] = [needed.get(need.skuId) ?? 0, sums.get(need.skuId) ?? 0]
      const onHand = stock.get(need.skuId) ?? 0
      const mine = lots.filter((lot) => lot.skuId === need.skuId).slice(0, shownLots)
      return {
        ...need,
        needed: want,
        taken: has,
        onHand,
        missing: open ? Math.max(0, want - has - onHand) : 0,
        lots: mine.map(({ lotId, code, supplier, free, useByDay }) => ({
          lotId,
          code,
          supplier,
          free,
          useByDay,
        })),
      }
    }),
  }
}

/** Lots of one input that a screen offers. */
const shownLots = 8

/** Goods of the field are certified by Form 2, everything else by the factory's own inspection. */
export const certifiesBy = (category: string): BatchDoc['certifies'] =>
  isCategoryId(category) && categoryOf(category).nature === 'edible_agri' ? 'form_2' : 'factory_inspection'

const needFacts = sql`(select coalesce(json_agg(to_jsonb(n) - 'seq' order by n.seq), '[]') from (
  select x.seq, x.loss_bp as "lossBp", ik.id as "skuId", ik.code as "skuCode", ip.name, ip.name_en as "nameEn", ik.spec,
    io.short_name as supplier, ik.base_unit as "baseUnit", ik.order_unit as "orderUnit",
    ik.base_per_order_unit as "basePerOrderUnit"
  from recipe_inputs x join skus ik on ik.id = x.sku_id join products ip on ip.id = ik.product_id
  join organisations io on io.id = ik.org_id where x.recipe_id = b.recipe_id) n)`

const taken = sql`(select coalesce(json_agg(to_json(t) order by t.at), '[]') from (
  select i.lot_id as "lotId", il.code as "lotCode", il.sku_id as "skuId", ip.name, ip.name_en as "nameEn",
    io.short_name as supplier, ik.base_unit as "baseUnit", sum(i.quantity)::int8 as quantity, il.use_by_day as "useByDay", min(i.at) as at
  from batch_inputs i join lots il on il.id = i.lot_id join skus ik on ik.id = il.sku_id
  join products ip on ip.id = ik.product_id join organisations io on io.id = ik.org_id
  where i.batch_id = b.id group by 1, 2, 3, 4, 5, 6, 7, 9 having sum(i.quantity) > 0) t)`

const steps = sql`(select coalesce(json_agg(json_build_object('seq', s.seq, 'name', s.name, 'minutes', s.minutes,
  'minDeciC', s.min_deci_c, 'maxDeciC', s.max_deci_c, 'reading', (
    select json_build_object('deciC', d.deci_c, 'withinLimits', d.within_limits, 'action', d.action, 'at', d.at)
    from batch_readings d where d.batch_id = b.id and d.seq = s.seq order by d.at desc, d.id desc limit 1))
  order by s.seq), '[]') from recipe_steps s where s.recipe_id = b.recipe_id)`

const inspections = sql`(select coalesce(json_agg(json_build_object('id', q.id, 'number', q.number, 'kind', q.kind,
  'passed', q.passed, 'items', q.items, 'basis', q.basis, 'parents', q.parents, 'note', q.note,
  'inspectedOn', q.inspected_on, 'inspector', w.name) order by q.at desc, q.id desc), '[]')
  from inspections q left join people w on w.id = q.inspected_by where q.batch_id = b.id)`
