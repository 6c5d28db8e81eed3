import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { evidenceOfLot } from '../temperature/evidence.ts'
import { scopeOf } from './scope.ts'

type PublicLot = ContractReply<Contracts['tracing.publicLot']>

type Row = Omit<PublicLot, 'state' | 'papers' | 'temperature' | 'madeOf'> & {
  id: string
  stage: string
  lowest: number | null
  highest: number | null
  readings: number
}

/**
 * What anybody may know of goods by the code on them (农产品质量安全法 Art. 40; domain 3.8). No people, buyers, prices or
 * quantities. A lot not made yet, and one whose GTIN is another, is `not_found`.
 */
export async function readPublicLot(ctx: Ctx, code: string, gtin?: string): Promise<PublicLot> {
  const [row] = await ctx.db.execute<Row>(lotQuery(code.trim().toUpperCase()))
  const { id, stage, lowest, highest, readings, ...lot } = found(row)
  if (gtin !== undefined && gtin.padStart(14, '0') !== lot.gtin?.padStart(14, '0'))
    throw new Fault('not_found')
  return {
    ...lot,
    state: stateOf(stage),
    papers: await papersOf(ctx, id),
    temperature: withRoad({ lowest, highest, readings }, await evidenceOfLot(ctx.db, id)),
    madeOf: await madeOf(ctx, id),
  }
}

/** Hand readings and those of the trucks' devices together. */
function withRoad(
  hand: Pick<Row, 'lowest' | 'highest' | 'readings'>,
  road: { lowest: number; highest: number; readings: number } | null,
): PublicLot['temperature'] {
  const low = [hand.lowest, road?.lowest].filter((one) => typeof one === 'number')
  const high = [hand.highest, road?.highest].filter((one) => typeof one === 'number')
  if (low.length === 0 || high.length === 0) return null
  return {
    lowest: Math.min(...low),
    highest: Math.max(...high),
    readings: hand.readings + (road?.readings ?? 0),
  }
}

const stateOf = (stage: string): PublicLot['state'] =>
  stage === 'recalled' || stage === 'held' || stage === 'expired' || stage === 'destroyed' ? stage : 'normal'

const shanghaiDay = (at: ReturnType<typeof sql>) =>
  sql`to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`

const lotQuery = (code: string) => sql`
  select l.id, l.stage, l.code, p.name, p.name_en as "nameEn", k.spec, p.picture, p.category,
    p.county_code as "countyCode", coalesce((select x.origin from lot_papers x
      where x.lot_id = l.id and x.voided_at is null and x.origin <> '' order by x.issued_on, x.id limit 1), '') as place,
    o.name as producer, k.gtin, l.made_on as "madeOn", l.use_by_day as "useByDay", k.storage, k.allergens,
    (select ${shanghaiDay(sql`min(m.at)`)} from movements m
      where m.lot_id = l.id and m.from_bin_id is null and m.quantity > 0) as "inDay",
    (select ${shanghaiDay(sql`min(m.at)`)} from movements m
      where m.lot_id = l.id and m.kind = 'pick') as "outDay",
    h.name as hub, l.is_sample as "isSample", t.lowest, t.highest, t.readings
  from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join organisations o on o.id = l.org_id join hubs h on h.id = l.hub_id
  cross join lateral (
    select min(deci) as lowest, max(deci) as highest, count(*)::int as readings from (
      select x.surface_deci_c as deci from consignment_lines x where x.lot_id = l.id and x.surface_deci_c is not null
      union all
      select s.temperature_deci_c from stops s where s.temperature_deci_c is not null and exists (
        select 1 from deliveries d where d.stop_id = s.id and d.lot_id = l.id and d.quantity > 0)
        and s.id in (select d.stop_id from deliveries d where d.lot_id = l.id)
    ) r
  ) t
  where l.code = ${code} and l.stage not in ('planned', 'withdrawn')`

async function papersOf(ctx: Ctx, lotId: string): Promise<PublicLot['papers']> {
  const rows = await ctx.db.execute<PublicLot['papers'][number]>(sql`
    select kind, number, issued_on as day, tested as result from lot_papers
    where lot_id = ${lotId} and voided_at is null order by issued_on, id limit 20`)
  return [...rows]
}

/** One step back: what a food was made of. */
async function madeOf(ctx: Ctx, lotId: string): Promise<PublicLot['madeOf']> {
  const { edges } = await scopeOf(ctx.db, [lotId], 'back')
  const ids = edges
    .filter((edge) => edge.toId === lotId && edge.kind === 'made_of')
    .map((edge) => edge.fromId)
  if (ids.length === 0) return []
  const rows = await ctx.db.execute<PublicLot['madeOf'][number]>(sql`
    select distinct p.name, p.name_en as "nameEn", p.county_code as "countyCode", l.code
    from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
    where l.id = any(${`{${ids.join(',')}}`}::uuid[]) order by 1, 4 limit 30`)
  return [...rows]
}
