import type { planProposals } from '@huming/db/schema/planning'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'
import { placeColumns } from './rows.ts'
import { instantOf } from './rules.ts'

export type ProposalRow = typeof planProposals.$inferSelect
export type Proposal = ContractReply<Contracts['routes.readProposal']>
export type ProposalBrief = ContractReply<Contracts['routes.listProposals']>['items'][number]

/** Over `plan_proposals p`. */
const briefColumns = sql`p.id, p.wave_id as "waveId", p.hub_id as "hubId", p.day, p.kind, p.status, p.seconds,
  p.progress, p.cost_fen as "costFen", p.matrix_source as "matrixSource", p.failure, p.reason,
  (select n.name from people n where n.id = p.asked_by) as "askedBy", p.asked_at as "askedAt", p.done_at as "doneAt",
  case when p.result is not null then jsonb_array_length(p.result -> 'runs') end as runs,
  case when p.result is not null then jsonb_array_length(p.result -> 'unassigned') end as unassigned,
  (select sum(jsonb_array_length(r -> 'stops')) from jsonb_array_elements(p.result -> 'runs') r) as stops,
  (select sum((r ->> 'metres')::int) from jsonb_array_elements(p.result -> 'runs') r) as metres`

/** A plan with nothing to do has no stops and no metres. */
const counted = <T extends ProposalBrief>(row: T): T => ({
  ...row,
  stops: row.stops ?? (row.runs === null ? null : 0),
  metres: row.metres ?? (row.runs === null ? null : 0),
})

/** Proposals of a wave, newest first. */
export async function proposalBriefs(db: Db | Tx, waveId: string): Promise<ProposalBrief[]> {
  const rows = await docs<ProposalBrief>(
    db,
    sql`select ${briefColumns} from plan_proposals p where p.wave_id = ${waveId} order by p.asked_at desc, p.id desc limit 50`,
  )
  return rows.map(counted)
}

type Stored = ProposalBrief & Pick<ProposalRow, 'keep' | 'costParts' | 'result'>

/** The whole proposal as replies show it. The caller has asked `allow`. */
export async function proposalDoc(db: Db | Tx, id: string): Promise<Proposal> {
  const [row] = await docs<Stored>(
    db,
    sql`select ${briefColumns}, p.keep, p.cost_parts as "costParts", p.result from plan_proposals p where p.id = ${id}`,
  )
  const { result, ...brief } = found(row)
  const runs = result?.runs ?? []
  const orderIds = runs.flatMap((run) => run.stops.flatMap((stop) => stop.orderIds))
  const places = await placesOf(
    db,
    runs.flatMap((run) => run.stops.map((stop) => stop.siteId)),
  )
  const plates = await platesOf(
    db,
    runs.map((run) => run.vehicleId),
  )
  const nowOn = await presentPlates(db, orderIds)
  const at = (seconds: number): string => instantOf(brief.day, seconds).toISOString()
  return {
    ...counted(brief),
    runList: runs.map((run) => ({
      vehicleId: run.vehicleId,
      plate: plates.get(run.vehicleId) ?? '',
      runId: run.runId,
      departAt: at(run.departAt),
      returnAt: at(run.returnAt),
      metres: run.metres,
      costFen: run.costFen,
      rests: run.rests.map(({ from, to }) => ({ from: at(from), to: at(to) })),
      stops: run.stops.map((stop) => ({
        ...found(places.get(stop.siteId)),
        orderIds: stop.orderIds,
        trip: stop.trip,
        windowFromAt: at(stop.windowFrom),
        windowToAt: at(stop.windowTo),
        arriveAt: at(stop.arriveAt),
        startAt: at(stop.startAt),
        leaveAt: at(stop.leaveAt),
        nowOn: stop.orderIds.map((orderId) => nowOn.get(orderId)).find((plate) => plate) ?? null,
      })),
    })),
    unassignedList: await unassignedOf(db, result?.unassigned ?? []),
  }
}

type Place = Pick<
  Proposal['runList'][number]['stops'][number],
  'siteId' | 'site' | 'districtCode' | 'lngE6' | 'latE6'
>

async function placesOf(db: Db | Tx, siteIds: readonly string[]): Promise<Map<string, Place>> {
  const rows = await docs<Place & { buyer: string }>(
    db,
    sql`select ${placeColumns} from sites t join organisations b on b.id = t.org_id where t.id = ${anyOf(siteIds)}`,
  )
  return new Map(
    rows.map(({ siteId, site, districtCode, lngE6, latE6 }) => [
      siteId,
      { siteId, site, districtCode, lngE6, latE6 },
    ]),
  )
}

async function platesOf(db: Db | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await docs<{ id: string; plate: string }>(
    db,
    sql`select v.id, v.plate from vehicles v where v.id = ${anyOf(ids)}`,
  )
  return new Map(rows.map(({ id, plate }) => [id, plate]))
}

/** The vehicle each order rides on in the plan in force. */
async function presentPlates(db: Db | Tx, orderIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await docs<{ id: string; plate: string }>(
    db,
    sql`select so.order_id as id, v.plate from stop_orders so join stops s on s.id = so.stop_id
      join runs r on r.id = s.run_id join vehicles v on v.id = r.vehicle_id where so.order_id = ${anyOf(orderIds)}`,
  )
  return new Map(rows.map(({ id, plate }) => [id, plate]))
}

async function unassignedOf(
  db: Db | Tx,
  misses: readonly { orderId: string; reason: string }[],
): Promise<Proposal['unassignedList']> {
  const reasons = new Map(misses.map((miss) => [miss.orderId, miss.reason]))
  const rows = await docs<{ orderId: string; number: string; site: string }>(
    db,
    sql`select o.id as "orderId", o.number, t.name as site from orders o join sites t on t.id = o.site_id
      where o.id = ${anyOf([...reasons.keys()])} order by o.id`,
  )
  type Reason = Proposal['unassignedList'][number]['reason']
  return rows.map((row) => ({ ...row, reason: reasons.get(row.orderId) as Reason }))
}
