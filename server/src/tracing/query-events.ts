import { type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { StoredEvent } from './epcis-document.ts'
import { extensionShape, labelsOf, memberKey, memberOf } from './extension-parameters.ts'
import { listOf, type Namespaces, namespacesOf } from './json-tree.ts'
import { readableMasterData } from './master-data.ts'
import { oneOf, perPageMax, perPageOf, wholeOf } from './paging.ts'
import { badParameter, type Query } from './parameter-values.ts'
import { type Asking, conditionOf } from './query-parameters.ts'

type Found = StoredEvent & { readonly id: number; readonly sortAt: string }
type EventPage = { readonly events: readonly Found[]; readonly nextPageToken: string | null }

/** Rows the actor may see: those of its organisations, all for operations. */
export function readable(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'epcis.read')
  return orgIds === 'all' ? sql`true` : sql`e.seen_by && ${bareArray(orgIds)}::uuid[]`
}

/**
 * SimpleEventQuery of EPCIS 2.0: all parameters must hold. Without `orderBy` events come in the order they were
 * recorded. A page ends with a token for the next one. Throws `epcis_query_bad` for a parameter that is unknown or
 * malformed, `epcis_query_large` when there are more than `maxEventCount`. `narrowed`: what must hold beside.
 */
export async function queryEvents(ctx: Ctx, query: Query, narrowed: Query = {}): Promise<EventPage> {
  const asking = askingOf(ctx, query)
  const page = pageOf(query, asking.namespaces)
  const where = sql.join(
    [readable(ctx), ...conditions(narrowed, asking), ...conditions(query, asking)],
    sql` and `,
  )
  if (page.maxEventCount !== null) await refuseTooMany(ctx, where, page.maxEventCount)
  const { descending, after, perPage, left } = page
  const { sort, key, type } = page.order
  const beyond = after
    ? sql`and (${key}, e.id) ${descending ? sql`<` : sql`>`} (${after.sort}::${type}, ${after.id}::int8)`
    : sql``
  const way = descending ? sql`desc` : sql`asc`
  const limit = left === null ? perPage : Math.min(perPage, left)
  const rows = await ctx.db.execute<Found>(sql`
    select e.id, e.contexts, e.event, ${key} as "sortAt" from epcis_events e where ${where} ${beyond}
    order by ${sort} ${way}, e.id ${way} limit ${limit + 1}`)
  const events = [...rows].slice(0, limit)
  const last = events.at(-1)
  const more = rows.length > limit && last !== undefined && (left === null || left > limit)
  const rest = left === null ? '' : left - limit
  return { events, nextPageToken: more ? token(`${last.id}.${rest}.${last.sortAt}`) : null }
}

/** Refuses a query that could never be asked. */
export function refuseQuery(ctx: Pick<Ctx, 'actor'>, query: Query): void {
  const asking = askingOf(ctx, query)
  pageOf(query, asking.namespaces)
  conditions(query, asking)
}

/** A query's `@context` says what the prefixes in its parameters mean. */
const askingOf = (ctx: Pick<Ctx, 'actor'>, query: Query): Asking => ({
  namespaces: namespacesOf(...listOf(query['@context'])),
  ofMasterData: readableMasterData(ctx),
})

/** One event by its id, with the declarations that it was wrong. */
export async function readEvents(ctx: Ctx, eventId: string): Promise<readonly StoredEvent[]> {
  const rows = await ctx.db.execute<StoredEvent>(sql`
    select e.contexts, e.event from epcis_events e where e.event_id = ${eventId} and ${readable(ctx)}
    order by e.id limit ${perPageMax}`)
  found(rows[0])
  return [...rows]
}

const paging = new Set([
  '@context',
  'perPage',
  'nextPageToken',
  'orderBy',
  'orderDirection',
  'eventCountLimit',
  'maxEventCount',
])

/** What the parameters of a query ask of `epcis_events e`; those of paging ask nothing. */
function conditions(query: Query, asking: Asking): SQL[] {
  return Object.entries(query).flatMap(([name, given]) => {
    if (paging.has(name) || given === undefined) return []
    const condition = conditionOf(name, given, asking)
    if (!condition) throw badParameter(name, 'is no parameter of this query')
    return [condition]
  })
}

type Order = { readonly sort: SQL; readonly key: SQL; readonly type: SQL }
type Page = {
  /** What events are sorted by, and the same as a value that a token can hold. */
  readonly order: Order
  readonly descending: boolean
  readonly perPage: number
  readonly maxEventCount: number | null
  /** How many events may still be given under `eventCountLimit`. */
  readonly left: number | null
  readonly after: { readonly sort: string; readonly id: string } | null
}

function pageOf(query: Query, namespaces: Namespaces): Page {
  const orderBy = oneOf(query, 'orderBy')
  const direction = oneOf(query, 'orderDirection')
  if (direction !== null && !/^(ASC|DESC)$/.test(direction))
    throw badParameter('orderDirection', 'is ASC or DESC')
  const limit = wholeOf(query, 'eventCountLimit')
  const maxEventCount = wholeOf(query, 'maxEventCount')
  if (limit !== null && maxEventCount !== null)
    throw badParameter('maxEventCount', 'does not go with eventCountLimit')
  if (limit !== null && orderBy === null) throw badParameter('eventCountLimit', 'needs orderBy')
  const perPage = perPageOf(query)
  const order = orderOf(orderBy, namespaces)
  const after = afterOf(oneOf(query, 'nextPageToken'), order)
  return {
    order,
    descending: orderBy !== null && direction !== 'ASC',
    perPage,
    maxEventCount,
    left: after?.left ?? limit,
    after,
  }
}

const int8 = sql`int8`
const byTime = (column: SQL): Order => ({
  sort: column,
  key: sql`(extract(epoch from ${column}) * 1000000)::int8`,
  type: int8,
})

/** The order of recording, that of a time, or that of an extension member by its full name. */
function orderOf(orderBy: string | null, namespaces: Namespaces): Order {
  if (orderBy === null) return { sort: sql`e.id`, key: sql`e.id`, type: int8 }
  if (orderBy === 'eventTime') return byTime(sql`e.event_time`)
  if (orderBy === 'recordTime') return byTime(sql`e.record_time`)
  const member = extensionShape.exec(`EQ_${orderBy}`)
  if (!member) throw badParameter('orderBy', 'is eventTime, recordTime or an extension member')
  const key = sql`${memberKey(labelsOf(memberOf(member), namespaces))} collate "C"`
  return { sort: key, key, type: sql`text` }
}

const token = (plain: string): string => Buffer.from(plain).toString('base64url')

type After = { sort: string; id: string; left: number | null }

function afterOf(given: string | null, { type }: Order): After | null {
  if (given === null) return null
  const match = /^(\d{1,18})\.(\d{0,6})\.(.*)$/s.exec(Buffer.from(given, 'base64url').toString())
  const [, id = '', left = '', sort = ''] = match ?? []
  if (!match || sort.includes('\0') || (type === int8 && !/^-?\d{1,18}$/.test(sort)))
    throw badParameter('nextPageToken', 'is no token of the query')
  return { sort, id, left: left === '' ? null : Number(left) }
}

async function refuseTooMany(ctx: Ctx, where: SQL, max: number): Promise<void> {
  const rows = await ctx.db.execute(sql`select 1 from epcis_events e where ${where} limit ${max + 1}`)
  if (rows.length > max) throw new Fault('epcis_query_large', '', { params: { max } })
}
