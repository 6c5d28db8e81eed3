import { hubs } from '@huming/db/schema/accounts'
import { vehicles } from '@huming/db/schema/routes'
import { temperatureDevices } from '@huming/db/schema/temperature'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { areOwnFiles } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type DeviceRow, hubScope, limitsOf, rulesOn, today, zoneRule } from './rows.ts'
import { stateOf } from './rules.ts'
import { newSecret } from './signature.ts'

export type Device = ContractReply<Contracts['temperature.listDevices']>['items'][number]
type Raw = Omit<Device, 'state' | 'limits'>
type Written = ContractParsed<Contracts['temperature.writeDevice']>['body']

async function deviceDocs(
  ctx: Ctx,
  db: Db | Tx,
  where: ReturnType<typeof sql>,
  tail = sql``,
): Promise<Device[]> {
  const rows = await docs<Raw>(
    db,
    sql`select d.id, d.serial, d.name, d.kind, d.hub_id as "hubId", h.name as hub, d.vehicle_id as "vehicleId", v.plate, d.zone,
        d.every_minutes as "everyMinutes", d.calibrated_on as "calibratedOn", d.calibration_due as "calibrationDue",
        d.calibration_file_id as "calibrationFileId", d.secret <> '' as paired, d.revoked_at as "revokedAt", d.last_at as "lastAt",
        d.last_deci_c as "lastDeciC", d.clock_offset_seconds as "clockOffsetSeconds",
        (select count(*) from temperature_alarms a where a.device_id = d.id and a.status <> 'decided') as "openAlarms",
        (select r.id from runs r where r.vehicle_id = d.vehicle_id and r.status in ('loading', 'on_road')
          order by r.status = 'loading', r.id limit 1) as "runId", d.version
      from temperature_devices d join hubs h on h.id = d.hub_id left join vehicles v on v.id = d.vehicle_id
      where ${where} ${tail}`,
  )
  const rules = await rulesOn(db, today(ctx))
  return rows.map((row) => {
    const limits = limitsOf(zoneRule(rules, row.zone))
    const lastAt = row.lastAt === null ? null : Date.parse(row.lastAt)
    const state = stateOf({ ...row, revoked: row.revokedAt !== null, lastAt }, limits, ctx.now.getTime())
    return { ...row, limits, state }
  })
}

