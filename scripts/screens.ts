/** `pnpm screens [--url http://…]`: pictures of every console from the running product, into docs/screens. */
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Chance } from './night/chance.ts'
import { Client } from './night/client.ts'
import { Clock } from './night/clock.ts'
import { emptyTally } from './night/night.ts'
import { openNight } from './night/open.ts'
import { startProduct } from './night/product.ts'
import { openCamera } from './screens/camera.ts'
import { composeFront } from './screens/front.ts'
import { signInPeople } from './screens/people.ts'
import { photographQuiet } from './screens/quiet.ts'
import { photographNight } from './screens/staged-night.ts'

const folder = resolve(import.meta.dirname, '../docs/screens')
const numbers = { orders: 60, trucks: 12, seed: 1 }

/** Takes all pictures; `CONSOLES=shop,coop` only those of these consoles. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } })
  const consoles = process.env['CONSOLES']?.split(',') ?? null
  const say = (text: string) => console.log(text)
  const own = values.url ? null : await startProduct(say)
  const url = values.url ?? own?.url ?? ''
  const client = new Client(url)
  const camera = await openCamera(url, folder, { consoles, say })
  try {
    const { staff, listerPhones, samplePassword, hubId, day } = await openNight(client)
    const people = await signInPeople(client)
    await photographQuiet(camera, client, people)
    const enter = (phone: string) => client.signIn(phone, samplePassword)
    const listers = await Promise.all(listerPhones.map(async (phone) => ({ who: await enter(phone) })))
    const chance = new Chance(numbers.seed)
    const night = {
      client,
      clock: new Clock(null),
      chance,
      ...numbers,
      hubId,
      day,
      staff,
      tally: emptyTally(),
      receivers: new Map(),
      say,
    }
    await photographNight({ night, camera, people, listers }, enter)
    if (!consoles) await composeFront(camera, folder)
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    console.log(`${readdirSync(folder).length} pictures, ${Math.round(bytes / 1024)} KiB, in docs/screens`)
  } finally {
    await camera.close()
    await client.close()
    await own?.stop()
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
