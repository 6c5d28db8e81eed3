import { addDays, serviceDayOf } from '@huming/shared/days'
import type { InferInsertModel } from 'drizzle-orm'
import type { TransactionSql } from 'postgres'
import {
  temperatureAlarms,
  temperatureDevices,
  temperatureHolds,
  temperatureReadings,
} from '../../schema/temperature.ts'
import { houseId } from '../cast/parties.ts'
import { centralHubId } from '../cast/places.ts'
import { diceOf, sampleId } from '../ids.ts'
import { insertAll } from '../insert.ts'
import type { Book } from './book.ts'
import { oneOf } from './staff.ts'

type Device = InferInsertModel<typeof temperatureDevices> & { id: string }
type Reading = InferInsertModel<typeof temperatureReadings>
type Run = Book['runs'][number]
type Told = { device: Device; readings: Reading[] }

const every = 300_000
/** Where it should be, and where it was when the door stood open too long, tenths of °C. */
const usual = { frozen: -195, chilled: 40 } as const
const tooWarm = { frozen: -130, chilled: 115 } as const
type Zone = keyof typeof usual

/**
 * Devices 示例 of the last night's first trucks and of the cold rooms, with what they read: one truck was too warm for
 * 45 minutes and food safety released its goods; a cold room is too warm now and waits for its decision.
 */
export async function writeCold(tx: TransactionSql, book: Book, now: Date): Promise<void> {
  const rules = await tx<{ id: string; zone: string }[]>`
    select id, zone from temperature_rules where sku_id is null order by valid_from`
  const ruleOf = (zone: string) => rules.find((rule) => rule.zone === zone)?.id as string
  const last = book.runs.reduce((day, run) => (run.day > day ? run.day : day), '')
  const nights = book.runs.filter((run) => run.day === last && run.hubId === centralHubId).slice(0, 3)
  const told = [
    ...nights.flatMap((run, i) => [
      aboard(book, run, 'frozen', now),
      aboard(book, run, 'chilled', now, i === 1),
    ]),
    room('frozen', now, false),
    room('chilled', now, true),
  ]
  await insertAll(
    tx,
    temperatureDevices,
    told.map(({ device }) => device),
  )
  await insertAll(
    tx,
    temperatureReadings,
    told.flatMap(({ readings }) => readings),
  )
  const warm = told.filter(({ readings }) => outOf(readings).length > 0)
  for (const one of warm) await noteAlarm(tx, book, one, ruleOf(one.device.zone), nights[1])
}

const outOf = (readings: readonly Reading[]): Reading[] => readings.filter((one) => one.deciC > 100)

function deviceRow(
  over: Pick<Device, 'serial' | 'name' | 'kind' | 'zone'> & Partial<Device>,
  now: Date,
): Device {
  const today = serviceDayOf(now)
  return {
    id: sampleId(`device ${over.serial}`),
    hubId: centralHubId,
    everyMinutes: 5,
    calibratedOn: addDays(today, -120),
    calibrationDue: addDays(today, 245),
    isSample: true,
    ...over,
  }
}

/** A box from half an hour before leaving to the end of the run. */
function aboard(book: Book, run: Run, zone: Zone, now: Date, warm = false): Told {
  const plateNo = run.vehicleId.slice(-6).toUpperCase()
  const box = zone === 'frozen' ? 'F' : 'C'
  const name = zone === 'frozen' ? '冷冻箱（示例）' : '冷藏箱（示例）'
  const device = deviceRow(
    { serial: `SL-${plateNo}-${box}`, name, kind: 'truck_box', zone, vehicleId: run.vehicleId },
    now,
  )
  const done = book.stops.filter((stop) => stop.runId === run.id).map((stop) => stop.finishedAt as Date)
  const to = Math.max(...done.map((at) => at.getTime()), run.departAt.getTime())
  const from = run.departAt.getTime() - 1_800_000
  // From the loading door on: food safety has decided before the first door is reached.
  const warmFrom = warm ? run.departAt.getTime() - 600_000 : Number.POSITIVE_INFINITY
  return measured(device, zone, { from, to, warmFrom, warmTo: warmFrom + 45 * 60_000 })
}

