import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { sumFen } from '@huming/shared/money'
import { can } from '@huming/shared/permissions'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { availableFen } from '../ledger/rules.ts'
import { allocateFefo, keepCalledOff, type LotShare } from '../stock/allocation.ts'
import { dayAnswer, withinHorizon } from './calendar.ts'
import { type BuyerSite, contractLeft, packAtHub, spend, type World } from './place-world.ts'
import { readWorld } from './read-world.ts'
import * as refuse from './refusals.ts'
import { duplicateLines, needsApproval, type OrderedSku, onStep, priceLine, spentContract } from './rules.ts'

type Route = Contracts['orders.quote']
type Body = ContractParsed<Route>['body']
type Reply = ContractReply<Route>

/**
 * What a basket would cost and whether it can be placed, by the rules of placing; nothing is written or locked.
 * With `orderId`, an order being changed, what it holds already counts as free.
 */
export async function quoteOrder(ctx: Ctx, body: Body): Promise<Reply> {
  allow(ctx, 'order.place')
  const orderIds = body.orderId ? [body.orderId] : []
  const scope = {
    orderIds,
    changedIds: orderIds,
    siteIds: [body.siteId],
    skuIds: body.lines.map((line) => line.skuId),
    days: [body.day],
  }
  const world = await ctx.sql.begin('isolation level repeatable read read only', (sql) =>
    readWorld(sql, scope, { locked: false }),
  )
  const site = found(world.sites.get(body.siteId.toLowerCase()))
  allow(ctx, 'order.place', { orgId: site.orgId })
  const order = body.orderId ? found(world.orders.get(body.orderId.toLowerCase())) : null
  if (order) allow(ctx, 'order.place', { orgId: order.orgId })
  for (const { lotId, quantity } of order?.promises ?? []) found(world.lots.get(lotId)).promised -= quantity
  for (const { contractLineId, quantity } of order?.taken ?? []) spend(world, contractLineId, -quantity)
  const day = body.day as ServiceDay
  const { cutOffAt, minimumFen, reason } = dayAnswer(world.calendar, site, day, ctx.now)
  const lines = await markRecalled(
    ctx,
    site,
    quoteLines(world, site, body, order?.day === day ? order.promises : []),
  )
  const totalFen = sumFen(lines.map((line) => line.amountFen))
  const account = world.accounts.get(site.orgId)
  const held = order?.hold?.amountFen ?? 0
  const available = account
    ? availableFen({ ...account, debitsPendingFen: account.debitsPendingFen - held })
    : 0
  const byApprover = can(ctx.actor, 'order.approve', { orgId: site.orgId }) === true
  const quote = {
    totalFen,
    minimumFen,
    missingFen: Math.max(0, minimumFen - totalFen),
    creditAvailableFen: available,
    cutOffAt: cutOffAt.toISOString(),
    needsApproval: needsApproval(totalFen, site.approvalAboveFen, byApprover),
    lines,
  }
  return {
    ...quote,
    problem: withinHorizon(day, ctx.now) ? (reason ?? problemOf(quote)) : 'day_out_of_range',
  }
}

/** The first thing that would refuse the basket, in the order in which placing looks. */
function problemOf(quote: Omit<Reply, 'problem'>): string | null {
  if (quote.lines.length === 0) return 'order_empty'
  for (const problem of ['off_step', 'price_missing'] as const)
    if (quote.lines.some((line) => line.problem === problem)) return problem
  if (quote.missingFen > 0) return 'below_minimum'
  if (quote.lines.some((line) => line.problem === 'not_available')) return 'not_available'
  const { creditAvailableFen, totalFen } = quote
  return creditAvailableFen !== null && totalFen > creditAvailableFen ? 'credit_exceeded' : null
}

function quoteLines(world: World, site: BuyerSite, body: Body, held: readonly LotShare[]): Reply['lines'] {
  const twice = duplicateLines(body.lines)
  if (twice.length > 0) throw refuse.badLines(twice, 'skuId', 'duplicate')
  const left = contractLeft(world)
  return body.lines.map(({ skuId, units }, i) => {
    const sku = world.skus.get(skuId.toLowerCase())
    if (!sku) throw refuse.badLines([i], 'skuId', 'unknown')
    const price = priceLine(sku, units, site, body.day as ServiceDay, left)
    if (price === 'too_large') throw refuse.badLines([i], 'units', 'too_large')
    const priced = price === 'price_missing' ? null : price
    const availableUnits = availableOf(world, site, sku, body.day, held)
    return {
      skuId: sku.id,
      units,
      priceCentifen: priced?.priceCentifen ?? null,
      priceReason: priced?.priceReason ?? null,
      priceBasis: priced?.priceBasis ?? null,
      contractSpent: spentContract(sku, units, site, body.day as ServiceDay, left),
      amountFen: priced?.amountFen ?? 0,
      availableUnits,
      problem: lineProblem(onStep(sku, units), priced !== null, availableUnits >= units),
      recalled: false,
    }
  })
}

function availableOf(
  world: World,
  site: BuyerSite,
  sku: OrderedSku,
  day: string,
  held: readonly LotShare[],
): number {
  if (!sku.onOffer) return 0
  const need = { quantity: Number.MAX_SAFE_INTEGER, day, minRemainingDays: sku.minRemainingDays }
  const shelf = world.shelves.get(packAtHub(sku.id, site.hubId)) ?? []
  const shares = [...keepCalledOff(shelf, held, need), ...allocateFefo(shelf, need)]
  return Math.floor(shares.reduce((sum, share) => sum + share.quantity, 0) / sku.basePerOrderUnit)
}

function lineProblem(stepOk: boolean, priceOk: boolean, enough: boolean): Reply['lines'][number]['problem'] {
  if (!stepOk) return 'off_step'
  if (!priceOk) return 'price_missing'
  return enough ? null : 'not_available'
}

/** Says of what is short whether a recall is why: its lots are stopped at the hub and still within their life. */
async function markRecalled(ctx: Ctx, site: BuyerSite, lines: Reply['lines']): Promise<Reply['lines']> {
  const short = lines.filter((line) => line.problem === 'not_available').map((line) => line.skuId)
  if (short.length === 0) return lines
  const rows = await ctx.sql<{ skuId: string }[]>`
    select distinct sku_id as "skuId" from lots
    where sku_id = any(${bareArray(short)}::uuid[]) and hub_id = ${site.hubId} and stage = 'recalled'
      and use_by_day >= ${serviceDayOf(ctx.now)}`
  const recalled = new Set(rows.map((row) => row.skuId))
  return lines.map((line) => ({ ...line, recalled: recalled.has(line.skuId) }))
}
