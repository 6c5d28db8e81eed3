import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { likePattern, page } from '../kernel/page.ts'
import { type TermsRow, termsOf } from './calendar.ts'

type Route = Contracts['orders.list']
type Brief = ContractReply<Route>['items'][number]
export type BriefRow = Omit<Brief, 'cutOffAt' | 'placedAt'> & {
  placedAt: Date
  closedAt: Date | null
  terms: TermsRow[] | null
}

/** Orders one may see, newest first: the ids carry the time of the basket. */
export async function listOrders(
  ctx: Ctx,
  query: ContractParsed<Route>['query'],
): Promise<ContractReply<Route>> {
  const orgIds = visibleOrgIds(ctx, 'order.read')
  const { sql } = ctx
  if (query.cursor !== undefined && !uuid.test(query.cursor)) throw badCursor()
  const search = query.search?.trim()
  const rows = await sql<BriefRow[]>`
    select ${briefColumns(ctx)} from ${briefTables(ctx)}
    where true
      ${orgIds === 'all' ? sql`` : sql`and o.org_id = any(${orgIds})`}
      ${query.cursor ? sql`and o.id < ${query.cursor}` : sql``}
      ${query.siteId ? sql`and o.site_id = ${query.siteId}` : sql``}
      ${query.day ? sql`and o.hub_id in (select id from hubs) and o.day = ${query.day}` : sql``}
      ${query.status ? sql`and o.status = ${query.status}` : sql``}
      ${search ? sql`and (o.number = ${search.toUpperCase()} or o.site_id in (${sitesLike(ctx, search)}))` : sql``}
    order by o.id desc limit ${query.limit + 1}`
  const { items, nextCursor } = page(rows, query.limit, (row) => row.id)
  return { items: items.map(briefOf), nextCursor }
}

const sitesLike = ({ sql }: Ctx, search: string) => sql`
  select z.id from sites z join organisations y on y.id = z.org_id
  where z.name ilike ${likePattern(search)} or y.name ilike ${likePattern(search)}`

/** Orders `o` with buyer `b`, site `s` and what tells the cut-off. */
export const briefTables = ({ sql }: Pick<Ctx, 'sql'>) => sql`
  orders o join organisations b on b.id = o.org_id join sites s on s.id = o.site_id
  left join cut_offs c on c.hub_id = o.hub_id and c.day = o.day and c.buyer_class = b.buyer_class
  cross join lateral (select count(*)::int4 as lines, count(*) filter (where l.cut_quantity > 0)::int4 as cut,
    sum(l.final_fen)::int8 as final from order_lines l where l.order_id = o.id) n`

export const briefColumns = ({ sql }: Pick<Ctx, 'sql'>) => sql`
  o.id, o.number, o.org_id as "orgId", b.name as buyer, b.buyer_class as "buyerClass", o.site_id as "siteId",
  s.name as site, o.hub_id as "hubId", o.day, o.window_from as "windowFrom", o.window_to as "windowTo", o.status,
  o.total_fen as "totalFen", n.final as "finalFen", n.lines as "lineCount", n.cut as "cutLines",
  o.placed_at as "placedAt", o.version, o.is_sample as "isSample", c.closed_at as "closedAt",
  (select json_agg(json_build_object('hubId', r.hub_id, 'buyerClass', r.buyer_class, 'daysBefore', r.days_before,
      'minutes', r.minutes, 'minimumFen', r.minimum_fen, 'validFrom', r.valid_from, 'validTo', r.valid_to))
    from cut_off_rules r where r.hub_id = o.hub_id and r.buyer_class = b.buyer_class
      and r.valid_from <= o.day and r.valid_to >= o.day) as terms`

export function briefOf({ closedAt, terms, placedAt, ...row }: BriefRow): Brief {
  const { cutOffAt } = termsOf(terms ?? [], row.hubId, row.buyerClass as BuyerClass, row.day as ServiceDay)
  const until = closedAt && closedAt < cutOffAt ? closedAt : cutOffAt
  return { ...row, placedAt: placedAt.toISOString(), cutOffAt: until.toISOString() }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const badCursor = () =>
  new Fault('bad_input', '', { pointers: [{ pointer: '/query/cursor', reason: 'unknown' }] })