/** A cold room over the last twelve hours. */
function room(zone: Zone, now: Date, warm: boolean): Told {
  const name = zone === 'frozen' ? '冷冻库 1（示例）' : '冷藏库 1（示例）'
  const device = deviceRow(
    { serial: `SL-ROOM-${zone === 'frozen' ? 'F' : 'C'}1`, name, kind: 'cold_room', zone },
    now,
  )
  const to = now.getTime() - 60_000
  const warmFrom = warm ? to - 40 * 60_000 : Number.POSITIVE_INFINITY
  return measured(device, zone, { from: to - 12 * 3_600_000, to, warmFrom, warmTo: to })
}

type Span = { from: number; to: number; warmFrom: number; warmTo: number }

function measured(device: Device, zone: Zone, { from, to, warmFrom, warmTo }: Span): Told {
  const dice = diceOf(`readings ${device.serial}`)
  const readings: Reading[] = []
  for (let at = Math.ceil(from / 1000) * 1000; at <= to; at += every) {
    const base = at >= warmFrom && at <= warmTo ? tooWarm[zone] : usual[zone]
    readings.push({ deviceId: device.id, at: new Date(at), probe: 0, deciC: base + dice.whole(0, 12) })
  }
  const latest = readings.at(-1)
  return {
    device: {
      ...device,
      lastAt: latest?.at ?? null,
      lastDeciC: latest?.deciC ?? null,
      heardAt: latest?.at ?? null,
    },
    readings,
  }
}

async function noteAlarm(
  tx: TransactionSql,
  book: Book,
  { device, readings }: Told,
  ruleId: string,
  run: Run | undefined,
): Promise<void> {
  const out = outOf(readings)
  const [startedAt, endedAt] = [out[0]?.at as Date, out.at(-1)?.at as Date]
  const openedAt = new Date(startedAt.getTime() + 30 * 60_000)
  const decided = Boolean(device.vehicleId)
  const id = sampleId(`alarm ${device.serial}`, openedAt)
  const operations = houseId('operations')
  const row: InferInsertModel<typeof temperatureAlarms> = {
    id,
    kind: 'warm',
    deviceId: device.id,
    ruleId,
    hubId: device.hubId,
    zone: device.zone,
    runId: decided ? (run?.id ?? null) : null,
    status: decided ? 'decided' : 'open',
    startedAt,
    endedAt,
    limitDeciC: 100,
    worstDeciC: Math.max(...out.map((one) => one.deciC)),
    openedAt,
    isSample: true,
    ...(decided
      ? {
          acknowledgedBy: oneOf(houseId('warehouse'), 'dispatcher'),
          acknowledgedAt: new Date(openedAt.getTime() + 240_000),
          note: '已通知司机关门并开足制冷（示例）',
          decidedBy: oneOf(operations, 'food_safety'),
          decidedAt: new Date(openedAt.getTime() + 900_000),
          decision: 'release',
          reason: '芯温复测 3.8 ℃，放行交付（示例）',
        }
      : {}),
  }
  await insertAll(tx, temperatureAlarms, [row])
  if (decided && run) await insertAll(tx, temperatureHolds, heldGoods(book, run, id, startedAt))
}

/** Chilled goods of the run not handed over before it was too warm. */
function heldGoods(
  book: Book,
  run: Run,
  alarmId: string,
  from: Date,
): InferInsertModel<typeof temperatureHolds>[] {
  const open = new Map(
    book.stops
      .filter((stop) => stop.runId === run.id && (stop.finishedAt as Date) > from)
      .map((stop) => [stop.id, stop]),
  )
  const stopOf = new Map(
    book.stopOrders.filter((one) => open.has(one.stopId)).map((one) => [one.orderId, one.stopId]),
  )
  const sums = new Map<string, InferInsertModel<typeof temperatureHolds>>()
  for (const task of book.pickTasks) {
    const stopId = stopOf.get(task.orderId)
    const quantity = task.pickedQuantity ?? 0
    if (!stopId || task.zone !== 'chilled' || quantity === 0) continue
    const key = `${task.orderId} ${task.lotId}`
    const known = sums.get(key)
    sums.set(key, {
      id: sampleId(`hold ${alarmId} ${key}`, from),
      alarmId,
      lotId: task.lotId,
      orderId: task.orderId,
      stopId,
      quantity: (known?.quantity ?? 0) + quantity,
      status: 'release',
    })
  }
  return [...sums.values()]
}
