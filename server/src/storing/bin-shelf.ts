import { bins } from '@huming/db/schema/bins'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { likePattern, page } from '../kernel/page.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'
import { all, hubScope } from './rows.ts'

type List = Contracts['storing.listBins']
export type BinDoc = ContractReply<Contracts['storing.writeBin']>

/** Bins as screens show them; `where` is over `bins b`. */
const binQuery = (where: SQL, tail: SQL): SQL => sql`
  select b.id, b.hub_id as "hubId", b.code, b.zone, b.kind, b.sequence, b.closed_at as "closedAt",
    (select count(*) from bin_stock s where s.bin_id = b.id and s.quantity > 0) as lots,
    (select max(coalesce(c.decided_at, c.second_at, c.first_at)) from bin_counts c
      where c.bin_id = b.id and c.status = 'done') as "countedAt"
  from bins b where ${where} ${tail}`

export async function binDoc(db: Db | Tx, where: SQL): Promise<BinDoc | undefined> {
  const [doc] = await docs<BinDoc>(db, binQuery(where, sql`limit 1`))
  return doc
}

/** Bins of the hubs one may see, in walking order. */
export async function listBins(ctx: Ctx, query: ContractParsed<List>['query']): Promise<ContractReply<List>> {
  allow(ctx, 'stock.read')
  const [sequence, code, hub] = (query.cursor ?? '').split('|')
  const where = all([
    hubScope(ctx, sql`b.hub_id`),
    query.hubId !== undefined && sql`b.hub_id = ${query.hubId}`,
    query.zone !== undefined && sql`b.zone = ${query.zone}`,
    query.kind !== undefined && sql`b.kind = ${query.kind}`,
    query.search !== undefined && sql`b.code ilike ${likePattern(query.search)}`,
    query.closed !== true && sql`b.closed_at is null`,
    /^\d{1,9}$/.test(sequence ?? '') &&
      sql`(b.sequence, b.code, b.hub_id::text) > (${Number(sequence)}::int, ${code ?? ''}, ${hub ?? ''})`,
  ])
  const rows = await docs<BinDoc>(
    ctx.db,
    binQuery(where, sql`order by b.sequence, b.code, b.hub_id::text limit ${query.limit + 1}`),
  )
  return page(rows, query.limit, (last) => `${last.sequence}|${last.code}|${last.hubId}`)
}

/**
 * Opens a bin, or changes its place in the walk. Code, zone and kind of a bin never change: goods lie there under
 * them. A repeat gives the same.
 */
export async function writeBin(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Contracts['storing.writeBin']>['body'],
): Promise<BinDoc> {
  allow(ctx, 'bin.write', { hubId: body.hubId })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [before] = await tx.select().from(bins).where(eq(bins.id, id)).for('update')
    if (before) allow(ctx, 'bin.write', { hubId: before.hubId })
    const { hubId, code, zone, kind, sequence } = body
    const fixed =
      before &&
      [before.hubId, before.code, before.zone, before.kind].join() !== [hubId, code, zone, kind].join()
    if (fixed) throw new Fault('bin_fixed')
    if (before?.sequence !== sequence) {
      await tx
        .insert(bins)
        .values({ id, hubId, code, zone, kind, sequence })
        .onConflictDoUpdate({ target: bins.id, set: { sequence } })
        .catch((error: unknown) => {
          if (violatedConstraint(error) === 'bin_code_per_hub')
            throw new Fault('bin_code_taken', '', { pointers: [{ pointer: '/body/code', reason: 'taken' }] })
          throw error
        })
      await emit(tx, ctx, {
        type: 'bin.written',
        subjectId: id,
        hubId,
        payload: { code, zone, kind, sequence },
      })
    }
    return found(await binDoc(tx, sql`b.id = ${id}`))
  })
}

/** Closes a bin in which nothing lies, or opens it again. A repeat changes nothing. */
export async function closeBin(ctx: Ctx, id: string, closed: boolean): Promise<BinDoc> {
  allow(ctx, 'bin.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(bins).where(eq(bins.id, id)).for('update')
    const bin = found(row)
    allow(ctx, 'bin.write', { hubId: bin.hubId })
    if ((bin.closedAt !== null) !== closed) {
      const [lying] = await tx.execute(
        sql`select 1 from bin_stock where bin_id = ${id} and quantity > 0 limit 1`,
      )
      if (closed && lying) throw new Fault('bin_not_empty', '', { params: { bin: bin.code } })
      await tx
        .update(bins)
        .set({ closedAt: closed ? ctx.now : null })
        .where(eq(bins.id, id))
      const type = closed ? 'bin.closed' : 'bin.opened'
      await emit(tx, ctx, { type, subjectId: id, hubId: bin.hubId, payload: { code: bin.code } })
    }
    return found(await binDoc(tx, sql`b.id = ${id}`))
  })
}
