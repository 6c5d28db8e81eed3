import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { explode, type Requirement } from './explode.ts'
import { type recipesInForce as RecipesInForce, recipesInForce } from './recipe-rows.ts'
import { packJoins, packOf, stockOf, usableLots } from './rows.ts'
import { needsOf } from './rules.ts'

type Route = Contracts['production.demand']
type Reply = ContractReply<Route>
type Make = Reply['make'][number]
type PackNames = Pick<
  Make,
  | 'skuId'
  | 'skuCode'
  | 'name'
  | 'nameEn'
  | 'spec'
  | 'supplier'
  | 'baseUnit'
  | 'orderUnit'
  | 'basePerOrderUnit'
>
type Recipes = Awaited<ReturnType<typeof RecipesInForce>>

/** Lots of an organisation's pack that orders of the coming days stand on while nothing of them is made yet. */
type Wanted = {
  skuId: string
  hubId: string
  lotId: string
  code: string
  ordered: number
  quantity: number
  firstDay: string
  inBatch: boolean
}

/**
 * What the orders of the next days ask of a maker: planned lots that orders stand on and no batch makes yet, exploded
 * by the recipes in force to the intermediates it must make and the materials it must buy. Stock in the store and
 * batches that are planned or running are taken into account.
 */
export async function readDemand(ctx: Ctx, query: ContractParsed<Route>['query']): Promise<Reply> {
  allow(ctx, 'production.read')
  const from = serviceDayOf(ctx.now)
  const to = addDays(from, query.days)
  const visible = visibleOrgIds(ctx, 'production.read')
  const orgId = query.orgId ?? (ctx.actor.kind === 'person' ? ctx.actor.orgId : '')
  if (visible !== 'all' && !visible.includes(orgId)) return { from, to, make: [], buy: [] }
  const recipes = await recipesInForce(ctx.db, { orgId, day: from })
  const wanted = (await readWanted(ctx, orgId, from, to)).filter((one) => recipes.has(one.skuId))
  const rows = await requirements(ctx, orgId, from, wanted, recipes)
  const names = await packNames(ctx, [...wanted.map((one) => one.skuId), ...rows.map((row) => row.skuId)])
  return {
    from,
    to,
    make: [...ordered(wanted, recipes, names), ...between(rows, from, names)],
    buy: bought(rows, names),
  }
}

async function readWanted(ctx: Ctx, orgId: string, from: string, to: string): Promise<Wanted[]> {
  return docs<Wanted>(
    ctx.db,
    sql`select l.sku_id as "skuId", l.hub_id as "hubId", l.id as "lotId", l.code, l.quantity,
        sum(p.quantity)::int8 as ordered, min(o.day) as "firstDay",
        exists (select 1 from production_batches b where b.lot_id = l.id and b.status <> 'cancelled') as "inBatch"
      from lots l join promises p on p.lot_id = l.id and p.picked_quantity is null
      join order_lines n on n.id = p.order_line_id join orders o on o.id = n.order_id
      where l.org_id = ${orgId} and l.stage = 'planned' and o.day > ${from} and o.day <= ${to}
        and o.status in ('awaiting_approval', 'placed', 'frozen')
      group by l.id order by min(o.day), l.id limit 200`,
  )
}

/** Inputs of what is to be made, and those that planned and running batches still have to take. */
async function requirements(
  ctx: Ctx,
  orgId: string,
  today: string,
  wanted: readonly Wanted[],
  recipes: Recipes,
): Promise<Requirement[]> {
  const wants = new Map(await openNeeds(ctx, orgId))
  for (const { skuId, quantity, inBatch } of wanted) {
    const recipe = recipes.get(skuId)
    // A planned lot is for these orders: all of it is made, whatever else lies in stock.
    for (const [inputId, amount] of recipe && !inBatch ? needsOf(recipe, quantity) : [])
      wants.set(inputId, (wants.get(inputId) ?? 0) + amount)
  }
  const skuIds = [
    ...new Set([...recipes.values()].flatMap((recipe) => recipe.inputs.map((input) => input.skuId))),
  ]
  const stock = stockOf(await usableLots(ctx.db, { orgId, skuIds, today }))
  for (const [skuId, quantity] of await comingIntermediates(ctx, orgId))
    stock.set(skuId, (stock.get(skuId) ?? 0) + quantity)
  return explode(wants, recipes, stock)
}

