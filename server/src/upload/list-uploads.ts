import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, serviceDayOf } from '@huming/shared/days'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault, found } from '../kernel/fault.ts'
import { likePattern, page } from '../kernel/page.ts'
import { wayOf } from './client.ts'

type Route = Contracts['upload.list']
type Reply = ContractReply<Route>
export type Upload = Reply['items'][number]
type Filter = Pick<ContractParsed<Route>['query'], 'show' | 'kind' | 'search'>

/** Late: not taken in time, whether it was taken since or not. */
const lateAt = (now: Date): SQL => sql`coalesce(u.accepted_at, ${now.toISOString()}::timestamptz) > u.due_at`

/** The condition of a filter, over `trace_uploads u`. */
export function filterOf({ show, kind, search }: Filter, now: Date): SQL {
  const shown: Record<Filter['show'], SQL> = {
    open: sql`u.status <> 'accepted'`,
    late: sql`u.status <> 'accepted' and ${lateAt(now)}`,
    waiting: sql`u.status = 'waiting'`,
    rejected: sql`u.status = 'rejected'`,
    accepted: sql`u.status = 'accepted'`,
    all: sql`true`,
  }
  const pattern = search ? likePattern(search) : null
  return sql`${shown[show]} and ${kind ? sql`u.kind = ${kind}` : sql`true`}
    and ${
      pattern
        ? sql`(u.record ->> 'name' ilike ${pattern} or u.record ->> 'lot' ilike ${pattern}
            or u.record ->> 'partyName' ilike ${pattern} or u.receipt_no ilike ${pattern})`
        : sql`true`
    }`
}

export const uploadQuery = (now: Date, where: SQL, tail: SQL): SQL => sql`
  select u.id, u.kind, o.short_name as org, h.name as hub, u.record, u.event_at as "eventAt", u.due_at as "dueAt",
    ${lateAt(now)} as late, u.status, u.attempts, u.next_try_at as "nextTryAt", u.receipt_no as "receiptNo",
    u.accepted_at as "acceptedAt", u.last_error as "lastError", u.is_sample as "isSample"
  from trace_uploads u join organisations o on o.id = u.org_id left join hubs h on h.id = u.hub_id
  where ${where} ${tail}`

/** What is due at the city’s trace platform, the most urgent first; what has been taken, newest first. */
export async function listUploads(ctx: Ctx, query: ContractParsed<Route>['query']): Promise<Reply> {
  allow(ctx, 'upload.read')
  const newest = query.show === 'accepted' || query.show === 'all'
  const [dueAt, id] = cursorOf(query.cursor)
  const beyond = newest ? sql`<` : sql`>`
  const after =
    id === undefined ? sql`true` : sql`(u.due_at, u.id) ${beyond} (${dueAt}::timestamptz, ${id}::uuid)`
  const order = newest ? sql`order by u.due_at desc, u.id desc` : sql`order by u.due_at, u.id`
  const rows = await docs<Upload>(
    ctx.db,
    uploadQuery(
      ctx.now,
      sql`${filterOf(query, ctx.now)} and ${after}`,
      sql`${order} limit ${query.limit + 1}`,
    ),
  )
  return {
    ...page(rows, query.limit, (row) => `${row.dueAt}/${row.id}`),
    counts: await uploadCounts(ctx),
    way: wayOf(process.env),
  }
}

function cursorOf(cursor: string | undefined): [dueAt?: string, id?: string] {
  if (cursor === undefined) return []
  const [dueAt, id] = cursor.split('/')
  const good = dueAt && !Number.isNaN(Date.parse(dueAt)) && id && /^[0-9a-f-]{36}$/.test(id)
  if (!good) throw new Fault('bad_input', '', { pointers: [{ pointer: '/query/cursor', reason: 'unknown' }] })
  return [new Date(dueAt).toISOString() === dueAt ? dueAt : dueAt, id]
}

/** Figures for the desk and the board of the night. */
export async function uploadCounts(ctx: Pick<Ctx, 'db' | 'now'>): Promise<Reply['counts']> {
  const today = instantAt(serviceDayOf(ctx.now), 0).toISOString()
  const [row] = await ctx.db.execute<Reply['counts']>(sql`
    select (count(*) filter (where status = 'waiting'))::int as waiting,
      (count(*) filter (where status <> 'accepted' and ${lateAt(ctx.now)}))::int as late,
      (count(*) filter (where status = 'rejected'))::int as rejected,
      (count(*) filter (where status = 'accepted' and accepted_at >= ${today}::timestamptz))::int as "acceptedToday",
      (count(*) filter (where status = 'accepted' and accepted_at > due_at
        and accepted_at >= ${today}::timestamptz))::int as "acceptedLate"
    from trace_uploads u where status <> 'accepted' or accepted_at >= ${today}::timestamptz`)
  return found(row)
}
