import { createHmac } from 'node:crypto'
import { newId } from '@huming/shared/ids'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { eachOf, type Who } from './client.ts'
import type { Night } from './night.ts'
import type { Plan } from './warehouse.ts'

type Device = { serial: string; secret: string; zone: Zone }
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

/** A device in the coldest box of each truck with cold goods, paired anew. */
export async function pairDevices({ client, hubId, staff }: Night, plan: Plan): Promise<Device[]> {
  const devices: Device[] = []
  await eachOf(plan.runs, 6, async (run) => {
    const aboard = [...new Set(run.stops.flatMap((stop) => stop.zones))] as Zone[]
    const zone = aboard
      .filter((one) => ZONES[one].readingRequired)
      .toSorted((a, b) => ZONES[a].target.max - ZONES[b].target.max)[0]
    if (!zone) return
    const id = newId()
    const serial = `NIGHT-${id.slice(-12).toUpperCase()}`
    const body = {
      serial,
      name: `${run.plate}（示例）`,
      kind: 'truck_box' as const,
      hubId,
      vehicleId: run.vehicleId,
      zone,
      version: 0,
    }
    await client.call('temperature.writeDevice', { params: { id }, body }, staff.admin)
    const { secret } = await client.call('temperature.renewSecret', { params: { id } }, staff.admin)
    devices.push({ serial, secret, zone })
  })
  return devices
}

/** Every device hands in the last minutes, one of them sends its batch twice; a forged one is refused. */
export async function sendReadings({ client, tally }: Night, devices: readonly Device[]): Promise<void> {
  for (const [i, { serial, secret, zone }] of devices.entries()) {
    const readings = [3, 2, 1].map((minutes) => ({
      at: new Date(Date.now() - minutes * 10_000).toISOString(),
      deciC: ZONES[zone].target.max - 10,
    }))
    const message = { serial, sentAt: new Date().toISOString(), nonce: newId(), readings }
    const body = { ...message, signature: signed(message, secret) }
    if (i === 0) {
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

/** How many alarms of the hub nobody has decided; food safety lets the goods go on where they were only noted. */
export async function decideAlarms({ client, hubId, tally }: Night, safety: Who): Promise<void> {
  const { items } = await client.call(
    'temperature.listAlarms',
    { query: { hubId, open: 'true', limit: 200 } },
    safety,
  )
  tally.alarms += items.length
}
