import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { likePattern, page } from '../kernel/page.ts'
import { type BinDoc, binDoc } from './bin-shelf.ts'
import { all, goodsColumns, goodsJoins, hubScope } from './rows.ts'

type Stock = Contracts['storing.listStock']
export type StockRow = ContractReply<Stock>['items'][number]

/** What lies where, over `bin_stock x`, `bins b`, `lots l`. */
const stockQuery = (where: SQL, tail: SQL): SQL => sql`
  select ${goodsColumns}, b.hub_id as "hubId", b.id as "binId", b.code as bin, b.kind as "binKind", x.quantity, l.on_hand as "onHand",
    l.promised
  from bin_stock x join bins b on b.id = x.bin_id join lots l on l.id = x.lot_id ${goodsJoins}
  where x.quantity > 0 and ${where} ${tail}`

export const stockOf = (db: Db | Tx, lotId: string): Promise<StockRow[]> =>
  docs<StockRow>(db, stockQuery(sql`x.lot_id = ${lotId}`, sql`order by b.sequence, b.code limit 200`))

/** Stock of one's hubs by bin in walking order, then by what expires first. */
export async function listStock(
  ctx: Ctx,
  query: ContractParsed<Stock>['query'],
): Promise<ContractReply<Stock>> {
  allow(ctx, 'stock.read')
  const [sequence, bin, lot] = (query.cursor ?? '').split('|')
  const like = query.search ? likePattern(query.search) : ''
  const where = all([
    hubScope(ctx, sql`b.hub_id`),
    query.hubId !== undefined && sql`b.hub_id = ${query.hubId}`,
    query.binId !== undefined && sql`b.id = ${query.binId}`,
    query.lotId !== undefined && sql`l.id = ${query.lotId}`,
    query.zone !== undefined && sql`b.zone = ${query.zone}`,
    query.kind !== undefined && sql`b.kind = ${query.kind}`,
    like !== '' &&
      sql`(b.code ilike ${like} or l.code ilike ${like} or k.code ilike ${like} or p.name ilike ${like}
        or p.pinyin_full ilike ${like} or p.pinyin_initials ilike ${like})`,
    /^\d{1,9}$/.test(sequence ?? '') &&
      sql`(b.sequence, b.id::text, l.id::text) > (${Number(sequence)}::int, ${bin ?? ''}, ${lot ?? ''})`,
  ])
  const rows = await docs<StockRow & { sequence: number }>(
    ctx.db,
    sql`select q.*, b.sequence from (${stockQuery(where, sql`order by b.sequence, b.id::text, l.id::text limit ${query.limit + 1}`)}) q
      join bins b on b.id = q."binId" order by b.sequence, q."binId"::text, q."lotId"::text`,
  )
  const { items, nextCursor } = page(rows, query.limit, (r) => `${r.sequence}|${r.binId}|${r.lotId}`)
  return { items: items.map(({ sequence: _sequence, ...row }) => row), nextCursor }
}

type Movements = Contracts['storing.listMovements']

/** Movements of goods in one's hubs, newest first. */
export async function listMovements(
  ctx: Ctx,
  query: ContractParsed<Movements>['query'],
): Promise<ContractReply<Movements>> {
  allow(ctx, 'stock.read')
  const where = all([
    hubScope(ctx, sql`m.hub_id`),
    query.hubId !== undefined && sql`m.hub_id = ${query.hubId}`,
    query.lotId !== undefined && sql`m.lot_id = ${query.lotId}`,
    query.binId !== undefined && sql`(m.from_bin_id = ${query.binId} or m.to_bin_id = ${query.binId})`,
    query.kind !== undefined && sql`m.kind = ${query.kind}`,
    query.cursor !== undefined && sql`m.id < ${query.cursor}`,
  ])
  const rows = await docs<ContractReply<Movements>['items'][number]>(
    ctx.db,
    sql`select m.id, ${goodsColumns}, m.kind, m.quantity, f.code as "from", t.code as "to", m.reason, m.at,
        w.name as person
      from movements m join lots l on l.id = m.lot_id ${goodsJoins}
      left join bins f on f.id = m.from_bin_id left join bins t on t.id = m.to_bin_id
      left join events e on e.id = m.event_id left join people w on w.id = e.person_id
      where ${where} order by m.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

/** The bin or the lot a code names at the hub, with what lies there; nothing when it names neither. */
export async function scanStock(
  ctx: Ctx,
  hubId: string,
  code: string,
): Promise<ContractReply<Contracts['storing.scan']>> {
  allow(ctx, 'stock.read', { hubId })
  const codes = codesIn(code, ['lot'])
  const named = sql`in (${sql.join(
    codes.map((one) => sql`${one}`),
    sql`, `,
  )})`
  const bin: BinDoc | undefined = await binDoc(ctx.db, sql`b.hub_id = ${hubId} and b.code ${named}`)
  const where = bin ? sql`b.id = ${bin.id}` : sql`b.hub_id = ${hubId} and l.code ${named}`
  const stock = await docs<StockRow>(
    ctx.db,
    stockQuery(where, sql`order by b.sequence, b.code, l.use_by_day, l.id limit 200`),
  )
  return { bin: bin ?? null, stock }
}
