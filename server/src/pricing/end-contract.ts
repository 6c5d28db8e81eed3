import { priceContracts } from '@huming/db/schema/pricing'
import { serviceDayOf } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockSkus } from './write-lines.ts'

/**
 * Ends a contract with `lastDay`, from today on and not after its own end (`contract_day_wrong`): its prices end with
 * it. Orders that stand keep their frozen price. Ending it again on the same day changes nothing.
 */
export async function endContract(ctx: Ctx, id: string, lastDay: string): Promise<void> {
  allow(ctx, 'contract.write')
  await inTransaction(ctx, async (tx) => {
    const lines = await tx.execute<{ skuId: string }>(
      sql`select sku_id as "skuId" from price_contract_lines where contract_id = ${id}`,
    )
    await lockSkus(
      tx,
      lines.map((line) => line.skuId),
    )
    const [row] = await tx.select().from(priceContracts).where(eq(priceContracts.id, id)).for('update')
    const { supplierOrgId: orgId, validTo } = found(row)
    allow(ctx, 'contract.write', { orgId })
    if (lastDay === validTo) return
    if (lastDay < serviceDayOf(ctx.now) || lastDay > validTo) throw new Fault('contract_day_wrong')
    await tx
      .update(priceContracts)
      .set({ validTo: lastDay, endedAt: ctx.now })
      .where(eq(priceContracts.id, id))
    const mine = sql`contract_line_id in (select id from price_contract_lines where contract_id = ${id})`
    await tx.execute(sql`delete from prices where ${mine} and valid_from > ${lastDay}`)
    await tx.execute(sql`update prices set valid_to = ${lastDay} where ${mine} and valid_to > ${lastDay}`)
    await emit(tx, ctx, { type: 'contract.ended', subjectId: id, orgId, payload: { lastDay } })
  })
}
