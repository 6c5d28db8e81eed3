import { type EpcisCollection, epcisCollections } from '@huming/shared/contracts/epcis-views'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { cbvWords } from './cbv-words.ts'
import { oneOf, perPageOf } from './paging.ts'
import type { Query } from './parameter-values.ts'
import { queryEvents, readable } from './query-events.ts'

const eventTypes = [
  'AggregationEvent',
  'AssociationEvent',
  'ObjectEvent',
  'TransactionEvent',
  'TransformationEvent',
]
/** Values of our own in words' fields are few; more are not listed. */
const ownWordsMax = 1000

const parameters: Readonly<Record<EpcisCollection, string>> = {
  eventTypes: 'eventType',
  epcs: 'MATCH_anyEPC',
  bizSteps: 'EQ_bizStep',
  bizLocations: 'EQ_bizLocation',
  readPoints: 'EQ_readPoint',
  dispositions: 'EQ_disposition',
}

/** The collection of that name; any other is `not_found`. */
const named = (name: string): EpcisCollection => found(epcisCollections.find((one) => one === name))

/** The SimpleEventQuery that a member of a collection stands for. */
export const queryOf = (name: string, value: string): Query => ({ [parameters[named(name)]]: value })

type Members = { readonly member: string[]; readonly nextPageToken: string | null }

/**
 * Values of a collection in their order, a page at a time: event types of the standard; words of the CBV and others in
 * events one may read; places and EPCs of these events.
 */
export async function listMembers(ctx: Ctx, name: string, query: Query): Promise<Members> {
  allow(ctx, 'epcis.read')
  const collection = named(name)
  const perPage = perPageOf(query)
  const token = oneOf(query, 'nextPageToken')
  const after = token === null ? '' : Buffer.from(token, 'base64url').toString()
  const values = await valuesOf(ctx, collection, after, perPage + 1)
  const member = values.slice(0, perPage)
  const last = member.at(-1)
  const more = values.length > perPage && last !== undefined
  return { member, nextPageToken: more ? Buffer.from(last).toString('base64url') : null }
}

/** Refuses a value that stands in no event one may read. */
export async function findMember(ctx: Ctx, name: string, value: string): Promise<void> {
  allow(ctx, 'epcis.read')
  const collection = named(name)
  if (collection === 'eventTypes' && eventTypes.includes(value)) return
  if (collection === 'bizSteps' && cbvWords['bizStep']?.has(value)) return
  if (collection === 'dispositions' && cbvWords['disposition']?.has(value)) return
  const { events } = await queryEvents(ctx, { perPage: '1' }, queryOf(collection, value))
  if (events.length === 0) throw new Fault('not_found')
}

async function valuesOf(
  ctx: Ctx,
  collection: EpcisCollection,
  after: string,
  limit: number,
): Promise<string[]> {
  const beyond = (values: readonly string[]) => values.filter((value) => value > after).slice(0, limit)
  if (collection === 'eventTypes') return beyond(eventTypes)
  if (collection === 'bizSteps') return beyond(await words(ctx, 'bizStep', sql`e.biz_step`))
  if (collection === 'dispositions') return beyond(await words(ctx, 'disposition', sql`e.disposition`))
  if (collection === 'bizLocations') return columnValues(ctx, sql`e.biz_location`, after, limit)
  if (collection === 'readPoints') return columnValues(ctx, sql`e.read_point`, after, limit)
  return things(ctx, after, limit)
}

/** All words of the CBV for a field, and what else events say there, in the order of their letters. */
async function words(ctx: Ctx, field: string, column: SQL): Promise<string[]> {
  const standard = cbvWords[field] ?? new Map<string, string>()
  const iris = new Set(standard.values())
  const said = await columnValues(ctx, column, '', ownWordsMax)
  return [...standard.keys(), ...said.filter((value) => !iris.has(value))].toSorted()
}

/** Different values of a column, leaping from one to the next by its index. */
async function columnValues(ctx: Ctx, column: SQL, after: string, limit: number): Promise<string[]> {
  const next = (than: SQL) => sql`
    select min(${column} collate "C") from epcis_events e
    where ${readable(ctx)} and ${column} collate "C" > ${than}`
  const rows = await ctx.db.execute<{ value: string }>(sql`
    with recursive v(value, n) as (
      select (${next(sql`${after}`)}), 1
      union all
      select (${next(sql`v.value`)}), v.n + 1 from v where v.value is not null and v.n < ${limit}::int)
    select value from v where value is not null order by n`)
  return [...rows].map((row) => row.value)
}

/** EPCs by identity, whatever part they play in an event. */
async function things(ctx: Ctx, after: string, limit: number): Promise<string[]> {
  const rows = await ctx.db.execute<{ value: string }>(sql`
    select distinct substring(t from position(':' in t) + 1) collate "C" as value
    from epcis_events e, unnest(e.things) t
    where ${readable(ctx)} and split_part(t, ':', 1) in ('epc', 'child', 'parent', 'in', 'out')
      and substring(t from position(':' in t) + 1) collate "C" > ${after}
    order by 1 limit ${limit}`)
  return [...rows].map((row) => row.value)
}
