import { type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { StoredEvent } from './epcis-document.ts'
import { oneOf, perPageMax, perPageOf, wholeOf } from './paging.ts'
import { badParameter, conditionOf, type Query } from './query-parameters.ts'

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
  const page = pageOf(query)
  const where = sql.join([readable(ctx), ...conditions(narrowed), ...conditions(query)], sql` and `)
  if (page.maxEventCount !== null) await refuseTooMany(ctx, where, page.maxEventCount)
  const { column, descending, after, perPage, left } = page
  const sort = column ?? sql`e.id`
  const key = column ? sql`(extract(epoch from ${column}) * 1000000)::int8` : sql`e.id`
  const beyond = after
    ? sql`and (${key}, e.id) ${descending ? sql`<` : sql`>`} (${after.sort}::int8, ${after.id}::int8)`
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
  return { events, nextPageToken: more ? token(`${last.sortAt}.${last.id}.${rest}`) : null }
}

/** Refuses a query that could never be asked. */
export function refuseQuery(query: Query): void {
  pageOf(query)
  conditions(query)
}

/** One event by its id, with the declarations that it was wrong. */
export async function readEvents(ctx: Ctx, eventId: string): Promise<readonly StoredEvent[]> {
  const rows = await ctx.db.execute<StoredEvent>(sql`
    select e.contexts, e.event from epcis_events e where e.event_id = ${eventId} and ${readable(ctx)}
    order by e.id limit ${perPageMax}`)
  found(rows[0])
  return [...rows]
}

const paging = new Set([
  'perPage',
  'nextPageToken',
  'orderBy',
  'orderDirection',
  'eventCountLimit',
  'maxEventCount',
])

/** What the parameters of a query ask of `epcis_events e`; those of paging ask nothing. */
function conditions(query: Query): SQL[] {
  return Object.entries(query).flatMap(([name, given]) => {
    if (paging.has(name) || given === undefined) return []
    const condition = conditionOf(name, given)
    if (!condition) throw badParameter(name, 'is no parameter of this query')
    return [condition]
  })
}

type Page = {
  readonly column: SQL | null
  readonly descending: boolean
  readonly perPage: number
  readonly maxEventCount: number | null
  /** How many events may still be given under `eventCountLimit`. */
  readonly left: number | null
  readonly after: { readonly sort: string; readonly id: string } | null
}

function pageOf(query: Query): Page {
  const orderBy = oneOf(query, 'orderBy')
  const column = orderBy === null ? null : orderColumn(orderBy)
  const direction = oneOf(query, 'orderDirection')
  if (direction !== null && !/^(ASC|DESC)$/.test(direction))
    throw badParameter('orderDirection', 'is ASC or DESC')
  const limit = wholeOf(query, 'eventCountLimit')
  const maxEventCount = wholeOf(query, 'maxEventCount')
  if (limit !== null && maxEventCount !== null)
    throw badParameter('maxEventCount', 'does not go with eventCountLimit')
  if (limit !== null && orderBy === null) throw badParameter('eventCountLimit', 'needs orderBy')
  const perPage = perPageOf(query)
  const after = afterOf(oneOf(query, 'nextPageToken'))
  return {
    column,
    descending: column !== null && direction !== 'ASC',
    perPage,
    maxEventCount,
    left: after?.left ?? limit,
    after,
  }
}

function orderColumn(orderBy: string): SQL {
  if (orderBy === 'eventTime') return sql`e.event_time`
  if (orderBy === 'recordTime') return sql`e.record_time`
  throw badParameter('orderBy', 'is eventTime or recordTime')
}

const token = (plain: string): string => Buffer.from(plain).toString('base64url')

function afterOf(given: string | null): { sort: string; id: string; left: number | null } | null {
  if (given === null) return null
  const match = /^(-?\d{1,18})\.(\d{1,18})\.(\d{0,6})$/.exec(
    Buffer.from(given, 'base64url').toString('latin1'),
  )
  if (!match) throw badParameter('nextPageToken', 'is no token of ours')
  const [, sort = '', id = '', left = ''] = match
  return { sort, id, left: left === '' ? null : Number(left) }
}

async function refuseTooMany(ctx: Ctx, where: SQL, max: number): Promise<void> {
  const rows = await ctx.db.execute(sql`select 1 from epcis_events e where ${where} limit ${max + 1}`)
  if (rows.length > max) throw new Fault('epcis_query_large', '', { params: { max } })
}
