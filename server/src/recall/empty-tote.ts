import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'

/** A tote out of which everything was taken for recalls is no tote to load any more. */
export async function emptyTote(tx: Tx, toteId: string): Promise<void> {
  await tx.execute(sql`
    update totes e set status = 'empty' where e.id = ${toteId} and e.status in ('open', 'sealed', 'loaded')
      and not exists (select 1 from pick_tasks t where t.tote_id = e.id and t.status = 'open')
      and not exists (select 1 from pick_tasks t where t.tote_id = e.id and t.picked_quantity > 0
        and not exists (select 1 from recall_tasks f where f.place_id = e.id and f.lot_id = t.lot_id
          and f.kind = 'tote' and f.status = 'done'))`)
}