/** What planned and running batches still have to take, by pack. */
async function openNeeds(ctx: Ctx, orgId: string): Promise<Map<string, number>> {
  const rows = await docs<{ skuId: string; open: number }>(
    ctx.db,
    sql`select x.sku_id as "skuId", sum(greatest(0,
        ceil(x.quantity::numeric * 10000 / (10000 - x.loss_bp) * b.planned_quantity / r.batch_quantity)
        - coalesce((select sum(i.quantity) from batch_inputs i join lots l on l.id = i.lot_id
            where i.batch_id = b.id and l.sku_id = x.sku_id), 0)))::int8 as open
      from production_batches b join recipes r on r.id = b.recipe_id join recipe_inputs x on x.recipe_id = r.id
      where b.org_id = ${orgId} and b.status in ('planned', 'running') group by x.sku_id`,
  )
  return new Map(rows.map((row) => [row.skuId, row.open]))
}

/** What batches bound for the maker's own store will bring. */
async function comingIntermediates(ctx: Ctx, orgId: string): Promise<Map<string, number>> {
  const rows = await docs<{ skuId: string; quantity: number }>(
    ctx.db,
    sql`select b.sku_id as "skuId", sum(coalesce(b.made_quantity, b.planned_quantity))::int8 as quantity
      from production_batches b join lots l on l.id = b.lot_id join hubs h on h.id = l.hub_id
      where b.org_id = ${orgId} and b.status in ('planned', 'running', 'made') and h.kind = 'store' group by b.sku_id`,
  )
  return new Map(rows.map((row) => [row.skuId, row.quantity]))
}

type Names = ReadonlyMap<string, PackNames>

async function packNames(ctx: Ctx, skuIds: readonly string[]): Promise<Names> {
  const rows = await docs<PackNames>(
    ctx.db,
    sql`select ${packOf} from (select unnest(${`{${[...new Set(skuIds)].join(',')}}`}::uuid[]) as id) w ${packJoins(sql`w.id`)}`,
  )
  return new Map(rows.map((row) => [row.skuId, row]))
}

function ordered(wanted: readonly Wanted[], recipes: Recipes, names: Names): Make[] {
  return wanted.flatMap((one) => {
    const [recipe, pack] = [recipes.get(one.skuId), names.get(one.skuId)]
    if (!recipe || !pack || one.inBatch) return []
    const { hubId, lotId, quantity, firstDay } = one
    return [
      { ...pack, recipeId: recipe.id, hubId, ordered: one.ordered, covered: 0, lotId, quantity, firstDay },
    ]
  })
}

/** Intermediates that are missing: made for the own store, by today. */
function between(rows: readonly Requirement[], today: string, names: Names): Make[] {
  return rows.flatMap((row) => {
    const pack = names.get(row.skuId)
    if (!row.recipe || row.missing === 0 || !pack) return []
    const covered = Math.max(0, row.onHand)
    return [
      {
        ...pack,
        recipeId: row.recipe.id,
        hubId: null,
        ordered: row.needed,
        covered,
        lotId: null,
        quantity: row.missing,
        firstDay: today,
      },
    ]
  })
}

function bought(rows: readonly Requirement[], names: Names): Reply['buy'] {
  return rows.flatMap((row) => {
    const pack = names.get(row.skuId)
    if (row.recipe || !pack) return []
    return [{ ...pack, needed: row.needed, onHand: Math.max(0, row.onHand), missing: row.missing }]
  })
}
