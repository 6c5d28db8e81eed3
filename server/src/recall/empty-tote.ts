import { sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'

/** A tote out of which everything was taken for recalls is no tote to load any more. */
export async function emptyTote(tx: Tx, toteId: string): Promise<void> {
  await tx.execute(sql`
    update totes e set status = 'empty' where e.id = ${toteId} and e.status in ('open', 'sealed', 'loaded')
      and not exists (select 1 from pick_tasks t where t.tote_id = e.id
        and (t.status = 'open' or t.picked_quantity > 0))`)
}
