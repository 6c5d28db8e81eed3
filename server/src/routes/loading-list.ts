import { instantText } from '@huming/shared/days'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import { wordsIn } from '../documents/words.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'

type Head = {
  hubId: string
  hub: string
  day: string
  seq: number
  plate: string
  driver: string | null
  driverPersonId: string | null
  departAt: string
  isSample: boolean
}
/** What is put aboard for one stop in one zone. */
export type LoadingRow = {
  trip: number
  stopSeq: number
  site: string
  zone: Zone
  totes: string[]
  /** Orders that ride without a tote. */
  loose: string[]
  grams: number
}

/**
 * The order of loading: trip by trip, and in each the last stop first, so that the first to be handed over stands at
 * the door; by zone within a stop, as the compartments are filled.
 */
export function loadingRows(db: Pick<Db, 'execute'>, runId: string): Promise<LoadingRow[]> {
  return docs(
    db as Db,
    sql`select s.trip, s.seq as "stopSeq", t.name as site, k.zone,
      coalesce((select array_agg(c.code order by c.code) from totes c join stop_orders x on x.order_id = c.order_id
        where x.stop_id = s.id and c.zone = k.zone and c.status <> 'empty'), '{}') as totes,
      coalesce((select array_agg(o.number order by o.number) from orders o join stop_orders x on x.order_id = o.id
        where x.stop_id = s.id and not exists (select 1 from totes c where c.order_id = o.id and c.status <> 'empty')), '{}') as loose,
      sum(ceil(coalesce(l.picked_quantity, l.quantity - l.cut_quantity)::numeric
        * k.gross_grams_per_unit / k.base_per_order_unit))::bigint as grams
    from stops s join sites t on t.id = s.site_id join stop_orders so on so.stop_id = s.id
      join order_lines l on l.order_id = so.order_id join skus k on k.id = l.sku_id
    where s.run_id = ${runId} and coalesce(l.picked_quantity, l.quantity - l.cut_quantity) > 0
    group by s.id, s.trip, s.seq, t.name, k.zone
    order by s.trip, s.seq desc, k.zone`,
  )
}

/** The loading list of a run to print, for the dock and the driver. */
export async function loadingList(ctx: Ctx, runId: string): Promise<{ name: string; bytes: Buffer }> {
  allow(ctx, 'run.read')
  const [row] = await docs<Head>(
    ctx.db,
    sql`select r.hub_id as "hubId", h.name as hub, r.day, r.seq, v.plate, p.name as driver,
        r.driver_person_id as "driverPersonId", r.depart_at as "departAt", v.is_sample as "isSample"
      from runs r join hubs h on h.id = r.hub_id join vehicles v on v.id = r.vehicle_id
      left join people p on p.id = r.driver_person_id where r.id = ${runId}`,
  )
  const head = found(row)
  allow(ctx, 'run.read', { hubId: head.hubId, driverPersonId: head.driverPersonId, runId })
  const w = wordsIn(ctx.locale)
  const trips = Map.groupBy(await loadingRows(ctx.db, runId), (one) => one.trip)
  const parts: PdfPart[] = [
    {
      kind: 'facts',
      rows: [
        [w('document.plate'), head.plate],
        [w('document.driver'), head.driver ?? '—'],
        [w('document.hub'), head.hub],
        [w('document.departs'), instantText(new Date(head.departAt), ctx.locale)],
      ],
    },
    { kind: 'text', text: w('document.lastFirst'), muted: true },
  ]
  for (const [trip, rows] of trips) {
    if (trips.size > 1) parts.push({ kind: 'heading', text: w('document.trip', { trip }) })
    parts.push(tableOf(rows, ctx.locale))
  }
  parts.push({ kind: 'signatures', names: [w('document.loadedBy'), w('document.driver')] })
  const name = `${w('document.loadingList')} ${head.day} ${head.plate}`
  const bytes = await writePdf({
    title: name,
    sub: `${head.hub} #${head.seq}`,
    foot: w('document.printedAt', { at: instantText(ctx.now, ctx.locale) }),
    ...(head.isSample ? { watermark: w('document.sample') } : {}),
    parts,
  })
  return { name, bytes }
}

function tableOf(rows: readonly LoadingRow[], locale: Ctx['locale']): PdfPart {
  const w = wordsIn(locale)
  return {
    kind: 'table',
    head: [w('document.stop'), w('document.site'), w('document.zone'), w('document.totes'), 'kg', '✓'],
    widths: ['auto', '*', 'auto', '*', 'auto', 24],
    numeric: [4],
    rows: rows.map((one) => [
      String(one.stopSeq),
      one.site,
      ZONES[one.zone][locale],
      [...one.totes, ...one.loose.map((number) => w('document.loose', { number }))].join('  '),
      (one.grams / 1000).toFixed(1),
      '',
    ]),
  }
}
