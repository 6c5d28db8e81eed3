import { bins } from '@huming/db/schema/bins'
import { lots } from '@huming/db/schema/stock'
import { binCountLines, binCounts } from '@huming/db/schema/storing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { newId } from '@huming/shared/ids'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { allow, person, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'
import { type CountDoc, type CountRow, countBriefs, countDoc, lockCount } from './count-rows.ts'
import { differenceOf, isWithin } from './count-rules.ts'
import { clearDoubt } from './room.ts'

type Open = Contracts['storing.openCounts']

/** Asks for bins to be counted; one count of a bin at a time. A repeat gives the same. */
export async function openCounts(
  ctx: Ctx,
  { hubId, counts, reason }: ContractParsed<Open>['body'],
): Promise<ContractReply<Open>> {
  allow(ctx, 'stock.approve', { hubId })
  return inTransaction(ctx, async (tx) => {
    const binIds = [...new Set(counts.map((one) => one.binId))]
    const known = await tx
      .select()
      .from(bins)
      .where(and(inArray(bins.id, binIds), eq(bins.hubId, hubId)))
      .orderBy(asc(bins.id))
      .for('update')
    if (known.length < binIds.length || binIds.length < counts.length)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/counts', reason: 'unknown' }] })
    for (const { id, binId } of counts) {
      const [before] = await tx.select().from(binCounts).where(eq(binCounts.id, id))
      if (before && before.binId !== binId) throw new Fault('id_reused')
      if (before) continue
      const bin = known.find((one) => one.id === binId)
      const [busy] = await tx
        .select({ id: binCounts.id })
        .from(binCounts)
        .where(and(eq(binCounts.binId, binId), inArray(binCounts.status, ['open', 'recount', 'review'])))
      if (busy) throw new Fault('count_open', '', { params: { bin: bin?.code ?? '' } })
      await tx
        .insert(binCounts)
        .values({ id, hubId, binId, status: 'open', reason, openedBy: personIdOf(ctx), openedAt: ctx.now })
      await emit(tx, ctx, {
        type: 'count.opened',
        subjectId: id,
        hubId,
        payload: { bin: bin?.code ?? '', reason },
      })
    }
    return { items: await countBriefs(tx, sql`c.id = ${anyOf(counts.map((one) => one.id))}`) }
  })
}

type Body = ContractParsed<Contracts['storing.submitCount']>['body']

/**
 * What somebody counted in the bin, without having been shown what should be there. Lots not named were not found.
 * Picks that happened while they counted are allowed for. Where any lot differs by more than its tolerance, somebody
 * else counts again; when that differs, too, the lead decides.
 */
export async function submitCount(ctx: Ctx, id: string, body: Body): Promise<CountDoc> {
  allow(ctx, 'stock.count')
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await lockCount(tx, ctx, id, 'stock.count')
    if (await repeats(tx, row, body, personId)) return countDoc(tx, ctx, id)
    const second = row.status === 'recount'
    if (row.status !== 'open' && !second) throw new Fault('wrong_state')
    if (second && row.firstBy === personId) throw new Fault('other_person_needed')
    const startedAt = new Date(body.startedAt)
    if (startedAt > new Date(ctx.now.getTime() + clockSkewMs) || startedAt < row.openedAt)
      throw new Fault('times_wrong', '', {
        pointers: [{ pointer: '/body/startedAt', reason: 'out_of_range' }],
      })
    const lines = await compare(tx, row, body, startedAt)
    const agreed = lines.every((line) => line.agrees)
    const status = nextStatus('binCount', row.status, agreed ? 'agree' : 'differ')
    if (!status) throw new Fault('wrong_state')
    for (const { lotId, counted, difference } of lines) {
      const figures = second
        ? { secondQuantity: counted, secondDifference: difference }
        : { firstQuantity: counted, firstDifference: difference }
      await tx
        .insert(binCountLines)
        .values({ id: newId(), countId: id, lotId, ...figures })
        .onConflictDoUpdate({ target: [binCountLines.countId, binCountLines.lotId], set: figures })
    }
    const by = second ? { secondBy: personId, secondAt: ctx.now } : { firstBy: personId, firstAt: ctx.now }
    await tx
      .update(binCounts)
      .set({ status, ...by })
      .where(eq(binCounts.id, id))
    if (agreed) await clearDoubt(tx, row.binId)
    await emit(tx, ctx, {
      type: agreed ? 'count.agreed' : 'count.differed',
      subjectId: id,
      hubId: row.hubId,
      payload: { second, lots: lines.length, differing: lines.filter((line) => !line.agrees).length },
    })
    return countDoc(tx, ctx, id)
  })
}

