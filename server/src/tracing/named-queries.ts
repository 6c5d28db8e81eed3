import { epcisQueries } from '@huming/db/schema/epcis-queries'
import { namedQueriesMax } from '@huming/shared/contracts/epcis-views'
import { newId } from '@huming/shared/ids'
import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { cursorOf, perPageOf } from './paging.ts'
import { badParameter, type Query } from './parameter-values.ts'
import { queryEvents, refuseQuery } from './query-events.ts'

export type NamedQuery = { name: string; query: Record<string, unknown>; createdAt: string }

const docOf = ({ name, query, createdAt }: typeof epcisQueries.$inferSelect): NamedQuery => ({
  name,
  query,
  createdAt: createdAt.toISOString(),
})
const mine = (orgId: string, name: string) => and(eq(epcisQueries.orgId, orgId), eq(epcisQueries.name, name))

/**
 * Gives a query a name within the organisation. The same name with the same query gives the same; with another query
 * `epcis_exists`. Throws `epcis_query_bad` for parameters that no query has, and `epcis_limit`.
 */
export async function nameQuery(
  ctx: Ctx,
  { name, query }: { name: string; query: Record<string, unknown> },
): Promise<NamedQuery> {
  allow(ctx, 'epcis.read')
  const { orgId, personId } = person(ctx)
  if ('nextPageToken' in query) throw badParameter('nextPageToken', 'belongs to a page, not to a query')
  refuseQuery(ctx, query)
  return inTransaction(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`epcis queries ${orgId}`}, 0))`)
    const [before] = await tx.select().from(epcisQueries).where(mine(orgId, name))
    if (before) {
      const [same] = await tx.execute<{ same: boolean }>(sql`
        select query = ${JSON.stringify(query)}::text::jsonb as same from epcis_queries where id = ${before.id}`)
      if (found(same).same) return docOf(before)
      throw new Fault('epcis_exists')
    }
    const [held] = await tx.select({ n: count() }).from(epcisQueries).where(eq(epcisQueries.orgId, orgId))
    if ((held?.n ?? 0) >= namedQueriesMax)
      throw new Fault('epcis_limit', '', { params: { max: namedQueriesMax } })
    const row = { id: newId(), orgId, name, query, personId, createdAt: ctx.now }
    await tx.insert(epcisQueries).values(row)
    return docOf(row)
  })
}

/** Named queries in the order they were named, with the token of the next page. */
export async function listQueries(
  ctx: Ctx,
  query: Query,
): Promise<{ queries: NamedQuery[]; nextPageToken: string | null }> {
  allow(ctx, 'epcis.read')
  const perPage = perPageOf(query)
  const after = cursorOf(query)
  const own = eq(epcisQueries.orgId, person(ctx).orgId)
  const rows = await ctx.db
    .select()
    .from(epcisQueries)
    .where(and(own, after === null ? undefined : gt(epcisQueries.id, after)))
    .orderBy(asc(epcisQueries.id))
    .limit(perPage + 1)
  const { items, nextCursor } = page(rows, perPage, (row) => row.id)
  return { queries: items.map(docOf), nextPageToken: nextCursor }
}

export async function readQuery(ctx: Ctx, name: string): Promise<NamedQuery> {
  allow(ctx, 'epcis.read')
  const [row] = await ctx.db
    .select()
    .from(epcisQueries)
    .where(mine(person(ctx).orgId, name))
  return docOf(found(row))
}

const polled = new Set(['perPage', 'nextPageToken', 'GE_recordTime'])

/** What a named query finds now, a page at a time; `GE_recordTime` asks for what was recorded since the last poll. */
export async function pollQuery(ctx: Ctx, name: string, asked: Query) {
  const wrong = Object.keys(asked).find((key) => !polled.has(key))
  if (wrong !== undefined) throw badParameter(wrong, 'is part of the named query only')
  const { query } = await readQuery(ctx, name)
  const { GE_recordTime, ...paging } = asked
  return queryEvents(ctx, { ...query, ...paging }, GE_recordTime === undefined ? {} : { GE_recordTime })
}

/** Ends a named query of one's organisation. */
export async function dropQuery(ctx: Ctx, name: string): Promise<void> {
  allow(ctx, 'epcis.read')
  const gone = await ctx.db
    .delete(epcisQueries)
    .where(mine(person(ctx).orgId, name))
    .returning({ id: epcisQueries.id })
  if (gone.length === 0) throw new Fault('not_found')
}
