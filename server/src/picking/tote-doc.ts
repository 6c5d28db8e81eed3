import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { type HubRules, hubRules } from './hub-rules.ts'
import { type Tote, toteQuery } from './read-totes.ts'
import { type PickTask, taskQuery } from './task-rows.ts'
import { toteIdOf } from './tote-codes.ts'

export type ToteDetail = ContractReply<Contracts['picking.readTote']>

export async function toteDoc(tx: Db | Tx, id: string): Promise<Tote> {
  return found((await docs<Tote>(tx, toteQuery(sql`e.id = ${id}`, sql``)))[0])
}

/** A tote by what was scanned: contents, hand-overs, checks and the weight it should have. */
export async function readTote(ctx: Ctx, code: string): Promise<ToteDetail> {
  allow(ctx, 'picking.read')
  const id = await toteIdOf(ctx.db, code)
  const [row] = await ctx.db.execute<{ hubId: string }>(
    sql`select w.hub_id as "hubId" from totes e join waves w on w.id = e.wave_id where e.id = ${id}`,
  )
  const { hubId } = found(row)
  allow(ctx, 'picking.read', { hubId })
  return toteDetail(ctx.db, id, await hubRules(ctx.db, hubId))
}

export async function toteDetail(tx: Db | Tx, id: string, hub: HubRules): Promise<ToteDetail> {
  const tote = await toteDoc(tx, id)
  const weight = weightOf(await netGrams(tx, id), tote.kind, hub)
  const contents = await docs<PickTask>(
    tx,
    taskQuery(sql`t.tote_id = ${id}`, sql`order by t.walk, k.code, l.use_by_day, t.id limit 500`),
  )
  const passes = await docs<ToteDetail['passes'][number]>(
    tx,
    sql`select p.id, a.name as "from", b.name as "to", p.place, p.open_tasks as "openTasks", p.at
      from tote_passes p left join people a on a.id = p.from_person_id left join people b on b.id = p.to_person_id
      where p.tote_id = ${id} order by p.at, p.id limit 200`,
  )
  const checks = await docs<ToteDetail['checks'][number]>(
    tx,
    sql`select c.id, b.name as by, c.at, c.gross_grams as "grossGrams", c.expected_grams as "expectedGrams", c.result,
        c.counts, c.note
      from tote_checks c left join people b on b.id = c.person_id
      where c.tote_id = ${id} order by c.at, c.id limit 200`,
  )
  return { ...tote, ...weight, contents, passes, checks }
}

/** What lies in a tote by its picks: weighed goods by their weight, the rest by what their packs weigh. */
export async function netGrams(tx: Db | Tx, id: string): Promise<number> {
  const [row] = await tx.execute<{ grams: number }>(sql`
    select coalesce(sum(ceil(t.picked_quantity * k.gross_grams_per_unit::numeric / k.base_per_order_unit)), 0)::int8 as grams
    from pick_tasks t join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id
    where t.tote_id = ${id} and t.picked_quantity > 0`)
  return found(row).grams
}

/** Crates and scales are never exact to the gram. */
const slackGrams = 200

/** The gross weight a tote should have, and between what it is accepted without a count. */
export function weightOf(net: number, kind: string, hub: Pick<HubRules, 'toteKinds' | 'checkToleranceBp'>) {
  const tare = hub.toteKinds.find((one) => one.kind === kind)?.tareGrams ?? 0
  const expectedGrams = net + tare
  const slack = slackGrams + Math.ceil((expectedGrams * hub.checkToleranceBp) / 10_000)
  return {
    expectedGrams,
    leastGrams: Math.max(0, expectedGrams - slack),
    mostGrams: expectedGrams + slack,
  }
}
