import { temperatureAlarms } from '@huming/db/schema/temperature'
import { nextStatus } from '@huming/shared/flows'
import type { AlarmDecision } from '@huming/shared/reference/cold-watch'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notifyAll } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Alarm, alarmDocs } from './rows.ts'

type AlarmRow = typeof temperatureAlarms.$inferSelect

const alarmDoc = async (tx: Tx, id: string): Promise<Alarm> =>
  found((await alarmDocs(tx, sql`a.id = ${id}`))[0])

async function lockAlarm(tx: Tx, id: string): Promise<AlarmRow> {
  return found(
    (await tx.select().from(temperatureAlarms).where(eq(temperatureAlarms.id, id)).for('update'))[0],
  )
}

/** Somebody has seen it and says what is being done. A repeat gives the same. */
export async function acknowledgeAlarm(ctx: Ctx, id: string, note: string): Promise<Alarm> {
  allow(ctx, 'temperature.acknowledge')
  return inTransaction(ctx, async (tx) => {
    const alarm = await lockAlarm(tx, id)
    allow(ctx, 'temperature.acknowledge', { hubId: alarm.hubId })
    if (alarm.status === 'acknowledged' && alarm.note === note) return alarmDoc(tx, id)
    const status = nextStatus('temperatureAlarm', alarm.status, 'acknowledge')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(temperatureAlarms)
      .set({ status, note, acknowledgedBy: personIdOf(ctx), acknowledgedAt: ctx.now })
      .where(eq(temperatureAlarms.id, id))
    const { hubId, runId } = alarm
    await emit(tx, ctx, { type: 'temperature.acknowledged', subjectId: id, hubId, payload: { note, runId } })
    return alarmDoc(tx, id)
  })
}

/**
 * Food safety's word on the goods held: `release` lets them be handed over, `return` and `dispose` bring them back
 * (whatever comes back is destroyed, 上海市食品安全条例 Art. 30). The record stays. A repeat gives the same.
 */
export async function decideAlarm(
  ctx: Ctx,
  id: string,
  { decision, reason }: { decision: AlarmDecision; reason: string },
): Promise<Alarm> {
  allow(ctx, 'temperature.decide')
  return inTransaction(ctx, async (tx) => {
    await lockOrdersHeld(tx, id)
    const alarm = await lockAlarm(tx, id)
    allow(ctx, 'temperature.decide', { hubId: alarm.hubId })
    if (alarm.status === 'decided' && alarm.decision === decision && alarm.reason === reason)
      return alarmDoc(tx, id)
    const status = nextStatus('temperatureAlarm', alarm.status, 'decide')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(temperatureAlarms)
      .set({ status, decision, reason, decidedBy: personIdOf(ctx), decidedAt: ctx.now })
      .where(eq(temperatureAlarms.id, id))
    const held = await tx.execute<{ lotId: string; orderId: string; quantity: number }>(sql`
      update temperature_holds set status = ${decision} where alarm_id = ${id} and status = 'held'
      returning lot_id as "lotId", order_id as "orderId", quantity`)
    const { hubId, runId } = alarm
    await emit(tx, ctx, {
      type: 'temperature.decided',
      subjectId: id,
      hubId,
      payload: { decision, reason, runId, goods: [...held].slice(0, 200) },
    })
    await tellDecision(tx, ctx, alarm, decision)
    return alarmDoc(tx, id)
  })
}

/** Before the alarm, as judging and handing over do: orders in id order. */
const lockOrdersHeld = (tx: Tx, alarmId: string) =>
  tx.execute(sql`
    select id from orders where id in (select order_id from temperature_holds where alarm_id = ${alarmId})
    order by id for update`)

/** The hub and the carrier are told; buyers whose goods come back, too. */
async function tellDecision(tx: Tx, ctx: Ctx, alarm: AlarmRow, decision: AlarmDecision): Promise<void> {
  const orgs = await tx.execute<{ id: string; place: string }>(sql`
    select o.id, coalesce(v.plate, nullif(d.name, ''), d.serial) as place
    from temperature_devices d left join vehicles v on v.id = d.vehicle_id
    join organisations o on o.id = v.org_id or o.id in (select h.org_id from hubs h where h.id = d.hub_id)
    where d.id = ${alarm.deviceId} order by o.id`)
  const buyers =
    decision === 'release'
      ? []
      : await tx.execute<{ id: string; orderId: string; number: string }>(sql`
          select distinct o.org_id as id, o.id as "orderId", o.number from temperature_holds x join orders o on o.id = x.order_id
          where x.alarm_id = ${alarm.id} and x.status = ${decision} order by 2`)
  await notifyAll(tx, [
    ...[...orgs].map(({ id, place }) => ({
      orgId: id,
      key: `notice.temperature_${decision}`,
      params: { place },
      subjectId: alarm.id,
      at: ctx.now,
    })),
    ...[...buyers].map(({ id, orderId, number }) => ({
      orgId: id,
      key: 'notice.temperature_goods_back',
      params: { number },
      subjectId: orderId,
      at: ctx.now,
    })),
  ])
}
