import { makeSku } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import type { TestApp } from '../test-app.ts'
import { inDays, today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** Price contracts of a side's supplier and buyer, one to read, one to end, and a weight to be answered. */
export async function contractsOf(t: TestApp, { orgs, guests }: Parties, deliveredId: string) {
  const agree = async (): Promise<string> => {
    const id = newId()
    const sku = await makeSku(t.db, orgs.coop.id)
    const body = {
      number: id,
      supplierOrgId: orgs.coop.id,
      buyerOrgId: orgs.buyer.id,
      validFrom: today,
      validTo: inDays(30),
      lines: [{ skuId: sku.id, centifen: 470_000, limitUnits: 100 }],
    }
    well(await t.call('pricing.writeContract', { params: { id }, body }, guests.lister))
    return id
  }
  const [line] = await t.sql<{ id: string; delivered: number }[]>`
    select id, delivered_quantity as delivered from order_lines
    where order_id = ${deliveredId} and delivered_quantity > 1 limit 1`
  const heavyLine = line?.id as string
  await t.sql`insert into weight_questions (order_line_id, order_id, delivered_quantity, billed_quantity, excess_fen, lots,
    asked_at) values (${heavyLine}, ${deliveredId}, 2, 1, 0, '[]', now())`
  return { read: await agree(), end: await agree(), heavyLine }
}
