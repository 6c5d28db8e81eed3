/** `pnpm bench orders|catalogue|stock [--seconds N] [--json]`, `pnpm bench routes --dir DIR …`, `pnpm bench trace [--edges N] [--json]`, `pnpm bench payments [--payments N] [--json]`, `pnpm bench money [--orders N] [--json]`: measures a part of the product and prints what it found. */
import { parseArgs } from 'node:util'

/** A benchmark prints for people as it goes and gives the object that ends its output. */
type Bench = (options: { seconds: number }) => Promise<Record<string, unknown>>

const benches: Record<string, () => Promise<Bench>> = {
  catalogue: async () => (await import('./bench/catalogue.ts')).benchCatalogue,
  orders: async () => (await import('./bench/orders.ts')).benchOrders,
  stock: async () => (await import('./bench/stock.ts')).benchStock,
}

// The route planner's own words: folders, seeds, best known costs.
if (process.argv[2] === 'routes') {
  await (await import('./bench/routes.ts')).benchRoutes(process.argv.slice(3))
  process.exit()
}

/** The route planner needs no product and has options of its own. */
if (process.argv[2] === 'routes') await (await import('./bench/routes.ts')).benchRoutes(process.argv.slice(3))
else if (process.argv[2] === 'trace')
  await (await import('./bench/trace.ts')).benchTrace(process.argv.slice(3))
else if (process.argv[2] === 'payments')
  await (await import('./bench/payments.ts')).benchPayments(process.argv.slice(3))
else if (process.argv[2] === 'money')
  await (await import('./bench/money.ts')).benchMoney(process.argv.slice(3))
else await measure()

async function measure(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } },
  })
  const bench = benches[positionals[0] ?? '']
  const seconds = Number(values.seconds)
  if (!bench || !(seconds >= 1 && seconds <= 600)) {
    console.error(
      `Usage: pnpm bench ${[...Object.keys(benches), 'routes', 'trace', 'payments', 'money'].join('|')} [--seconds 1–600] [--json], or pnpm bench routes --dir DIR`,
    )
    process.exit(2)
  }
  const result = await (await bench())({ seconds })
  if (values.json) console.log(JSON.stringify(result))
}
