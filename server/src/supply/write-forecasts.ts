import { forecasts } from '@huming/db/schema/inbound'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, instantAt, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq, inArray, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emitAll, type NewEvent } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { rebalanceLot } from '../orders/rebalance-lot.ts'
import { promisableOf } from '../stock/allocation.ts'
import { effectiveOf, readConfidences, readTerms } from '../stock/confidence.ts'
import { lotCodeOf } from '../stock/rules.ts'
import { type Cell, refuseFlaws, repeats, type StandingLot } from './forecast-flaws.ts'
import { type ForecastPack, readOpen, readPacks } from './forecast-rows.ts'
import { harvestEndMinutes, saidNow, untimedLeadDays } from './forecast-rules.ts'
import { readCallOffTimes, readGoodsOf, readSteps, readWindows } from './timeline-rows.ts'
import { firstCallOffAt, firstDayReached } from './timeline-rules.ts'

type Route = Contracts['forecasts.write']
type Body = ContractParsed<Route>['body']
type LotRow = typeof lots.$inferSelect
/** What is the same for all cells of a request. */
type World = {
  readonly today: ServiceDay
  readonly packs: ReadonlyMap<string, ForecastPack>
  readonly capOf: (skuId: string) => number
  readonly readyDayOf: (skuId: string, harvestDay: ServiceDay) => ServiceDay
}

/**
 * Saves cells of the forecast: each is a planned lot, made, changed or taken back; all together or none, the
 * refusal naming the cells at fault. The lot's cap follows the confidence; what is promised beyond a lowered
 * forecast moves to other lots or is cut at once, while buyers can still react. A repeat changes nothing.
 */
