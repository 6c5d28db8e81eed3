import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { likePattern, page } from '../kernel/page.ts'

type Query = ContractParsed<Contracts['pricing.listReferences']>['query']
type Reply = ContractReply<Contracts['pricing.listReferences']>
type Item = Reply['items'][number]

/** Reference prices of the day, newest day first; of one key, or by words in market and product. */
export async function listReferences(ctx: Ctx, query: Query): Promise<Reply> {
  allow(ctx, 'reference.read')
  const { sql } = ctx
  const [, day, id] = /^(\d{4}-\d\d-\d\d)~([0-9a-f-]{36})$/.exec(query.cursor ?? '') ?? []
  const rows = await sql<(Omit<Item, 'enteredAt'> & { enteredAt: Date })[]>`
    select id, key, market, product, grade, day, low_centifen as "lowCentifen",
      average_centifen as "averageCentifen", high_centifen as "highCentifen", per, source,
      entered_at as "enteredAt", is_sample as "isSample"
    from reference_prices
    where ${query.key ? sql`key = ${query.key}` : sql`true`}
      and ${query.search ? sql`key ilike ${likePattern(query.search)}` : sql`true`}
      and ${day && id ? sql`(day, id) < (${day}, ${id}::uuid)` : sql`true`}
    order by day desc, id desc limit ${query.limit + 1}`
  const items = rows.map((row) => ({ ...row, enteredAt: row.enteredAt.toISOString() }))
  return page(items, query.limit, (last) => `${last.day}~${last.id}`)
}
