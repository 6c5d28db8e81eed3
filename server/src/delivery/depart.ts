import { preCoolProofs } from '@huming/db/schema/driving'
import { runs, stops, vehicles } from '@huming/db/schema/routes'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { coldestOf } from '@huming/shared/proof'
import { judgeTemperature } from '@huming/shared/reference/zones'
import { eq, sql } from 'drizzle-orm'
import { refuseCarriage } from '../accounts/gates.ts'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { refuseRecalled } from '../picking/recalled-goods.ts'
import { refuseUnchecked } from './check-trip.ts'
import { bookLoadedCrates } from './crates.ts'
import { doorRulesOn, ruleFor } from './door-rule.ts'
import { markLoaded } from './mark-loaded.ts'
import { givePins } from './receiver-pin.ts'
import { lockRun, type RunRow, refuseOpenStops, tripsGone } from './rows.ts'
import { happenedAt } from './rules.ts'

type Reply = ContractReply<Contracts['delivery.depart']>
type Input = ContractParsed<Contracts['delivery.depart']>['body'] & { id: string }

/**
 * `loading → on_road`, once every tote of the trip is aboard; with cold goods the box's temperature is told first. A box
 * too warm does not stop the run: the reading stands in the event for the dispatcher. A later trip leaves when every
 * stop of those before it is closed; the run stays on the road meanwhile. A repeat gives the same answer.
 */
export async function depart(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, input.id)
    const trip = { runId: run.id, trip: input.trip }
    const coldest = coldestOf(await zonesAboard(tx, trip))
    const temperature =
      coldest && input.preCoolDeciC !== null ? judgeTemperature(coldest, input.preCoolDeciC) : null
    if (tripsGone(run) === input.trip && run.preCoolDeciC === input.preCoolDeciC && run.status === 'on_road')
      return answer(run, temperature)
    const status = await afterLeaving(tx, run, input.trip)
    await refusePapers(tx, ctx, run)
    const rule = ruleFor(await doorRulesOn(tx, run.day), null)
    await refuseUnchecked(tx, run, rule)
    await refuseTotesLeft(tx, trip)
    await refuseRecalledAboard(tx, trip)
    if (coldest && input.preCoolDeciC === null) throw new Fault('pre_cool_missing')
    await proveCold(tx, ctx, trip, {
      needed: Boolean(coldest && rule?.preCoolPhoto),
      photos: input.photoFileIds,
    })
    await loadToteless(tx, ctx, trip)
    await givePins(tx, run.id)
    await bookLoadedCrates(tx, ctx, run, input.crates)
    const [left] = await tx
      .update(runs)
      .set({
        status,
        preCoolDeciC: input.preCoolDeciC,
        tripsGone: input.trip,
        version: sql`${runs.version} + 1`,
      })
      .where(eq(runs.id, run.id))
      .returning()
    await emit(tx, ctx, {
      type: 'run.departed',
      subjectId: run.id,
      hubId: run.hubId,
      payload: {
        at: happenedAt(input.at, run.dispatchedAt, ctx.now).toISOString(),
        plannedAt: run.departAt.toISOString(),
        trip: input.trip,
        preCoolDeciC: input.preCoolDeciC,
        temperature,
      },
    })
    return answer(left as RunRow, temperature)
  })
}

/** What was in force when it was dispatched may have been revoked, or have run out, by the time it leaves. */
async function refusePapers(tx: Tx, ctx: Ctx, { vehicleId, driverPersonId, day }: RunRow): Promise<void> {
  const [vehicle] = await tx
    .select({ orgId: vehicles.orgId })
    .from(vehicles)
    .where(eq(vehicles.id, vehicleId))
  await refuseCarriage(tx, ctx, { orgId: found(vehicle).orgId, vehicleId, driverPersonId, day })
}

type Trip = { runId: string; trip: number }

/** The run's status once this trip is out: it must be the next one, and those before it are done. */
async function afterLeaving(tx: Tx, run: RunRow, trip: number): Promise<string> {
  const gone = tripsGone(run)
  const own = await tx.select().from(stops).where(eq(stops.runId, run.id))
  const isNext = trip === gone + 1 && own.some((stop) => stop.trip === trip)
  const status = gone === 0 ? nextStatus('run', run.status, 'depart') : run.status
  if (!isNext || status !== 'on_road') throw new Fault('wrong_state')
  await refuseOpenStops(tx, run.id, trip)
  return status
}

/** The photo of the box's thermometer, where the rule asks for it. */
async function proveCold(
  tx: Tx,
  ctx: Ctx,
  trip: Trip,
  { needed, photos }: { needed: boolean; photos: string[] },
): Promise<void> {
  if (needed && photos.length === 0)
    throw new Fault('proof_missing', '', {
      pointers: [{ pointer: '/body/photoFileIds', reason: 'required' }],
    })
  await refuseStrangePhotos(tx, ctx, photos)
  if (photos.length > 0) await tx.insert(preCoolProofs).values({ ...trip, photoFileIds: photos, at: ctx.now })
}

const answer = (run: RunRow, temperature: Reply['temperature']): Reply => ({
  id: run.id,
  status: run.status as Reply['status'],
  version: run.version,
  temperature,
})

/** Over `stops s`: those of a trip. */
const ofTrip = ({ runId, trip }: Trip) => sql`s.run_id = ${runId} and s.trip = ${trip}`

async function zonesAboard(tx: Tx, trip: Trip): Promise<string[]> {
  const rows = await tx.execute<{ zone: string }>(sql`
    select distinct p.zone from pick_tasks p join stop_orders so on so.order_id = p.order_id
    join stops s on s.id = so.stop_id where ${ofTrip(trip)} and p.picked_quantity > 0`)
  return [...rows].map((row) => row.zone)
}

async function refuseTotesLeft(tx: Tx, trip: Trip): Promise<void> {
  const rows = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from totes c join stop_orders so on so.order_id = c.order_id
    join stops s on s.id = so.stop_id where ${ofTrip(trip)} and c.status in ('open', 'sealed')`)
  const count = rows[0]?.n ?? 0
  if (count > 0) throw new Fault('totes_not_loaded', '', { params: { count } })
}

/** Orders carried without a tote (whole crates, live fish) are aboard when the run leaves. */
async function loadToteless(tx: Tx, ctx: Ctx, trip: Trip): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    select o.id from orders o join stop_orders so on so.order_id = o.id join stops s on s.id = so.stop_id
    where ${ofTrip(trip)} and o.status = 'picked' order by o.id for update of o`)
  await markLoaded(
    tx,
    ctx,
    rows.map((row) => row.id),
  )
}

/** Recalled goods are taken off before the run leaves; its orders are locked, as a recall locks them. */
async function refuseRecalledAboard(tx: Tx, trip: Trip): Promise<void> {
  const own = sql`select so.order_id from stop_orders so join stops s on s.id = so.stop_id where ${ofTrip(trip)}`
  await tx.execute(sql`select id from orders where id in (${own}) order by id for update`)
  await refuseRecalled(tx, sql`t.order_id in (${own})`)
}
