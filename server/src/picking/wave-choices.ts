import { waveMethods } from '@huming/db/schema/picking-rules'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { choiceKey } from './methods.ts'

/** What the lead chose for a wave, by `choiceKey`. */
export async function waveChoices(tx: Db | Tx, waveId: string): Promise<Map<string, string>> {
  const rows = await tx.select().from(waveMethods).where(eq(waveMethods.waveId, waveId))
  return new Map(rows.map((row) => [choiceKey(row.orderId, row.skuId), row.method]))
}

export const choiceDocs = (
  tx: Db | Tx,
  waveId: string,
): Promise<ContractReply<Contracts['picking.chooseMethod']>> =>
  docs(
    tx,
    sql`select c.id, c.order_id as "orderId", o.number as "orderNumber", c.sku_id as "skuId", p.name as sku, c.method,
        c.reason, b.name as by, c.at
      from wave_methods c join people b on b.id = c.person_id left join orders o on o.id = c.order_id
      left join skus k on k.id = c.sku_id left join products p on p.id = k.product_id
      where c.wave_id = ${waveId} order by c.at, c.id limit 200`,
  )
