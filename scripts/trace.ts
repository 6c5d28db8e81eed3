import { openDb } from '@huming/db/client'
import { systemCtx } from '@huming/server/kernel/ctx'
import { Fault } from '@huming/server/kernel/fault'
import { type Trace, traceLot, traceOrder } from '@huming/server/tracing/trace'
import { baseText } from '@huming/shared/quantity'
import { tool, withDatabase } from './running-database.ts'

/** `pnpm trace lot CODE|ID` and `pnpm trace order NUMBER|ID`: where goods came from and went, with quantities. */
const [what, key] = process.argv.slice(2)
if ((what !== 'lot' && what !== 'order') || !key) {
  console.error('Usage: pnpm trace lot CODE|ID, or pnpm trace order NUMBER|ID')
  process.exit(2)
}

const quiet = { info: () => {}, warn: console.warn, error: console.error, debug: () => {} }

await tool(() =>
  withDatabase(process.env, async (url) => {
    const { db, sql, close } = openDb(url, { max: 2, applicationName: 'huming-trace' })
    try {
      const ctx = systemCtx({ db, sql, log: quiet as never }, 'trace')
      const trace = what === 'lot' ? await traceLot(ctx, key) : await traceOrder(ctx, key)
      console.log(printed(trace).join('\n'))
      return 0
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'not_found')) throw error
      console.error(`There is no ${what} ${key}.`)
      return 1
    } finally {
      await close()
    }
  }),
)

function printed({ lots, steps, orders, orderCount, siteCount, delivered }: Trace): string[] {
  const byId = new Map(lots.map((lot) => [lot.id, lot]))
  const amount = (lotId: string, quantity: number): string =>
    baseText(quantity, byId.get(lotId)?.baseUnit ?? 'piece', 'zh')
  const ways = { made_of: 'made into', moved: 'moved as' }
  return [
    ...lots.map(
      (lot) =>
        `${mark(lot.depth)} ${lot.code}  ${lot.name} ${lot.spec} · ${lot.supplier} · ${lot.stage} · ${amount(lot.id, lot.quantity)}`,
    ),
    ...(steps.length > 0 ? ['', 'Steps'] : []),
    ...steps.map(
      (step) =>
        `  ${amount(step.fromId, step.quantity)} of ${byId.get(step.fromId)?.code} ${ways[step.kind]} ${amount(step.toId, step.toQuantity)} of ${byId.get(step.toId)?.code}`,
    ),
    '',
    `${orderCount} ${orderCount === 1 ? 'order' : 'orders'}, ${siteCount} ${siteCount === 1 ? 'site' : 'sites'}`,
    ...delivered.map(
      (sum) =>
        `  ${byId.get(sum.lotId)?.code}: ${amount(sum.lotId, sum.picked)} picked, ${amount(sum.lotId, sum.delivered)} delivered`,
    ),
    ...orders.map(
      (order) =>
        `  ${order.day} ${order.number} ${order.buyer} ${order.site} (${order.status}): ${amount(order.lotId, order.picked)} of ${byId.get(order.lotId)?.code}, ${amount(order.lotId, order.delivered)} delivered`,
    ),
  ]
}

/** `<<` two steps before, `>` one after, `=` the thing asked for. */
function mark(depth: number): string {
  const sign = depth < 0 ? '<' : depth > 0 ? '>' : '='
  return sign.repeat(Math.min(8, Math.max(1, Math.abs(depth)))).padEnd(4)
}
