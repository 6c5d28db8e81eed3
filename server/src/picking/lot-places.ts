import { sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import type { Place } from './plan-tasks.ts'

/** Where lots lie: the first sellable bin in the order in which goods are taken, and its place in the walk. */
export async function lotPlaces(tx: Db | Tx, lotIds: readonly string[]): Promise<Map<string, Place>> {
  const rows = await tx.execute<Place & { lotId: string }>(sql`
    select distinct on (s.lot_id) s.lot_id as "lotId", s.bin_id as "binId", b.sequence as walk,
      bool_and(b.kind = 'dock') over (partition by s.lot_id) as "onlyDock"
    from bin_stock s join bins b on b.id = s.bin_id
    where s.lot_id = any(${bareArray(lotIds)}::uuid[]) and s.quantity > 0
      and b.kind in ('pick_face', 'near_expiry', 'dock', 'reserve')
    order by s.lot_id, array_position(array['pick_face', 'near_expiry', 'dock', 'reserve'], b.kind), b.sequence, b.id`)
  return new Map([...rows].map(({ lotId, ...place }) => [lotId, place]))
}
