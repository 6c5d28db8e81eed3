/** `pnpm bench orders|catalogue [--seconds N] [--json]`: measures a part of the product and prints what it found. */
import { parseArgs } from 'node:util'

/** A benchmark prints for people as it goes and gives the object that ends its output. */
type Bench = (options: { seconds: number }) => Promise<Record<string, unknown>>

const benches: Record<string, () => Promise<Bench>> = {
  catalogue: async () => (await import('./bench/catalogue.ts')).benchCatalogue,
  orders: async () => (await import('./bench/orders.ts')).benchOrders,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } },
})
const bench = benches[positionals[0] ?? '']
const seconds = Number(values.seconds)
if (!bench || !(seconds >= 1 && seconds <= 600)) {
  console.error(`Usage: pnpm bench ${Object.keys(benches).join('|')} [--seconds 1–600] [--json]`)
  process.exit(2)
}
const result = await (await bench())({ seconds })
if (values.json) console.log(JSON.stringify(result))
