import { referencePrices } from '@huming/db/schema/pricing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import { referenceKey } from '@huming/shared/contract-prices'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockSkus, type StandingLine, writeLinePrices } from './write-lines.ts'

type Body = ContractParsed<Contracts['pricing.importReferences']>['body']
type Reply = ContractReply<Contracts['pricing.importReferences']>

/**
 * Takes in a market's figures, all or none, and moves the prices of every contract that follows them, in the same
 * transaction. A figure of a day that has one already goes before it. The same import again changes nothing.
 */
export async function importReferences(ctx: Ctx, id: string, body: Body): Promise<Reply> {
  allow(ctx, 'reference.write')
  const { personId } = person(ctx)
  refuseFlaws(ctx, body)
  const rows = body.rows.map((row) => ({
    ...row,
    id: newId(),
    key: referenceKey(row),
    source: body.source,
    enteredBy: personId,
    enteredAt: ctx.now,
  }))
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.execute<{ payload: Reply }>(sql`
      select payload from events where subject_id = ${id} and type = 'reference.imported'`)
    if (before) return { imported: before.payload.imported, pricesMoved: before.payload.pricesMoved }
    const keys = [...new Set(rows.map((row) => row.key))]
    const skuIds = await tx.execute<{ skuId: string }>(
      sql`select distinct sku_id as "skuId" from price_contract_lines where reference_key in ${keys}`,
    )
    await lockSkus(
      tx,
      skuIds.map((row) => row.skuId),
    )
    await tx.insert(referencePrices).values(rows)
    const lines = await tx.execute<StandingLine>(sql`
      select l.id, l.sku_id as "skuId", l.centifen, l.discount_bp as "discountBp", l.reference_key as "referenceKey",
        s.base_per_price_unit as "basePerPriceUnit", c.number, c.valid_from as "validFrom", c.valid_to as "validTo",
        c.buyer_org_id as "buyerOrgId"
      from price_contract_lines l join price_contracts c on c.id = l.contract_id join skus s on s.id = l.sku_id
      where l.reference_key in ${keys} and c.valid_to >= ${serviceDayOf(ctx.now)} order by l.id`)
    const reply = { imported: rows.length, pricesMoved: await writeLinePrices(tx, ctx.now, lines) }
    await emit(tx, ctx, {
      type: 'reference.imported',
      subjectId: id,
      payload: { ...reply, source: body.source },
    })
    return reply
  })
}

function refuseFlaws(ctx: Ctx, { rows }: Body): void {
  const pointers = rows.flatMap((row, i) => {
    const at = (name: string, reason: string) => ({ pointer: `/body/rows/${i}/${name}`, reason })
    const flaws = []
    if (row.day > serviceDayOf(ctx.now)) flaws.push(at('day', 'in_the_future'))
    if (row.lowCentifen !== null && row.lowCentifen > row.averageCentifen)
      flaws.push(at('lowCentifen', 'above_average'))
    if (row.highCentifen !== null && row.highCentifen < row.averageCentifen)
      flaws.push(at('highCentifen', 'below_average'))
    const same = (one: typeof row) => referenceKey(one) === referenceKey(row) && one.day === row.day
    if (rows.findIndex(same) < i) flaws.push(at('product', 'duplicate'))
    return flaws
  })
  if (pointers.length > 0) throw new Fault('bad_input', '', { pointers })
}
