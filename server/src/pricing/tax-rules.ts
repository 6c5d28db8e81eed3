import { taxRules } from '@huming/db/schema/pricing'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { asc, desc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'

type List = ContractReply<Contracts['pricing.taxRules']>
type Body = ContractParsed<Contracts['pricing.writeTaxRule']>['body']

/** Every VAT rule, by class of goods and seller, the one begun last first. */
export async function listTaxRules(ctx: Ctx): Promise<List> {
  allow(ctx, 'taxRule.read')
  const items = await ctx.db
    .select()
    .from(taxRules)
    .orderBy(asc(taxRules.taxClass), asc(taxRules.sellerType), desc(taxRules.validFrom))
    .limit(1000)
  return { items: items as List['items'] }
}

/**
 * Enters a VAT rule from a day after today on (`tax_rule_too_early`): what was sold keeps the rate frozen on its line.
 * One class and seller has one rule from a day on (`tax_rule_exists`). The same rule again changes nothing.
 */
export async function writeTaxRule(ctx: Ctx, id: string, body: Body): Promise<void> {
  allow(ctx, 'taxRule.write')
  const pointers: { pointer: string; reason: string }[] = []
  if (body.validTo < body.validFrom) pointers.push({ pointer: '/body/validTo', reason: 'before_start' })
  if (body.exempt && body.rateBp > 0) pointers.push({ pointer: '/body/rateBp', reason: 'exempt' })
  if (pointers.length > 0) throw new Fault('bad_input', '', { pointers })
  try {
    await inTransaction(ctx, async (tx) => {
      const [before] = await tx.select().from(taxRules).where(eq(taxRules.id, id))
      if (before) {
        const { id: _id, ...facts } = before
        if (Object.entries(body).every(([key, value]) => facts[key as keyof typeof facts] === value)) return
        throw new Fault('id_reused')
      }
      if (body.validFrom <= serviceDayOf(ctx.now)) throw new Fault('tax_rule_too_early')
      await tx.insert(taxRules).values({ id, ...body })
      await emit(tx, ctx, { type: 'tax_rule.written', subjectId: id, payload: { ...body } })
    })
  } catch (error) {
    if (violatedConstraint(error) === 'one_tax_rule') throw new Fault('tax_rule_exists')
    throw error
  }
}
