import { temperatureAlarms, temperatureHolds } from '@huming/db/schema/temperature'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { temperatureText } from '@huming/shared/reference/zones'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { notifyAll } from '../kernel/notice.ts'
import { anyOf } from '../supply/rows.ts'
import { type GoodsUnder, goodsUnder, type Watch, watchesOf } from './aboard.ts'
import { type DeviceRow, type Rule, readingsOf, rulesOn } from './rows.ts'
import { type Excursion, excursionsOf, type Reading } from './rules.ts'

/** Readings so long before and after what came are looked at again: a stretch may have begun there. */
const around = 12 * 3_600_000
/** A stretch that begins so soon after one nobody has decided on is the same trouble. */
const sameTrouble = 30 * 60_000

/**
 * Looks at the readings of a locked device around those that came between two instants, and opens or extends alarms.
 * Goods aboard are held in the same transaction. Repeating it changes nothing.
 */
export async function judgeReadings(
  tx: Tx,
  ctx: Ctx,
  device: DeviceRow,
  { from, to }: { from: number; to: number },
): Promise<void> {
  for (const watch of await watchesOf(tx, device, from - around, to + around)) {
    if (watch.to < from || watch.from > to) continue
    const goods = await goodsUnder(tx, device, watch.runId)
    const rules = await rulesFor(tx, device.zone, serviceDayOf(new Date(watch.to)), goods)
    const byProbe = await readingsOf(tx, device.id, watch.from, watch.to)
    for (const { rule, goods: own } of rules)
      for (const readings of byProbe.values())
        for (const found of excursionsOf(readings, rule))
          if (found.to >= from && found.from <= to)
            await noteExcursion(tx, ctx, device, { watch, rule, goods: own, found, readings })
  }
}

type Ruled = { rule: Rule; goods: GoodsUnder[] }

/** Rules that hold for what lies there: of each pack with limits of its own, and of the zone for the rest. */
async function rulesFor(tx: Tx, zone: string, day: string, goods: GoodsUnder[]): Promise<Ruled[]> {
  const rules = await rulesOn(tx, day, [zone])
  const ownRule = new Map(
    rules.filter((rule) => rule.skuId !== null).map((rule) => [rule.skuId as string, rule]),
  )
  const found: Ruled[] = []
  for (const [skuId, own] of Map.groupBy(goods, (one) => one.skuId)) {
    const rule = ownRule.get(skuId)
    if (rule) found.push({ rule, goods: own })
  }
  const rule = rules.findLast((one) => one.skuId === null)
  const rest = goods.filter((one) => !ownRule.has(one.skuId))
  if (rule && (rest.length > 0 || goods.length === 0)) found.push({ rule, goods: rest })
  return found
}

type Noted = { watch: Watch; rule: Rule; goods: GoodsUnder[]; found: Excursion; readings: readonly Reading[] }

async function noteExcursion(tx: Tx, ctx: Ctx, device: DeviceRow, noted: Noted): Promise<void> {
  const { watch, rule } = noted
  const known = await tx
    .select()
    .from(temperatureAlarms)
    .where(
      and(
        eq(temperatureAlarms.deviceId, device.id),
        eq(temperatureAlarms.ruleId, rule.id),
        eq(temperatureAlarms.kind, noted.found.kind),
        watch.runId === null ? isNull(temperatureAlarms.runId) : eq(temperatureAlarms.runId, watch.runId),
      ),
    )
    .orderBy(temperatureAlarms.id)
    .for('update')
  const found = afterDecisions(noted, known)
  if (!found) return
  const open = known.find(
    (one) =>
      one.status !== 'decided' &&
      one.startedAt.getTime() - sameTrouble <= found.to &&
      one.endedAt.getTime() + sameTrouble >= found.from,
  )
  const alarmId = open ? await extend(tx, open, found) : await openAlarm(tx, ctx, device, { ...noted, found })
  if (alarmId !== null) await holdGoods(tx, alarmId, noted.goods, found.from)
}

type AlarmRow = typeof temperatureAlarms.$inferSelect

