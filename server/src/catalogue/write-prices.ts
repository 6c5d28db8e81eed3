import { organisations } from '@huming/db/schema/accounts'
import { prices, skus } from '@huming/db/schema/catalogue'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Flaw, tierFlaws } from './rules.ts'

type Body = ContractParsed<Contracts['catalogue.writePrices']>['body']

/**
 * Sets the tiers of a pack for one audience from a day on, in place of those written before for the same day.
 * Older lists stay: they held until this day, and hold again when this list ends. Orders keep their frozen price.
 */
export async function writePrices(ctx: Ctx, skuId: string, body: Body): Promise<void> {
  allow(ctx, 'price.write')
  await inTransaction(ctx, async (tx) => {
    // The lock puts two writers of one pack in a row.
    const [sku] = await tx.select({ orgId: skus.orgId }).from(skus).where(eq(skus.id, skuId)).for('update')
    const { orgId } = found(sku)
    allow(ctx, 'price.write', { orgId })
    const flaws = [...audienceFlaws(body), ...tierFlaws(body.tiers)]
    if (flaws.length > 0) throw new Fault('bad_input', '', { pointers: flaws })
    await refuseUnknownBuyer(tx, body.buyerOrgId)
    await refuseUnderContract(tx, skuId, body)
    const { buyerOrgId, buyerClass, validFrom, validTo, kind } = body
    await tx
      .delete(prices)
      .where(
        and(
          eq(prices.skuId, skuId),
          eq(prices.validFrom, validFrom),
          buyerOrgId ? eq(prices.buyerOrgId, buyerOrgId) : isNull(prices.buyerOrgId),
          buyerClass ? eq(prices.buyerClass, buyerClass) : isNull(prices.buyerClass),
        ),
      )
    await tx.insert(prices).values(
      body.tiers.map((tier) => ({
        id: newId(),
        skuId,
        buyerOrgId,
        buyerClass,
        ...tier,
        validFrom,
        validTo,
        kind,
        createdAt: ctx.now,
      })),
    )
    await emit(tx, ctx, { type: 'price.written', subjectId: skuId, orgId, payload: { ...body } })
  })
}

function audienceFlaws(body: Body): Flaw[] {
  const flaws: Flaw[] = []
  if (body.buyerOrgId && body.buyerClass) flaws.push({ pointer: '/body/buyerClass', reason: 'one_audience' })
  if (body.validTo < body.validFrom) flaws.push({ pointer: '/body/validTo', reason: 'before_start' })
  return flaws
}

/** A buyer with a contract for the pack pays by it; what it says is not written beside it. */
async function refuseUnderContract(tx: Tx, skuId: string, body: Body): Promise<void> {
  if (!body.buyerOrgId) return
  const [standing] = await tx.execute<{ number: string }>(sql`
    select c.number from price_contract_lines l join price_contracts c on c.id = l.contract_id
    where l.sku_id = ${skuId} and c.buyer_org_id = ${body.buyerOrgId} and c.valid_from <= ${body.validTo}
      and c.valid_to >= ${body.validFrom} limit 1`)
  if (standing) throw new Fault('price_by_contract', '', { params: { number: standing.number } })
}

async function refuseUnknownBuyer(tx: Tx, buyerOrgId: string | null): Promise<void> {
  if (!buyerOrgId) return
  const [buyer] = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.id, buyerOrgId), eq(organisations.kind, 'buyer')))
  if (!buyer)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/buyerOrgId', reason: 'no_such_buyer' }] })
}
