import { sites } from '@huming/db/schema/accounts'
import { doorDecisions } from '@huming/db/schema/door-decisions'
import { runs, stops } from '@huming/db/schema/routes'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { minutesOf, minutesText } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { lockOrdersAt } from '../delivery/rows.ts'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockPlan } from '../routes/lock-plan.ts'
import { type Door, tryAgain } from './try-again.ts'

type Reply = ContractReply<Contracts['live.decideDoor']>
type Input = ContractParsed<Contracts['live.decideDoor']>['body'] & { id: string }

/**
 * Decides about a door that failed: its goods, which are still out, go there `again` tonight by their own run or by
 * another one that takes them over on the road; they come `back`; or they come back and the buyer is asked to order
 * for `tomorrow`. The buyer is told. A later decision takes the place of an earlier one, as long as the goods were not
 * sent again. A repeat with the same id gives the same answer.
 */
export async function decideDoor(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.dispatch')
  const [at] = await ctx.db
    .select({ planId: runs.planId })
    .from(stops)
    .innerJoin(runs, eq(runs.id, stops.runId))
    .where(eq(stops.id, input.stopId))
  const { planId } = found(at)
  return inTransaction(ctx, async (tx) => {
    const locked = await lockPlan(tx, ctx, planId, 'run.dispatch')
    const before = await repeated(tx, input)
    if (before) return before
    const door = await lockDoor(tx, input.stopId)
    if (door.orders.length === 0 || door.orders.some((order) => order.status !== 'failed'))
      throw new Fault('wrong_state')
    const from = found(locked.runs.find((run) => run.id === door.stop.runId))
    const { choice, note } = input
    const next =
      choice === 'again' ? await tryAgain(tx, ctx, { locked, from, door, toRunId: input.toRunId }) : null
    const row = { id: input.id, stopId: door.stop.id, choice, newStopId: next?.stopId ?? null, note }
    await tx.insert(doorDecisions).values({ ...row, personId: personIdOf(ctx), at: ctx.now })
    await emit(tx, ctx, {
      type: 'stop.decided',
      subjectId: door.stop.id,
      orgId: door.site.orgId,
      hubId: from.hubId,
      payload: { choice, newStopId: row.newStopId, orderIds: door.orders.map((order) => order.id) },
    })
    const time = next ? minutesText(minutesOf(next.arriveAt)) : ''
    await notifyAll(
      tx,
      door.orders.map((order) => ({
        orgId: order.orgId,
        key: `notice.door_${choice}`,
        params: { number: order.number, site: door.site.name, time },
        subjectId: order.id,
        at: ctx.now,
      })),
    )
    return replyOf(row)
  })
}

type Row = Pick<typeof doorDecisions.$inferSelect, 'id' | 'stopId' | 'choice' | 'newStopId'>

const replyOf = ({ id, stopId, choice, newStopId }: Row): Reply => ({
  id,
  stopId,
  choice: choice as Reply['choice'],
  newStopId,
})

async function repeated(tx: Tx, input: Input): Promise<Reply | null> {
  const [row] = await tx
    .select({
      row: doorDecisions,
      runId: stops.runId,
      failedOn: sql<string>`(select f.run_id from stops f where f.id = ${doorDecisions.stopId})`,
    })
    .from(doorDecisions)
    .leftJoin(stops, eq(stops.id, doorDecisions.newStopId))
    .where(eq(doorDecisions.id, input.id))
  if (!row) return null
  const same =
    row.row.stopId === input.stopId &&
    row.row.choice === input.choice &&
    row.row.note === input.note &&
    (row.runId === null || row.runId === (input.toRunId ?? row.failedOn))
  if (!same) throw new Fault('id_reused')
  return replyOf(row.row)
}

/** The stop that failed with its orders, all locked. */
async function lockDoor(tx: Tx, stopId: string): Promise<Door> {
  const [row] = await tx
    .select({ stop: stops, site: sites })
    .from(stops)
    .innerJoin(sites, eq(sites.id, stops.siteId))
    .where(eq(stops.id, stopId))
    .for('update', { of: stops })
  const { stop, site } = found(row)
  if (stop.status !== 'failed') throw new Fault('wrong_state')
  await lockOrdersAt(tx, stopId)
  const orders = await tx.execute<Door['orders'][number]>(sql`
    select o.id, o.org_id as "orgId", o.number, o.status from orders o join stop_orders so on so.order_id = o.id
    where so.stop_id = ${stopId} and o.status <> 'cancelled' order by o.id`)
  return { stop, site, orders: [...orders] }
}
