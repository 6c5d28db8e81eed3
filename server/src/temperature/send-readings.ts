import { temperatureDevices, temperatureNonces } from '@huming/db/schema/temperature'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { judgeReadings } from './judge.ts'
import { type DeviceRow, iso } from './rows.ts'
import { isSignedBy } from './signature.ts'

type Message = ContractParsed<Contracts['temperature.send']>['body']

/** A device's clock may be off by so much. */
export const clockToleranceMinutes = 10
/** Readings a device kept while it had no net are taken for so long. */
export const readingsKeptDays = 30

/**
 * Takes a device's readings: signed by its secret, sent now by its clock within tolerance, each message once, each
 * reading once by (device, instant, probe). Alarms follow in the same transaction. Instead of a person the signature
 * is the right: the door is public.
 */
export async function sendReadings(
  ctx: Ctx,
  message: Message,
): Promise<ContractReply<Contracts['temperature.send']>> {
  return inTransaction(ctx, async (tx) => {
    const device = await provenDevice(tx, message)
    const offset = Date.parse(message.sentAt) - ctx.now.getTime()
    if (Math.abs(offset) > clockToleranceMinutes * 60_000)
      throw new Fault('device_clock_off', '', { params: { minutes: clockToleranceMinutes } })
    refuseOutOfTime(ctx, message)
    await useNonce(tx, ctx, device.id, message.nonce)
    const fresh = await store(tx, device.id, message.readings)
    const clockOffsetSeconds = Math.round(offset / 1000)
    await noteHeard(tx, ctx, device.id, clockOffsetSeconds)
    if (fresh.length > 0)
      await judgeReadings(tx, ctx, device, { from: Math.min(...fresh), to: Math.max(...fresh) })
    return {
      stored: fresh.length,
      duplicates: message.readings.length - fresh.length,
      clockOffsetSeconds,
    }
  })
}

/** The device that signed this, locked: its messages are taken one after the other. */
async function provenDevice(tx: Tx, message: Message): Promise<DeviceRow> {
  const [device] = await tx
    .select()
    .from(temperatureDevices)
    .where(eq(temperatureDevices.serial, message.serial))
    .for('update')
  if (!device) throw new Fault('device_unknown')
  if (!isSignedBy(message, message.signature, device.secret)) throw new Fault('device_signature_wrong')
  if (device.revokedAt !== null) throw new Fault('device_revoked')
  return device
}

function refuseOutOfTime(ctx: Ctx, { readings }: Message): void {
  const latest = ctx.now.getTime() + clockToleranceMinutes * 60_000
  const earliest = ctx.now.getTime() - readingsKeptDays * 86_400_000
  const pointers = readings.flatMap(({ at }, i) => {
    const ms = Date.parse(at)
    return ms > latest || ms < earliest ? [{ pointer: `/body/readings/${i}/at`, reason: 'out_of_time' }] : []
  })
  if (pointers.length > 0)
    throw new Fault('readings_out_of_time', '', {
      params: { days: readingsKeptDays },
      pointers: pointers.slice(0, 20),
    })
}

async function useNonce(tx: Tx, ctx: Ctx, deviceId: string, nonce: string): Promise<void> {
  const used = await tx
    .insert(temperatureNonces)
    .values({ deviceId, nonce, at: ctx.now })
    .onConflictDoNothing()
    .returning({ nonce: temperatureNonces.nonce })
  if (used.length === 0) throw new Fault('device_replayed')
}

/** Instants, in milliseconds, of the readings that were not here yet. */
async function store(tx: Tx, deviceId: string, readings: Message['readings']): Promise<number[]> {
  const rows = readings.map(({ at, probe, deciC, humidity }) => ({ at, probe, deci: deciC, humidity }))
  const stored = await tx.execute<{ at: number }>(sql`
    insert into temperature_readings (device_id, at, probe, deci_c, humidity)
    select ${deviceId}::uuid, date_trunc('second', x.at), x.probe, x.deci, x.humidity
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x(at timestamptz, probe smallint, deci smallint, humidity smallint)
    order by 2, 3 on conflict do nothing returning (extract(epoch from at) * 1000)::bigint as at`)
  return [...stored].map((row) => row.at)
}

async function noteHeard(tx: Tx, ctx: Ctx, deviceId: string, offset: number): Promise<void> {
  await tx.execute(sql`
    update temperature_devices d set heard_at = ${iso(ctx.now.getTime())}::timestamptz, clock_offset_seconds = ${offset},
      last_at = x.at, last_deci_c = x.deci_c
    from (select at, deci_c from temperature_readings where device_id = ${deviceId} order by at desc, probe limit 1) x
    where d.id = ${deviceId}`)
}
