import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'

/** The data of an upload; the keys of `record` are the field names of the export. */
export type UploadRow = {
  kind: 'in' | 'out' | 'archive'
  orgId: string
  hubId: string | null
  eventId: string
  subjectId: string
  partyId: string
  eventAt: string
  isSample: boolean
  record: Record<string, string | number | null>
}

/** Fields of the goods (Art. 13 and 14): name, spec, lot, making, life, certificate; over `lots l`, `skus k`, `products p`. */
const goods = sql`'category', c.name, 'name', p.name, 'spec', k.spec, 'lot', l.code, 'madeOn', l.made_on,
  'shelfLifeDays', k.shelf_life_days, 'useByDay', l.use_by_day, 'certificate', l.certificate`
/** The hub's operator. */
const operator = sql`'operator', w.name, 'operatorUscc', w.uscc, 'hub', h.name, 'hubAddress', h.address`

/** The catalogue of the day of the event decides: `e.at` in Shanghai, over `products p`. */
const catalogued = sql`trace_categories c on c.category = p.category
  and to_char(e.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') between c.valid_from and c.valid_to`

/** Goods taken in at a hub: one record per lot received. */
const received = (where: SQL): SQL => sql`
  select 'in' as kind, w.id as "orgId", h.id as "hubId", e.id as "eventId", l.id as "subjectId", o.id as "partyId",
    e.at as "eventAt", l.is_sample as "isSample", json_build_object(${operator}, ${goods},
      'quantity', (e.payload ->> 'onHand')::int8, 'unit', k.base_unit, 'at', e.at,
      'partyName', o.name, 'partyUscc', o.uscc, 'partyAddress', s.address, 'partyContact', s.contact_name,
      'partyPhone', s.contact_phone, 'document', n.number) as record
  from events e join lots l on l.id = e.subject_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join ${catalogued} join hubs h on h.id = l.hub_id join organisations w on w.id = h.org_id
  join organisations o on o.id = l.org_id
  left join lateral (select address, contact_name, contact_phone from sites where org_id = o.id order by id limit 1) s on true
  left join consignments n on n.id::text = e.payload ->> 'consignmentId'
  where e.type = 'lot.received' and (e.payload ->> 'onHand')::int8 > 0 and ${where}`

/** Goods handed over at a buyer’s door: one record per lot delivered. */
const delivered = (where: SQL): SQL => sql`
  select 'out' as kind, w.id as "orgId", h.id as "hubId", e.id as "eventId", l.id as "subjectId", s.id as "partyId",
    e.at as "eventAt", l.is_sample as "isSample", json_build_object(${operator}, ${goods},
      'quantity', x.quantity, 'unit', k.base_unit, 'at', coalesce((e.payload ->> 'at')::timestamptz, e.at),
      'partyName', o.name, 'partyUscc', o.uscc, 'partySite', s.name, 'partyAddress', s.address,
      'partyContact', s.contact_name, 'partyPhone', s.contact_phone, 'document', x.documents) as record
  from events e cross join lateral (
    select (y ->> 'lotId')::uuid as lot_id, sum((y ->> 'delivered')::int8)::int8 as quantity,
      string_agg(distinct r.number, '、') as documents
    from json_array_elements(e.payload::json -> 'lines') y left join orders r on r.id::text = y ->> 'orderId'
    group by 1 having sum((y ->> 'delivered')::int8) > 0) x
  join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id join products p on p.id = k.product_id
  join ${catalogued} join stops q on q.id = e.subject_id join sites s on s.id = q.site_id
  join organisations o on o.id = s.org_id join hubs h on h.id = e.hub_id join organisations w on w.id = h.org_id
  where e.type = 'stop.delivered' and ${where}`

/** A changed e-archive of an operator (Art. 12): name, address, contact, licences. */
const archived = (where: SQL): SQL => sql`
  select 'archive' as kind, w.id as "orgId", null as "hubId", e.id as "eventId", w.id as "subjectId", w.id as "partyId",
    e.at as "eventAt", w.is_sample as "isSample", json_build_object('operator', w.name, 'operatorUscc', w.uscc,
      'hub', h.name, 'hubAddress', h.address, 'at', e.at,
      'licences', (select string_agg(a.kind || ' ' || a.number || ' ' || a.valid_from || '–' || a.valid_to, '；' order by a.kind, a.number)
        from papers a where a.org_id = w.id and a.status = 'valid')) as record
  from events e join organisations w on w.id = e.org_id and w.kind = 'warehouse'
  left join lateral (select name, address from hubs where org_id = w.id order by id limit 1) h on true
  where e.type in ('org.written', 'paper.reviewed', 'paper.withdrawn') and ${where}`

const kinds = { in: received, out: delivered, archive: archived }

/** The records that one event makes due: none when its goods are in no catalogued category. */
export async function recordsOf(tx: Db | Tx, event: { id: string; type: string }): Promise<UploadRow[]> {
  const kind = kindOf(event.type)
  return kind === null ? [] : docs<UploadRow>(tx, kinds[kind](sql`e.id = ${event.id}`))
}

/** Event types that make uploads due. */
export function kindOf(type: string): keyof typeof kinds | null {
  if (type === 'lot.received') return 'in'
  if (type === 'stop.delivered') return 'out'
  return ['org.written', 'paper.reviewed', 'paper.withdrawn'].includes(type) ? 'archive' : null
}
