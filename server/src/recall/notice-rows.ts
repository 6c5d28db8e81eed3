import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { scopeOf } from '../tracing/scope.ts'
import { lotColumns } from './balance.ts'
import type { RecallDoc } from './read-recall.ts'

type NoticeDoc = RecallDoc['notices'][number]

const goods = sql`(select coalesce(json_agg(g order by g."lotCode"), '[]') from (
  select ${lotColumns}, x.quantity, x.kept_quantity as "keptQuantity", x.used_quantity as "usedQuantity",
    x.recovered_quantity as "recoveredQuantity"
  from recall_notice_goods x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
  join products p on p.id = k.product_id where x.notice_id = n.id) g)`

/** Columns of a notice without whom to phone, over `recall_notices n`, `organisations o`. */
export const noticeColumns = sql`n.id, n.kind, n.org_id as "orgId", o.short_name as org,
  coalesce((select s.name from sites s where s.id = n.place_id), o.short_name) as place, n.sent_at as "sentAt",
  n.answer_due_at as "answerDueAt", n.answered_at as "answeredAt",
  (select b.name from people b where b.id = n.answered_by) as "answeredBy", n.answer_note as "answerNote",
  n.photo_file_ids as "photoFileIds", ${goods} as goods`

const calls = sql`(select s.contact_name from sites s where s.id = n.place_id) as "contactName",
  (select s.contact_phone from sites s where s.id = n.place_id) as "contactPhone",
  n.call_since as "callSince", n.called_at as "calledAt", n.call_note as "callNote"`

/** The notices of a recall; while its scope is not written down, those that would follow are shown with them. */
export async function noticesOf(
  tx: Db | Tx,
  recall: { id: string; status: string },
  lotIds: readonly string[],
): Promise<NoticeDoc[]> {
  const written = await docs<NoticeDoc & { placeId: string }>(
    tx,
    sql`select ${noticeColumns}, ${calls}, n.place_id as "placeId" from recall_notices n
      join organisations o on o.id = n.org_id where n.recall_id = ${recall.id}
      order by n.kind, o.short_name, n.id limit 2000`,
  )
  if (recall.status !== 'draft' && recall.status !== 'stop_sale') return written.map(shownOf)
  const known = new Set(written.map((notice) => notice.placeId))
  const coming = (await placesOf(tx, lotIds)).filter((place) => !known.has(place.placeId))
  return [...written.map(shownOf), ...(await previewOf(tx, coming))]
}

const shownOf = (notice: NoticeDoc & { placeId: string }): NoticeDoc => {
  const { placeId: _, ...shown } = notice
  return shown
}

/** Goods of one lot at one place. */
export type PlaceGoods = {
  readonly kind: 'buyer' | 'supplier'
  readonly orgId: string
  readonly placeId: string
  readonly hubId: string
  readonly lotId: string
  readonly quantity: number
}

/**
 * Every place that must be told: the sites that were handed goods of the lots, with exactly how much, and the
 * suppliers, with what still lies at their base.
 */
export async function placesOf(tx: Db | Tx, lotIds: readonly string[]): Promise<PlaceGoods[]> {
  if (lotIds.length === 0) return []
  const wanted = new Set(lotIds)
  const handed = (await scopeOf(tx, lotIds, 'forward')).sites.filter(
    (one) => wanted.has(one.lotId) && one.quantity > 0,
  )
  const buyers = await tx.execute<PlaceGoods>(sql`
    select 'buyer' as kind, s.org_id as "orgId", s.id as "placeId", s.hub_id as "hubId", h.lot_id as "lotId", h.quantity
    from unnest(${bareArray(handed.map((one) => one.siteId))}::uuid[], ${bareArray(handed.map((one) => one.lotId))}::uuid[],
      ${bareArray(handed.map((one) => one.quantity))}::int8[]) as h(site_id, lot_id, quantity)
    join sites s on s.id = h.site_id order by s.id, h.lot_id`)
  const suppliers = await tx.execute<PlaceGoods>(sql`
    select 'supplier' as kind, l.org_id as "orgId", l.org_id as "placeId", l.hub_id as "hubId", l.id as "lotId",
      case when exists (select 1 from movements v where v.lot_id = l.id) then 0 else l.quantity end as quantity
    from lots l where l.id = any(${bareArray(lotIds)}::uuid[]) order by l.org_id, l.id`)
  return [...buyers, ...suppliers]
}

/** Notices as they would be written. */
async function previewOf(tx: Db | Tx, places: readonly PlaceGoods[]): Promise<NoticeDoc[]> {
  const column = (of: (place: PlaceGoods) => string | number) => bareArray(places.map(of))
  return docs<NoticeDoc>(
    tx,
    previewQuery(sql`unnest(${column((one) => one.placeId)}::uuid[], ${column((one) => one.orgId)}::uuid[],
      ${column((one) => one.lotId)}::uuid[], ${column((one) => one.quantity)}::int8[],
      ${column((one) => one.kind)}::text[]) as n(place_id, org_id, lot_id, quantity, kind)`),
  )
}

const previewQuery = (rows: SQL): SQL => sql`
  select n.place_id as id, n.kind, n.org_id as "orgId", o.short_name as org,
    coalesce((select s.name from sites s where s.id = n.place_id), o.short_name) as place,
    null as "contactName", null as "contactPhone", null as "sentAt", null as "answerDueAt", null as "answeredAt",
    null as "answeredBy", '' as "answerNote", '[]'::json as "photoFileIds", null as "callSince", null as "calledAt",
    '' as "callNote", json_agg(json_build_object('lotId', l.id, 'lotCode', l.code, 'skuId', k.id, 'name', p.name,
      'nameEn', p.name_en, 'spec', k.spec, 'baseUnit', k.base_unit, 'orderUnit', k.order_unit,
      'basePerOrderUnit', k.base_per_order_unit, 'quantity', n.quantity, 'keptQuantity', null, 'usedQuantity', null,
      'recoveredQuantity', 0) order by l.code) as goods
  from ${rows} join organisations o on o.id = n.org_id join lots l on l.id = n.lot_id
  join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  group by n.place_id, n.kind, n.org_id, o.short_name order by n.kind, o.short_name, n.place_id limit 2000`
