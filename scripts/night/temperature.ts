import { createHmac } from 'node:crypto'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { eachOf, Refused, type Who } from './client.ts'
import type { Night } from './night.ts'
import type { Plan } from './warehouse.ts'

export type Device = { serial: string; secret: string; zone: Zone }
/** The signing of the contract, as a device does it. */
const signed = (
  message: { serial: string; sentAt: string; nonce: string; readings: Reading[] },
  secret: string,
): string =>
  createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(
      `${[message.serial, message.sentAt, message.nonce, ...message.readings.map(({ at, deciC }) => `${at},0,${deciC},`)].join('\n')}\n`,
    )
    .digest('hex')
type Reading = { at: string; deciC: number }

type Place = { name: string; kind: 'truck_box' | 'cold_room'; vehicleId: string | null; zone: Zone }

/** A new device of the hub with its secret. */
async function pair({ client, hubId, staff }: Night, place: Place): Promise<Device & { id: string }> {
  const id = newId()
  const serial = `NIGHT-${id.slice(-12).toUpperCase()}`
  await client.call(
    'temperature.writeDevice',
    { params: { id }, body: { serial, hubId, ...place, version: 0 } },
    staff.admin,
  )
  const { secret } = await client.call('temperature.renewSecret', { params: { id } }, staff.admin)
  return { id, serial, secret, zone: place.zone }
}

/** A device in the coldest box of each truck with cold goods, paired anew. */
export async function pairDevices(night: Night, plan: Plan): Promise<Device[]> {
  const devices: Device[] = []
  await eachOf(plan.runs, 6, async (run) => {
    const aboard = [...new Set(run.stops.flatMap((stop) => stop.zones))] as Zone[]
    const zone = aboard
      .filter((one) => ZONES[one].readingRequired)
      .toSorted((a, b) => ZONES[a].target.max - ZONES[b].target.max)[0]
    if (!zone) return
    const name = `${run.plate}（示例）`
    devices.push(await pair(night, { name, kind: 'truck_box', vehicleId: run.vehicleId, zone }))
  })
  return devices
}

const send = (night: Night, { serial, secret }: Device, readings: Reading[]) => {
  const message = { serial, sentAt: new Date().toISOString(), nonce: newId(), readings }
  return night.client.call('temperature.send', { body: { ...message, signature: signed(message, secret) } })
}

/**
 * The compressor of a cold room stood for an hour: its alarm holds what lies there, the lead sees it, and only food
 * safety, not the lead, lets the goods go on.
 */
export async function warmRoom(night: Night): Promise<void> {
  const { client, staff, hubId, tally, say } = night
  const zone = 'chilled'
  const room = await pair(night, { name: '示例 冷藏间', kind: 'cold_room', vehicleId: null, zone })
  const deciC = ZONES[zone].target.max + 80
  const readings = Array.from({ length: 13 }, (_, i) => ({
    at: new Date(Date.now() - (12 - i) * 5 * 60_000).toISOString(),
    deciC,
  }))
  tally.readings += (await send(night, room, readings)).stored
  const { items } = await client.call(
    'temperature.listAlarms',
    { query: { hubId, open: 'true', limit: 200 } },
    staff.safety,
  )
  const own = items.filter((alarm) => alarm.serial === room.serial)
  if (own.length === 0) throw new Error('a cold room an hour too warm gave no alarm')
  for (const { id } of own) {
    const word = {
      params: { id },
      body: { decision: 'release' as const, reason: '示例：中心温度复测合格' },
    }
    await client.call(
      'temperature.acknowledge',
      { params: { id }, body: { note: '示例：压缩机已重启' } },
      staff.lead,
    )
    const refused = await client.call('temperature.decide', word, staff.lead).catch((error: unknown) => error)
    if (!(refused instanceof Refused) || refused.code !== 'forbidden')
      throw new Error('a lead decided on goods held for a temperature alarm')
    await client.call('temperature.decide', word, staff.safety)
    // As after an answer that was lost.
    await client.call('temperature.decide', word, staff.safety)
    tally.decided++
  }
  tally.alarms += own.length
  say(`  a cold room grew warm: ${own.length} alarms, decided by food safety`)
}

/** Every device hands in the last minutes; a forged batch, tried once, is refused. */
export async function sendReadings({ client, tally }: Night, devices: readonly Device[]): Promise<void> {
  const first = tally.readings === 0
  for (const [i, { serial, secret, zone }] of devices.entries()) {
    const readings = [3, 2, 1].map((minutes) => ({
      at: new Date(Date.now() - minutes * 10_000).toISOString(),
      deciC: ZONES[zone].target.max - 10,
    }))
    const message = { serial, sentAt: new Date().toISOString(), nonce: newId(), readings }
    const body = { ...message, signature: signed(message, secret) }
    if (first && i === 0) {
      const forged = { ...body, nonce: newId() }
      const refused = await client.call('temperature.send', { body: forged }).then(
        () => false,
        () => true,
      )
      if (!refused) throw new Error('a forged batch of readings was taken')
    }
    const { stored } = await client.call('temperature.send', { body })
    tally.readings += stored
  }
}

/** Alarms of the hub that nobody has decided when the night is over. */
export async function openAlarms({ client, hubId }: Night, safety: Who): Promise<number> {
  const { items } = await client.call(
    'temperature.listAlarms',
    { query: { hubId, open: 'true', limit: 200 } },
    safety,
  )
  return items.length
}