/** A PDA's clock may be ahead by so much. */
const clockSkewMs = 120_000

/** The same person sent the same figures before. */
async function repeats(tx: Tx, row: CountRow, body: Body, personId: string): Promise<boolean> {
  const which =
    row.secondBy === personId ? 'secondQuantity' : row.firstBy === personId ? 'firstQuantity' : null
  if (which === null || row.status === 'open') return false
  const lines = await tx.select().from(binCountLines).where(eq(binCountLines.countId, row.id))
  const told = new Map(body.lines.map((line) => [line.lotId, line.quantity]))
  const noted = new Map(
    lines.flatMap((line) => (line[which] === null ? [] : [[line.lotId, line[which]] as const])),
  )
  return [...new Set([...told.keys(), ...noted.keys()])].every(
    (lotId) => (told.get(lotId) ?? 0) === (noted.get(lotId) ?? 0),
  )
}

type Compared = { lotId: string; counted: number; difference: number; agrees: boolean }
type BookRow = {
  id: string
  hubId: string
  quantity: number
  toleranceBp: number
  changes: { quantity: number }[]
}

/** Each lot named or lying there against the book, under its lock. */
async function compare(tx: Tx, row: CountRow, body: Body, startedAt: Date): Promise<Compared[]> {
  const counted = new Map(body.lines.map((line) => [line.lotId, line.quantity]))
  if (counted.size < body.lines.length)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/lines', reason: 'twice' }] })
  const lying = await tx.execute<{ id: string }>(
    sql`select lot_id as id from bin_stock where bin_id = ${row.binId} and quantity > 0`,
  )
  const before = await tx
    .select({ id: binCountLines.lotId })
    .from(binCountLines)
    .where(eq(binCountLines.countId, row.id))
  const ids = [...new Set([...counted.keys(), ...lying.map((one) => one.id), ...before.map((one) => one.id)])]
  await tx
    .select({ id: lots.id })
    .from(lots)
    .where(inArray(lots.id, [row.binId, ...ids]))
    .orderBy(asc(lots.id))
    .for('update')
  const book = await tx.execute<BookRow>(sql`
    select l.id, l.hub_id as "hubId", coalesce(x.quantity, 0)::int8 as quantity, t.tolerance_bp as "toleranceBp", (
        select coalesce(json_agg(json_build_object('quantity',
          case when m.to_bin_id = ${row.binId} then abs(m.quantity) else -abs(m.quantity) end) order by m.at desc, m.id desc), '[]')
        from movements m where m.lot_id = l.id and m.at >= ${startedAt.toISOString()}::timestamptz
          and (m.from_bin_id = ${row.binId} or m.to_bin_id = ${row.binId})) as changes
    from lots l join skus k on k.id = l.sku_id left join bin_stock x on x.lot_id = l.id and x.bin_id = ${row.binId}
    join count_tolerances t on t.kind = case when k.catch_weight then 'weighed' else 'counted' end
    where l.id = ${anyOf(ids)} order by l.id`)
  if (book.length < ids.length || book.some((lot) => lot.hubId !== row.hubId)) throw new Fault('lot_not_here')
  return book.map(({ id, quantity, toleranceBp, changes }) => {
    const found = counted.get(id) ?? 0
    const difference = differenceOf(found, quantity, changes)
    return { lotId: id, counted: found, difference, agrees: isWithin(difference, quantity, toleranceBp) }
  })
}
