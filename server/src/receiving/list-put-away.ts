import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, dayDiff, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { nearExpiryThresholdDays } from '@huming/shared/reference/shelf-life'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { likePattern, page } from '../kernel/page.ts'
import { packColumns } from '../supply/rows.ts'
import { type BinContent, suggest } from './put-away-rules.ts'

type Query = ContractParsed<Contracts['receiving.listPutAway']>['query']
type Reply = ContractReply<Contracts['receiving.listPutAway']>
type Row = Omit<Reply['items'][number], 'advice' | 'bins'> & { shelfLifeDays: number }
type Bin = BinContent & { zone: string }

/** What stands at the hub's docks, what has stood there longest first, with where it should go. */
export async function listPutAway(ctx: Ctx, hubId: string, query: Query): Promise<Reply> {
  allow(ctx, 'hub.read', { hubId })
  const today = serviceDayOf(ctx.now)
  const rows = await docs<Row>(ctx.db, dockQuery(hubId, query, addDays(today, 1)))
  const bins = await docs<Bin>(ctx.db, binQuery(hubId))
  const { items, nextCursor } = page(rows, query.limit, (last) => `${last.binId}~${last.lotId}`)
  return {
    nextCursor,
    items: items.map(({ shelfLifeDays, ...row }) => ({
      ...row,
      ...suggest(
        {
          ...row,
          remainingDays: dayDiff(today, row.useByDay as ServiceDay),
          nearExpiryDays: nearExpiryThresholdDays(shelfLifeDays),
        },
        bins.filter((bin) => bin.zone === row.zone),
      ),
    })),
  }
}

const dockQuery = (hubId: string, { search, cursor, limit }: Query, tomorrow: string) => sql`
  select l.id as "lotId", l.code as "lotCode", ${packColumns}, o.short_name as supplier, l.stage,
    l.use_by_day as "useByDay", k.shelf_life_days as "shelfLifeDays", b.code as bin, b.id as "binId", s.quantity,
    (select max(m.at) from movements m where m.lot_id = l.id and m.to_bin_id = b.id) as since,
    coalesce((select sum(r.quantity) from promises r join order_lines ol on ol.id = r.order_line_id
      join orders d on d.id = ol.order_id where r.lot_id = l.id and r.picked_quantity is null and d.day <= ${tomorrow}),
      0)::int8 as "promisedTonight"
  from bins b join bin_stock s on s.bin_id = b.id and s.quantity > 0 join lots l on l.id = s.lot_id
  join skus k on k.id = l.sku_id join products p on p.id = k.product_id join organisations o on o.id = l.org_id
  where b.hub_id = ${hubId} and b.kind = 'dock' and l.stage = 'received' and ${matching(search)} and ${after(cursor)}
  order by b.id, l.id limit ${limit + 1}`

function matching(search: string | undefined) {
  if (!search) return sql`true`
  const pattern = likePattern(search)
  return sql`(l.code ilike ${pattern} or p.name ilike ${pattern} or k.code ilike ${pattern} or k.gtin like ${pattern})`
}

const uuidPair = /^([0-9a-f-]{36})~([0-9a-f-]{36})$/
function after(cursor: string | undefined) {
  const [, binId, lotId] = uuidPair.exec(cursor ?? '') ?? []
  return binId && lotId ? sql`(b.id, l.id) > (${binId}::uuid, ${lotId}::uuid)` : sql`true`
}

const binQuery = (hubId: string) => sql`
  select b.code, b.kind, b.zone, b.sequence,
    coalesce((select json_agg(json_build_object('lotId', l.id, 'skuId', l.sku_id, 'useByDay', l.use_by_day))
      from bin_stock s join lots l on l.id = s.lot_id where s.bin_id = b.id and s.quantity > 0), '[]') as goods
  from bins b where b.hub_id = ${hubId} and b.closed_at is null and b.kind in ('pick_face', 'reserve', 'near_expiry')
  order by b.sequence, b.code limit 5000`
