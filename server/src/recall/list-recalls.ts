import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { briefColumns, briefOf } from './read-recall.ts'
import { taskQuery } from './task-rows.ts'

const uuid = /^[0-9a-f-]{36}$/

/** A cursor that is an id, or the refusal. */
export function cursorId(cursor: string): string {
  if (uuid.test(cursor)) return cursor
  throw new Fault('bad_input', '', { pointers: [{ pointer: '/query/cursor', reason: 'unknown' }] })
}

type ListQuery = ContractParsed<Contracts['recall.list']>['query']

/** Recalls and drills, newest first. */
export async function listRecalls(
  ctx: Ctx,
  query: ListQuery,
): Promise<ContractReply<Contracts['recall.list']>> {
  allow(ctx, 'recall.read')
  const ended = sql`r.status in ('closed', 'withdrawn')`
  const show = { open: sql`not ${ended}`, done: ended, all: sql`true` }[query.show]
  const drill = query.drill === undefined ? sql`true` : sql`r.drill = ${query.drill === 'true'}`
  const after = query.cursor === undefined ? sql`true` : sql`r.id < ${cursorId(query.cursor)}`
  const rows = await docs<Parameters<typeof briefOf>[0]>(
    ctx.db,
    sql`select ${briefColumns} from recalls r where ${show} and ${drill} and ${after}
      order by r.id desc limit ${query.limit + 1}`,
  )
  return page(
    rows.map((row) => briefOf(row, ctx.now)),
    query.limit,
    (row) => row.id,
  )
}

type TaskQuery = ContractParsed<Contracts['recall.tasks']>['query']

/** What a hub has to fetch; done ones newest first. */
export async function listTasks(
  ctx: Ctx,
  query: TaskQuery,
): Promise<ContractReply<Contracts['recall.tasks']>> {
  allow(ctx, 'recall.fetch', { hubId: query.hubId })
  const after = query.cursor === undefined ? sql`true` : sql`t.id < ${cursorId(query.cursor)}`
  const rows = await docs<ContractReply<Contracts['recall.tasks']>['items'][number]>(
    ctx.db,
    taskQuery(
      sql`t.hub_id = ${query.hubId} and t.status = ${query.show} and ${after}`,
      sql`order by t.id desc limit ${query.limit + 1}`,
    ),
  )
  return page(rows, query.limit, (row) => row.id)
}