/** What of a stretch came after food safety decided on it: it must be an alarm by itself. */
function afterDecisions({ found, rule, readings }: Noted, known: readonly AlarmRow[]): Excursion | null {
  const decided = known
    .filter(
      (one) =>
        one.decidedAt !== null && one.startedAt.getTime() <= found.to && one.endedAt.getTime() >= found.from,
    )
    .map((one) => (one.decidedAt as Date).getTime())
  if (decided.length === 0) return found
  const since = Math.max(...decided)
  const later = readings.filter((one) => one.at > since && one.at <= found.to)
  return excursionsOf(later, rule).find((one) => one.kind === found.kind && one.to === found.to) ?? null
}

async function extend(tx: Tx, open: AlarmRow, found: Excursion): Promise<string> {
  const worse = found.kind === 'cold' ? Math.min : Math.max
  await tx
    .update(temperatureAlarms)
    .set({
      startedAt: new Date(Math.min(open.startedAt.getTime(), found.from)),
      endedAt: new Date(Math.max(open.endedAt.getTime(), found.to)),
      worstDeciC: worse(open.worstDeciC ?? found.worst, found.worst),
    })
    .where(eq(temperatureAlarms.id, open.id))
  return open.id
}

/** Null when the very same stretch is a record already. */
async function openAlarm(
  tx: Tx,
  ctx: Ctx,
  device: DeviceRow,
  { watch, rule, found }: Noted,
): Promise<string | null> {
  const [made] = await tx
    .insert(temperatureAlarms)
    .values({
      id: newId(),
      kind: found.kind,
      deviceId: device.id,
      ruleId: rule.id,
      hubId: device.hubId,
      zone: device.zone,
      runId: watch.runId,
      status: 'open',
      startedAt: new Date(found.from),
      endedAt: new Date(found.to),
      limitDeciC: found.limit,
      worstDeciC: found.worst,
      openedAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: temperatureAlarms.id })
  if (!made) return null
  await tellAlarm(tx, ctx, device, {
    alarmId: made.id,
    runId: watch.runId,
    kind: found.kind,
    worst: found.worst,
  })
  return made.id
}

type Told = { alarmId: string; runId: string | null; kind: string; worst: number | null }

/** The event, and a notice to the hub, the carrier whose truck it is and operations. */
export async function tellAlarm(tx: Tx, ctx: Ctx, device: DeviceRow, told: Told): Promise<void> {
  const { alarmId, runId, kind, worst } = told
  await emit(tx, ctx, {
    type: 'temperature.alarmed',
    subjectId: alarmId,
    hubId: device.hubId,
    payload: { kind, deviceId: device.id, runId, zone: device.zone, worstDeciC: worst },
  })
  const orgs = await tx.execute<{ id: string; place: string }>(sql`
    select o.id, coalesce((select v.plate from vehicles v where v.id = ${device.vehicleId}), nullif(${device.name}, ''), ${device.serial}) as place
    from organisations o where o.kind = 'operations' or o.id in (
      select h.org_id from hubs h where h.id = ${device.hubId}
      union select v.org_id from vehicles v where v.id = ${device.vehicleId}) order by o.id`)
  await notifyAll(
    tx,
    [...orgs].map(({ id, place }) => ({
      orgId: id,
      key: worst === null ? 'notice.temperature_silent' : 'notice.temperature_alarm',
      params: { place, ...(worst === null ? {} : { degrees: temperatureText(worst) }) },
      subjectId: alarmId,
      at: ctx.now,
    })),
  )
}

/**
 * Holds what is aboard, under the locks of its orders (a hand-over takes them, too); what was handed over meanwhile is
 * noted as passed, what lies in a room as listed.
 */
async function holdGoods(tx: Tx, alarmId: string, goods: readonly GoodsUnder[], from: number): Promise<void> {
  const under = goods.filter((one) => one.gone === null || one.gone > from)
  if (under.length === 0) return
  const orderIds = under.flatMap((one) => one.orderId ?? [])
  await tx.execute(sql`select id from orders where id = ${anyOf(orderIds)} order by id for update`)
  const closed = await tx.execute<{ id: string }>(sql`
    select id from stops where id = ${anyOf(under.flatMap((one) => one.stopId ?? []))} and finished_at is not null`)
  const gone = new Set([...closed].map((row) => row.id))
  await tx
    .insert(temperatureHolds)
    .values(
      under.map(({ lotId, orderId, stopId, binId, quantity }) => ({
        id: newId(),
        alarmId,
        lotId,
        orderId,
        stopId,
        binId,
        quantity,
        status: orderId === null ? 'listed' : gone.has(stopId as string) ? 'passed' : 'held',
      })),
    )
    .onConflictDoNothing()
}
