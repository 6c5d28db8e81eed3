import { parseArgs } from 'node:util'
import { migrate } from '@huming/db/migrate'
import { OperatorError } from '@huming/db/operator-error'
import { loadOrders } from '@huming/db/seed/load'
import { seedOnce } from '@huming/db/seed/run'
import { tool, withDatabase } from './running-database.ts'

const ordersMax = 10_000_000
/** When progress was last told, milliseconds. */
let told = 0

/** `pnpm seed [--orders N] [--url postgres://…]`: the sample data if it is not there, and N orders for load. */
await tool(async () => {
  const { orders, url } = readArguments()
  return withDatabase(url ? { ...process.env, DATABASE_URL: url } : process.env, async (database) => {
    await migrate(database)
    const fresh = await seedOnce(database)
    console.log(fresh ? 'Sample data written.' : 'The sample data was there already.')
    if (orders === 0) return 0
    const started = performance.now()
    const added = await loadOrders(database, { orders, onProgress: (done) => report(done, orders) })
    const seconds = (performance.now() - started) / 1000
    console.log(
      `${added.orders} orders and ${added.buyers} buyers added in ${seconds.toFixed(1)} s (${Math.round(added.orders / seconds)} orders/s).`,
    )
    return 0
  })
})

function readArguments(): { orders: number; url: string | undefined } {
  const { values } = parseArgs({ options: { orders: { type: 'string' }, url: { type: 'string' } } })
  const orders = Number(values.orders ?? '0')
  if (!Number.isSafeInteger(orders) || orders < 0 || orders > ordersMax)
    throw new OperatorError(
      `--orders must be a whole number from 0 to ${ordersMax}, but it is "${values.orders}".`,
    )
  return { orders, url: values.url }
}

function report(done: number, all: number): void {
  if (done < all && Date.now() - told < 2000) return
  told = Date.now()
  console.log(`${done} of ${all} orders`)
}
