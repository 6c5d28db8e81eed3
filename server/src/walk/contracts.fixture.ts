import { makeSku } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import type { TestApp } from '../test-app.ts'
import { inDays, today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** Price contracts of a side's supplier and buyer: one to read, one to end. */
export async function contractsOf(t: TestApp, { orgs, guests }: Parties) {
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
  return { read: await agree(), end: await agree() }
}
