import { temperatureAlarms, temperatureDevices } from '@huming/db/schema/temperature'
import { newId } from '@huming/shared/ids'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { tellAlarm } from './judge.ts'
import { iso, rulesOn, today, zoneRule } from './rows.ts'

type Quiet = { deviceId: string; zone: string; runId: string; since: number }

/** Devices that one look takes on; the next minute goes on with the rest. */
const most = 200

/**
 * Opens an alarm for each device on the road that has not been heard for longer than its zone allows, and carries on the
 * end of those open. By the clock, every minute; repeating it changes nothing.
 */
export async function watchSilence(ctx: Ctx): Promise<number> {
  allow(ctx, 'temperature.device')
  const rules = await rulesOn(ctx.db, today(ctx))
  const rows = await ctx.db.execute<Quiet>(sql`
    select d.id as "deviceId", d.zone, r.id as "runId", (extract(epoch from greatest(d.last_at, e.at)) * 1000)::bigint as since
    from temperature_devices d join runs r on r.vehicle_id = d.vehicle_id and r.status = 'on_road'
    cross join lateral (select min(at) as at from events e where e.subject_id = r.id and e.type = 'run.departed') e
    where d.revoked_at is null and d.secret <> '' and e.at is not null
      and exists (select 1 from stops s where s.run_id = r.id and s.finished_at is null)
    order by d.id, r.id`)
  const quiet = [...rows].filter((row) => {
    const rule = zoneRule(rules, row.zone)
    return rule !== null && ctx.now.getTime() - row.since > rule.silentMinutes * 60_000
  })
  let opened = 0
  for (const one of quiet.slice(0, most)) {
    const ruleId = zoneRule(rules, one.zone)?.id as string
    if (await inTransaction(ctx, (tx) => noteSilence(tx, ctx, one, ruleId))) opened += 1
  }
  return opened
}

async function noteSilence(
  tx: Tx,
  ctx: Ctx,
  { deviceId, runId, since }: Quiet,
  ruleId: string,
): Promise<boolean> {
  const [device] = await tx
    .select()
    .from(temperatureDevices)
    .where(eq(temperatureDevices.id, deviceId))
    .for('update')
  // It may have been heard while others were looked at.
  if (!device || (device.lastAt !== null && device.lastAt.getTime() > since)) return false
  const [made] = await tx
    .insert(temperatureAlarms)
    .values({
      id: newId(),
      kind: 'silent',
      deviceId,
      ruleId,
      hubId: device.hubId,
      zone: device.zone,
      runId,
      status: 'open',
      startedAt: new Date(since),
      endedAt: ctx.now,
      openedAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: temperatureAlarms.id })
  if (made) {
    await tellAlarm(tx, ctx, device, { alarmId: made.id, runId, kind: 'silent', worst: null })
    return true
  }
  await tx.execute(sql`
    update temperature_alarms set ended_at = ${iso(ctx.now.getTime())}::timestamptz
    where device_id = ${deviceId} and kind = 'silent' and status <> 'decided' and started_at = ${iso(since)}::timestamptz`)
  return false
}
