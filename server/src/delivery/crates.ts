import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { bookCrates, movesOf } from '../crates/book-crates.ts'
import type { CrateMove, Party } from '../crates/rules.ts'
import { person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import type { RunRow, StopOnRoad } from './rows.ts'
import type { RunView } from './run-doc.ts'

export type StopCrates = ContractParsed<Contracts['delivery.deliver']>['body']['crates']
type LoadedCrates = ContractParsed<Contracts['delivery.depart']>['body']['crates']

/** Sums over the types, for the stop's own row and its papers. */
export const crateSums = (crates: StopCrates) => ({
  cratesOut: crates.reduce((sum, one) => sum + one.out, 0),
  cratesBack: crates.reduce((sum, one) => sum + one.back, 0),
})

/** What the driver leaves at the door and takes back; what was never counted into the truck came from the hub. */
export async function bookStopCrates(
  tx: Tx,
  ctx: Ctx,
  { stop, run, site }: StopOnRoad,
  crates: StopCrates,
  at: Date,
): Promise<void> {
  const driver: Party = { kind: 'driver', id: person(ctx).personId }
  const buyer: Party = { kind: 'org', id: site.orgId }
  const moves = crates.flatMap(({ typeId, out, back }): CrateMove[] => [
    ...(out > 0 ? [{ typeId, count: out, from: driver, to: buyer, kind: 'deliver' as const }] : []),
    ...(back > 0 ? [{ typeId, count: back, from: buyer, to: driver, kind: 'take_back' as const }] : []),
  ])
  const subject = { hubId: run.hubId, subjectId: stop.id, orgId: site.orgId }
  await bookCrates(tx, ctx, { ...subject, at, moves, cover: 'explain' })
}

/** What the driver counted into the truck. */
export async function bookLoadedCrates(tx: Tx, ctx: Ctx, run: RunRow, crates: LoadedCrates): Promise<void> {
  const driver: Party = { kind: 'driver', id: person(ctx).personId }
  const hub: Party = { kind: 'hub', id: run.hubId }
  const moves = crates.map(
    ({ typeId, count }): CrateMove => ({ typeId, count, from: hub, to: driver, kind: 'load' }),
  )
  await bookCrates(tx, ctx, { hubId: run.hubId, subjectId: run.id, moves, cover: 'explain' })
}

/** Was the stop ended with these very crates? */
export async function sameCrates(tx: Tx, stopId: string, crates: StopCrates): Promise<boolean> {
  const booked = (await movesOf(tx, stopId)).filter(
    (one) => one.kind === 'deliver' || one.kind === 'take_back',
  )
  const stored = booked.map((one) => `${one.kind}/${one.typeId}/${one.count}`)
  const told = crates.flatMap(({ typeId, out, back }) => [
    ...(out > 0 ? [`deliver/${typeId}/${out}`] : []),
    ...(back > 0 ? [`take_back/${typeId}/${back}`] : []),
  ])
  return stored.toSorted().join() === told.toSorted().join()
}

/** Kinds of crates in use, and how many of each its driver has now: kept on the phone for doors without a network. */
export const runCrateTypes = (tx: Db | Tx, runId: string): Promise<RunView['crateTypes']> =>
  docs(
    tx,
    sql`select c.id, c.code, c.name, c.name_en as "nameEn", coalesce(b.count, 0) as aboard
      from runs r cross join crate_types c
      left join crate_balances b on b.hub_id = r.hub_id and b.party_id = r.driver_person_id and b.type_id = c.id
      where r.id = ${runId} and (c.closed_at is null or b.count > 0) order by c.code limit 20`,
  )
