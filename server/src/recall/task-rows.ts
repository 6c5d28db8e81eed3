import { type SQL, sql } from 'drizzle-orm'
import { lotColumns } from './balance.ts'

/** Tasks of fetching as people read them; `where` is over `recall_tasks t`, `recalls r`, `lots l`. */
export const taskQuery = (where: SQL, tail: SQL): SQL => sql`
  select ${lotColumns}, t.id, t.recall_id as "recallId", r.number as "recallNumber", r.level, t.hub_id as "hubId", t.kind,
    coalesce(
      (select b.code from bins b where b.id = t.place_id),
      (select e.code || coalesce(' · ' || v.plate, '') || coalesce(' · ' || s.name, '') from totes e
        left join orders o on o.id = e.order_id left join sites s on s.id = o.site_id
        left join stop_orders so on so.order_id = o.id left join stops q on q.id = so.stop_id
        left join runs c on c.id = q.run_id left join vehicles v on v.id = c.vehicle_id where e.id = t.place_id),
      (select v.plate || ' · ' || s.name from stops q join sites s on s.id = q.site_id join runs c on c.id = q.run_id
        join vehicles v on v.id = c.vehicle_id where q.id = t.place_id),
      (select s.name from recall_notices n join sites s on s.id = n.place_id where n.id = t.place_id), '') as place,
    t.quantity, t.status, t.done_quantity as "doneQuantity", t.note,
    (select b.name from people b where b.id = t.done_by) as "doneBy", t.done_at as "doneAt"
  from recall_tasks t join recalls r on r.id = t.recall_id join lots l on l.id = t.lot_id
  join skus k on k.id = l.sku_id join products p on p.id = k.product_id where ${where} ${tail}`