export async function writeForecasts(ctx: Ctx, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'lot.write', { orgId: body.orgId })
  return inTransaction(ctx, async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`forecast:${body.orgId}:${body.hubId}`}, 0))`,
    )
    const [hub] = await tx.execute(sql`select id from hubs where id = ${body.hubId}`)
    found(hub)
    const world = await readWorld(tx, ctx, body)
    const standing = await standingOf(tx, body)
    refuseFlaws(body, world, standing)
    const events: NewEvent[] = []
    // In id order, as locks are taken everywhere.
    for (const cell of [...body.cells].sort((a, b) => (a.lotId < b.lotId ? -1 : 1)))
      events.push(...(await writeCell(tx, ctx, body, cell, world, standing.get(cell.lotId))))
    await emitAll(tx, ctx, events)
    const ids = body.cells.map((cell) => cell.lotId)
    const after = await tx.select().from(lots).where(inArray(lots.id, ids))
    return { items: after.map(({ id, ...lot }) => ({ lotId: id, ...shown(lot as LotRow) })) }
  })
}

const shown = ({ stage, quantity, promisable, promised, readyDay, useByDay, version }: LotRow) => ({
  stage: stage as ContractReply<Route>['items'][number]['stage'],
  quantity,
  promisable,
  promised,
  readyDay,
  useByDay,
  version,
})

async function readWorld(tx: Tx, ctx: Ctx, { orgId, hubId, cells }: Body): Promise<World> {
  const today = serviceDayOf(ctx.now)
  const skuIds = [...new Set(cells.map((cell) => cell.skuId))]
  const packs = new Map((await readPacks<object>(tx, { skuIds })).map((pack) => [pack.skuId, pack]))
  for (const skuId of skuIds) if (packs.get(skuId)?.orgId !== orgId) throw new Fault('not_found')
  const [terms, confidences] = [await readTerms(tx, today), await readConfidences(tx, skuIds)]
  const [steps, times, windows] = [
    await readSteps(tx, hubId),
    await readCallOffTimes(tx, hubId),
    await readWindows(tx, hubId),
  ]
  const goods = await readGoodsOf(tx, skuIds)
  const doors = [...windows].map(([buyerClass, windowFrom]) => ({ buyerClass, windowFrom }))
  /** The first day not called off yet: what is forecast now cannot be called off for an earlier one. */
  const openDay = Array.from({ length: 16 }, (_, ahead) => addDays(today, ahead)).find((day) => {
    const at = firstCallOffAt(times, day)
    return at === null || at > ctx.now
  })
  return {
    today,
    packs,
    capOf: (skuId) => effectiveOf(confidences.get(skuId), terms, today).bp,
    readyDayOf: (skuId, harvestDay) => {
      const made = instantAt(harvestDay, harvestEndMinutes)
      const reached =
        steps.length === 0 ? null : firstDayReached(steps, found(goods.get(skuId)), doors, made, harvestDay)
      const day = reached ?? addDays(harvestDay, untimedLeadDays)
      return openDay && openDay > day ? openDay : day
    },
  }
}

/** The lots of the cells as they stand, locked in id order. */
async function standingOf(tx: Tx, { orgId, cells }: Body): Promise<Map<string, StandingLot>> {
  const ids = cells.map((cell) => cell.lotId)
  const rows = await tx
    .select({
      lot: lots,
      harvestDay: forecasts.harvestDay,
      week: forecasts.week,
      said: forecasts.saidQuantity,
    })
    .from(lots)
    .leftJoin(forecasts, eq(forecasts.lotId, lots.id))
    .where(inArray(lots.id, ids))
    .orderBy(lots.id)
  for (const { lot } of rows) if (lot.orgId !== orgId) throw new Fault('not_found')
  return new Map(
    rows.map(({ lot, harvestDay, week, said }) => [
      lot.id,
      { ...lot, harvestDay: harvestDay ?? '', week: week ?? '', said: said ?? 0 },
    ]),
  )
}

async function writeCell(
  tx: Tx,
  ctx: Ctx,
  body: Body,
  cell: Cell,
  world: World,
  before: StandingLot | undefined,
): Promise<NewEvent[]> {
  if (before && repeats(before, cell)) return []
  if (!before) return cell.quantity === 0 ? [] : [await createCell(tx, ctx, body, cell, world)]
  return cell.quantity === 0
    ? [await takeBack(tx, before, cell, world)]
    : [await changeCell(tx, ctx, cell, world, before)]
}

/** Days and cap of a cell's lot. */
function termsOf(cell: Cell, { packs, capOf, readyDayOf }: World) {
  const harvestDay = cell.harvestDay as ServiceDay
  const { shelfLifeDays } = found(packs.get(cell.skuId))
  return {
    quantity: cell.quantity,
    capBp: capOf(cell.skuId),
    readyDay: readyDayOf(cell.skuId, harvestDay),
    useByDay: addDays(harvestDay, shelfLifeDays),
  }
}

async function createCell(
  tx: Tx,
  ctx: Ctx,
  { orgId, hubId }: Body,
  cell: Cell,
  world: World,
): Promise<NewEvent> {
  const { lotId, skuId, week, harvestDay, quantity, copied } = cell
  await refuseTaken(tx, hubId, cell)
  const terms = termsOf(cell, world)
  if (terms.useByDay < terms.readyDay) throw new Fault('forecast_past', '', { skuId, week })
  const code = lotCodeOf(found(world.packs.get(skuId)).skuCode, harvestDay, lotId)
  const promisable = promisableOf('planned', { ...terms, onHand: 0 })
  await tx.insert(lots).values({
    id: lotId,
    code,
    skuId,
    orgId,
    hubId,
    stage: 'planned',
    promisable,
    ...terms,
    createdAt: ctx.now,
  })
  await tx.insert(forecasts).values({
    lotId,
    orgId,
    skuId,
    hubId,
    week,
    harvestDay,
    copied,
    saidQuantity: saidNow(week as ServiceDay, world.today, null, quantity),
    saidAt: ctx.now,
  })
  return {
    type: 'lot.forecast',
    subjectId: lotId,
    orgId,
    hubId,
    payload: { skuId, week, harvestDay, quantity, lotCode: code },
  }
}

async function changeCell(
  tx: Tx,
  ctx: Ctx,
  cell: Cell,
  world: World,
  before: StandingLot,
): Promise<NewEvent> {
  const terms = termsOf(cell, world)
  if (cell.harvestDay !== before.harvestDay) await refuseTaken(tx, before.hubId, cell)
  if (cell.harvestDay > before.harvestDay) await refusePostponed(tx, cell, terms.readyDay)
  const promisable = promisableOf('planned', { ...terms, onHand: 0 })
  // What a smaller harvest truly cannot give moves or is cut; a lower share alone never breaks a promise.
  if (cell.quantity < before.promised)
    await rebalanceLot(tx, ctx, cell.lotId, { promisable: cell.quantity, reason: 'supply_short' })
  const changed = await tx
    .update(lots)
    .set({
      ...terms,
      promisable: sql`greatest(${lots.promised}, ${promisable}::int8)`,
      version: sql`${lots.version} + 1`,
    })
    .where(
      sql`${lots.id} = ${cell.lotId} and ${lots.stage} = 'planned' and ${lots.version} = ${cell.version}`,
    )
    .returning({ id: lots.id })
  if (changed.length === 0) throw new Fault('stale_version')
  await tx
    .update(forecasts)
    .set({
      harvestDay: cell.harvestDay,
      copied: false,
      saidQuantity: saidNow(cell.week as ServiceDay, world.today, before.said, cell.quantity),
      saidAt: ctx.now,
    })
    .where(eq(forecasts.lotId, cell.lotId))
  const { orgId, hubId, skuId } = before
  const payload = {
    skuId,
    week: cell.week,
    harvestDay: cell.harvestDay,
    quantity: cell.quantity,
    was: before.quantity,
  }
  return { type: 'lot.forecast', subjectId: cell.lotId, orgId, hubId, payload }
}

/** Takes a forecast back that nobody counts on. Before its week it was never said; within it, it was. */
async function takeBack(tx: Tx, before: LotRow, cell: Cell, { today }: World): Promise<NewEvent> {
  const stage = nextStatus('lot', before.stage, 'withdraw')
  if (!stage) throw new Fault('wrong_state')
  const taken = await tx
    .update(lots)
    .set({ stage, promisable: 0, version: sql`${lots.version} + 1` })
    .where(sql`${lots.id} = ${before.id} and ${lots.stage} = 'planned' and ${lots.promised} = 0`)
    .returning({ id: lots.id })
  if (taken.length === 0) throw new Fault('lot_promised', '', { promised: before.promised })
  if (today < cell.week) await tx.delete(forecasts).where(eq(forecasts.lotId, before.id))
  const { orgId, hubId } = before
  return {
    type: 'lot.withdrawn',
    subjectId: before.id,
    orgId,
    hubId,
    payload: { reason: 'forecast', quantity: before.quantity },
  }
}

/** A harvest that orders wait for is not put off in silence: the supplier offers another day where it is called off. */
async function refusePostponed(tx: Tx, { lotId, skuId, week }: Cell, readyDay: string): Promise<void> {
  const [early] = await tx.execute<{ day: string }>(sql`
    select min(o.day) as day from promises r join order_lines n on n.id = r.order_line_id join orders o on o.id = n.order_id
    where r.lot_id = ${lotId} and r.picked_quantity is null having min(o.day) < ${readyDay}`)
  if (early) throw new Fault('harvest_promised', '', { params: { day: early.day }, skuId, week })
}

/** A harvest day has one forecast; who did not see the other's is told to look again. */
async function refuseTaken(tx: Tx, hubId: string, { lotId, skuId, week, harvestDay }: Cell): Promise<void> {
  const open = await readOpen(tx, { hubId, skuIds: [skuId], weeks: [week] })
  if (open.some((one) => one.harvestDay === harvestDay && one.lotId !== lotId))
    throw new Fault('stale_version', '', { skuId, week, harvestDay })
}
