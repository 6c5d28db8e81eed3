import type { AuditCheck } from './audit-checks.ts'

/** Audits of a lot's whole life: what it was made of, where all of it went, and what EPCIS says of it. */
export const goodsChecks: readonly AuditCheck[] = [
  {
    name: 'recalled_goods_stand_still',
    population: "select count(*) from lots where stage = 'recalled'",
    breaches: `select l.id from lots l where l.stage = 'recalled' and (l.promisable > 0 or l.promised > 0
      or exists (select 1 from pick_tasks t where t.lot_id = l.id and t.status = 'open'))`,
  },
  {
    name: 'warm_goods_were_released',
    population: 'select count(*) from temperature_holds where order_id is not null',
    // What was held for a warm truck is handed over only after food safety's release, by when that came here.
    breaches: `select w.id from temperature_holds w join temperature_alarms a on a.id = w.alarm_id
      join deliveries d on d.order_id = w.order_id and d.lot_id = w.lot_id and d.quantity > 0
      where w.status in ('held','return','dispose') or w.status = 'release' and exists (
        select 1 from events e where e.subject_id = d.stop_id and e.type = 'stop.delivered' and e.at < a.decided_at)`,
  },
  {
    name: 'genealogy_has_no_cycle',
    population: "select count(*) from trace_edges where kind in ('made_of','moved')",
    breaches: `with recursive e as (
        select from_id, to_id from trace_edges where kind in ('made_of','moved') group by 1, 2 having sum(quantity) > 0),
      walk(root, id) as (select from_id, to_id from e union select w.root, e.to_id from walk w join e on e.from_id = w.id)
      select distinct root as id from walk where root = id`,
  },
  {
    name: 'batches_made_of_inputs',
    population: 'select count(*) from batch_inputs',
    // What a batch took is exactly what the trace says its lot was made of.
    breaches: `select coalesce(i.batch_id, e.batch_id) as id from (
        select batch_id, lot_id, sum(quantity) as q from batch_inputs group by 1, 2 having sum(quantity) <> 0) i
      full join (select b.id as batch_id, x.from_id as lot_id, sum(x.quantity) as q from trace_edges x
        join production_batches b on b.lot_id = x.to_id and b.status <> 'cancelled'
        where x.kind = 'made_of' group by 1, 2 having sum(x.quantity) <> 0) e
        on e.batch_id = i.batch_id and e.lot_id = i.lot_id
      where i.q is distinct from e.q`,
  },
  {
    name: 'moved_lots_match_loads',
    population: 'select count(*) from transfer_lots',
    // Between two hubs and into a maker's store; goods that go back take their edge back.
    breaches: `with load as (
        select lot_id as a, child_lot_id as b, coalesce(received_quantity, quantity) as q from transfer_lots
        union all select source_lot_id, lot_id, received_quantity from base_receipts
          where source_lot_id is not null and lot_id is not null and received_quantity > 0),
      said as (select least(a, b) as a, greatest(a, b) as b, sum(case when a < b then q else -q end) as q from load group by 1, 2),
      edge as (select least(from_id, to_id) as a, greatest(from_id, to_id) as b,
          sum(case when from_id < to_id then quantity else -quantity end) as q
        from trace_edges where kind = 'moved' group by 1, 2)
      select said.a as id from said left join edge on edge.a = said.a and edge.b = said.b
      where said.q <> coalesce(edge.q, 0)`,
  },
  {
    name: 'lot_goods_all_accounted',
    population: "select count(distinct lot_id) from movements where kind = 'pick'",
    // What left the shelves for orders lies in totes or trucks, was handed over or refused, came out of a tote again, or
    // was not in it. No more came back than went out. With the bins' own checks this closes the balance of each lot.
    breaches: `select m.lot_id as id from (
        select lot_id, -coalesce(sum(quantity) filter (where kind = 'pick'), 0) as picked,
          coalesce(sum(quantity) filter (where kind = 'unpick'), 0) as unpicked,
          coalesce(sum(quantity) filter (where kind = 'return'), 0) as returned
        from movements where kind in ('pick','unpick','return') group by 1) m
      left join (select t.lot_id, sum(t.picked_quantity) as q from pick_tasks t join orders o on o.id = t.order_id
        where o.status in ('picking','picked','loaded') group by 1) u on u.lot_id = m.lot_id
      left join (select lot_id, sum(quantity + refused_quantity) as q from deliveries group by 1) d on d.lot_id = m.lot_id
      left join (select lot_id, sum(quantity - done_quantity) as q from recall_tasks
        where kind = 'tote' and status = 'done' group by 1) f on f.lot_id = m.lot_id
      where m.picked > 0 and (m.picked - m.unpicked <> coalesce(u.q, 0) + coalesce(d.q, 0) + coalesce(f.q, 0)
        or m.returned > m.picked - m.unpicked)`,
  },
  {
    name: 'epcis_tells_each_event_once',
    population: 'select count(*) from epcis_events where source_event_id is not null',
    // Told twice, or consumed and not told although such an event always has something to tell.
    breaches: `select source_event_id as id from epcis_events where org_id is null and source_event_id is not null
        and declared_wrong_at is null group by source_event_id, hash having count(*) > 1
      union all
      select e.id from events e join event_effects f on f.event_id = e.id and f.consumer = 'epcis'
      where (e.type in ('lot.recalled','tote.loaded','goods.refused') or (e.type = 'lot.received'
          and coalesce((e.payload ->> 'onHand')::int8, (e.payload ->> 'quantity')::int8, 0) > 0))
        and not exists (select 1 from epcis_events x where x.source_event_id = e.id)`,
  },
]
