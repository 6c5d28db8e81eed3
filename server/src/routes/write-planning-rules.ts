import { sites } from '@huming/db/schema/accounts'
import { accessBans, pairRules, planningWeights } from '@huming/db/schema/planning'
import { vehicles } from '@huming/db/schema/routes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import {
  banDocs,
  pairDocs,
  type Rules,
  type SiteRulesDoc,
  siteRuleDocs,
  vehicleRuleDocs,
  weightDocs,
} from './planning-rules.ts'
import { sumOf } from './routing-problem.ts'

type Body<Id extends keyof Contracts> = ContractParsed<Contracts[Id]>['body']

/** Every rule that is written is told, with what it says now. Plans made from now on go by it. */
const tell = (tx: Tx, ctx: Ctx, what: string, id: string, hubId: string | null, payload: object) =>
  emit(tx, ctx, {
    type: 'planning.rule_written',
    subjectId: id,
    ...(hubId ? { hubId } : {}),
    payload: { what, ...payload },
  })

/** Facts of a vehicle of one's hub. A division of the load space carries no more than the vehicle. */
export async function writeVehicleFacts(
  ctx: Ctx,
  id: string,
  body: Body<'routes.writeVehicleFacts'>,
): Promise<Rules['vehicles'][number]> {
  allow(ctx, 'planRule.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(vehicles).where(eq(vehicles.id, id)).for('update')
    const vehicle = found(row)
    allow(ctx, 'planRule.write', { hubId: vehicle.hubId })
    for (const layout of body.layouts ?? []) {
      const { grams, millilitres } = sumOf(layout)
      if (grams > vehicle.capacityGrams || millilitres > vehicle.capacityMillilitres)
        throw new Fault('layout_over_capacity', '', { params: { plate: vehicle.plate } })
    }
    await tx.update(vehicles).set(body).where(eq(vehicles.id, id))
    await tell(tx, ctx, 'vehicle', id, vehicle.hubId, body)
    return found((await vehicleRuleDocs(tx, sql`v.id = ${id}`))[0])
  })
}

/** What a site of one's hub asks of a truck. */
export async function writeSiteRules(
  ctx: Ctx,
  id: string,
  body: Body<'routes.writeSiteRules'>,
): Promise<SiteRulesDoc> {
  allow(ctx, 'planRule.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(sites).where(eq(sites.id, id)).for('update')
    const site = found(row)
    allow(ctx, 'planRule.write', { hubId: site.hubId })
    const windows = body.windows.length > 0 ? body.windows : null
    await tx
      .update(sites)
      .set({ ...body, windows })
      .where(eq(sites.id, id))
    await tell(tx, ctx, 'site', id, site.hubId, body)
    return found((await siteRuleDocs(tx, sql`t.id = ${id}`))[0])
  })
}

/** A ban for heavier trucks, by district or circle. */
export async function writeBan(
  ctx: Ctx,
  id: string,
  body: Body<'routes.writeBan'>,
): Promise<Rules['bans'][number]> {
  allow(ctx, 'accessBan.write')
  return inTransaction(ctx, async (tx) => {
    const row = { ...body, weekdays: [...new Set(body.weekdays)].toSorted() }
    await tx
      .insert(accessBans)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: accessBans.id, set: row })
    await tell(tx, ctx, 'ban', id, null, row)
    return found((await banDocs(tx, sql`b.id = ${id}`))[0])
  })
}

/** What a plan of one's hub costs, from a day on. */
export async function writeWeights(
  ctx: Ctx,
  id: string,
  body: Body<'routes.writeWeights'>,
): Promise<Rules['weights'][number]> {
  allow(ctx, 'planRule.write', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(planningWeights).where(eq(planningWeights.id, id)).for('update')
    if (row) allow(ctx, 'planRule.write', { hubId: row.hubId })
    await tx
      .insert(planningWeights)
      .values({ id, ...body })
      .onConflictDoUpdate({ target: planningWeights.id, set: body })
    await tell(tx, ctx, 'weights', id, body.hubId, body)
    return found((await weightDocs(tx, sql`w.id = ${id}`))[0])
  })
}

/** Two sites of one's hub that must, or must not, share a vehicle. */
export async function writePair(
  ctx: Ctx,
  id: string,
  body: Body<'routes.writePair'>,
): Promise<Rules['pairs'][number]> {
  allow(ctx, 'planRule.write', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(pairRules).where(eq(pairRules.id, id)).for('update')
    if (row) allow(ctx, 'planRule.write', { hubId: row.hubId })
    const own = await tx
      .select({ id: sites.id })
      .from(sites)
      .where(
        and(
          inArray(sites.id, [body.siteId, body.otherSiteId]),
          eq(sites.hubId, body.hubId),
          isNull(sites.closedAt),
        ),
      )
    if (own.length < 2) throw new Fault('not_found')
    await tx
      .insert(pairRules)
      .values({ id, ...body })
      .onConflictDoUpdate({ target: pairRules.id, set: body })
    await tell(tx, ctx, 'pair', id, body.hubId, body)
    return found((await pairDocs(tx, sql`p.id = ${id}`))[0])
  })
}