/** Devices of one's hubs: what is in trouble is seen by its state. */
export async function listDevices(
  ctx: Ctx,
  query: ContractParsed<Contracts['temperature.listDevices']>['query'],
): Promise<ContractReply<Contracts['temperature.listDevices']>> {
  allow(ctx, 'temperature.read')
  const rows = await deviceDocs(
    ctx,
    ctx.db,
    sql`${hubScope(ctx, sql`d.hub_id`)}
      ${query.hubId === undefined ? sql`` : sql`and d.hub_id = ${query.hubId}`}
      ${query.kind === undefined ? sql`` : sql`and d.kind = ${query.kind}`}
      ${query.cursor === undefined ? sql`` : sql`and d.id > ${query.cursor}`}`,
    sql`order by d.id limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** Registers a device (version 0) or writes where it is and its calibration. A repeat gives the same. */
export async function writeDevice(ctx: Ctx, id: string, body: Written): Promise<Device> {
  allow(ctx, 'temperature.device')
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx
      .select()
      .from(temperatureDevices)
      .where(eq(temperatureDevices.id, id))
      .for('update')
    if (known) allow(ctx, 'temperature.device', { hubId: known.hubId })
    allow(ctx, 'temperature.device', { hubId: body.hubId })
    const { version, ...facts } = body
    if (known && isSame(known, facts)) return one(ctx, tx, id)
    if ((known?.version ?? 0) !== version) throw new Fault('stale_version')
    await refuseWrongPlace(tx, facts)
    await refuseStrangeFile(tx, ctx, facts.calibrationFileId, known)
    const [taken] = await tx
      .insert(temperatureDevices)
      .values({ id, ...facts })
      .onConflictDoNothing({ target: known ? temperatureDevices.id : temperatureDevices.serial })
      .returning({ id: temperatureDevices.id })
    if (!known && !taken) throw new Fault('device_serial_taken')
    if (known) await overwrite(tx, id, facts)
    await emit(tx, ctx, {
      type: 'temperature.device_written',
      subjectId: id,
      hubId: facts.hubId,
      payload: { serial: facts.serial },
    })
    return one(ctx, tx, id)
  })
}

async function overwrite(tx: Tx, id: string, facts: Omit<Written, 'version'>): Promise<void> {
  const [other] = await tx
    .select({ id: temperatureDevices.id })
    .from(temperatureDevices)
    .where(eq(temperatureDevices.serial, facts.serial))
  if (other && other.id !== id) throw new Fault('device_serial_taken')
  await tx
    .update(temperatureDevices)
    .set({ ...facts, version: sql`${temperatureDevices.version} + 1` })
    .where(eq(temperatureDevices.id, id))
}

const isSame = (known: DeviceRow, facts: Omit<Written, 'version'>): boolean =>
  Object.entries(facts).every(([key, value]) => known[key as keyof DeviceRow] === value)

const one = async (ctx: Ctx, tx: Tx, id: string): Promise<Device> =>
  found((await deviceDocs(ctx, tx, sql`d.id = ${id}`))[0])

/** A truck's device rides on a vehicle of the hub, a room's on none. */
async function refuseWrongPlace(tx: Tx, { kind, hubId, vehicleId }: Omit<Written, 'version'>): Promise<void> {
  const [hub] = await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, hubId))
  found(hub)
  const [vehicle] = vehicleId
    ? await tx.select({ hubId: vehicles.hubId }).from(vehicles).where(eq(vehicles.id, vehicleId))
    : []
  if (vehicleId && vehicle?.hubId !== hubId) throw new Fault('not_found')
  if ((kind === 'truck_box' && !vehicleId) || (kind === 'cold_room' && vehicleId))
    throw new Fault('device_place_wrong')
}

/** The certificate is a file one's own organisation uploaded, or the one that is there already. */
async function refuseStrangeFile(
  tx: Tx,
  ctx: Ctx,
  fileId: string | null,
  known: DeviceRow | undefined,
): Promise<void> {
  if (fileId === null || fileId === known?.calibrationFileId || (await areOwnFiles(tx, ctx, [fileId]))) return
  throw new Fault('bad_input', '', {
    pointers: [{ pointer: '/body/calibrationFileId', reason: 'no_such_picture' }],
  })
}

async function lockDevice(tx: Tx, ctx: Ctx, id: string): Promise<DeviceRow> {
  const [row] = await tx.select().from(temperatureDevices).where(eq(temperatureDevices.id, id)).for('update')
  const device = found(row)
  allow(ctx, 'temperature.device', { hubId: device.hubId })
  return device
}

/** A new secret, told this once. Each asking makes another one: only the last is good. */
export async function renewSecret(ctx: Ctx, id: string): Promise<{ serial: string; secret: string }> {
  allow(ctx, 'temperature.device')
  return inTransaction(ctx, async (tx) => {
    const device = await lockDevice(tx, ctx, id)
    if (device.revokedAt) throw new Fault('device_revoked')
    const secret = newSecret()
    await tx
      .update(temperatureDevices)
      .set({ secret, secretSetAt: ctx.now, version: sql`${temperatureDevices.version} + 1` })
      .where(eq(temperatureDevices.id, id))
    await emit(tx, ctx, {
      type: 'temperature.secret_renewed',
      subjectId: id,
      hubId: device.hubId,
      payload: { serial: device.serial, by: person(ctx).personId },
    })
    return { serial: device.serial, secret }
  })
}

/** Ends a device for good. A repeat gives the same. */
export async function revokeDevice(ctx: Ctx, id: string): Promise<Device> {
  allow(ctx, 'temperature.device')
  return inTransaction(ctx, async (tx) => {
    const device = await lockDevice(tx, ctx, id)
    if (device.revokedAt) return one(ctx, tx, id)
    await tx
      .update(temperatureDevices)
      .set({ revokedAt: ctx.now, version: sql`${temperatureDevices.version} + 1` })
      .where(eq(temperatureDevices.id, id))
    await emit(tx, ctx, {
      type: 'temperature.device_revoked',
      subjectId: id,
      hubId: device.hubId,
      payload: { serial: device.serial },
    })
    return one(ctx, tx, id)
  })
}
