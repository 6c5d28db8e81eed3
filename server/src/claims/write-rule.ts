import { claimRules } from '@huming/db/schema/claims'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Rules = ContractReply<Contracts['claims.rules']>
type Body = ContractParsed<Contracts['claims.writeRule']>['body']

/** The rules in force on a day, or all that hold or will. */
export async function listClaimRules(ctx: Ctx, { day }: { day?: string | undefined }): Promise<Rules> {
  allow(ctx, 'claim.read')
  const items = await docs<Rules['items'][number]>(
    ctx.db,
    sql`select id, goods_class as "goodsClass", kind, sku_id as "skuId", hours, photos_min as "photosMin",
        auto_up_to_fen as "autoUpToFen", contest_hours as "contestHours", valid_from as "validFrom", valid_to as "validTo",
        source, is_sample as "isSample"
      from claim_rules where case when ${day ?? null}::text is null then valid_to >= ${serviceDayOf(ctx.now)}
        else valid_from <= ${day ?? null} and valid_to >= ${day ?? null} end
      order by goods_class, kind nulls first, sku_id nulls first, valid_from limit 500`,
  )
  return { items }
}

/**
 * Writes a rule that begins on a day to come (`rule_not_ahead`): of equals the latest begun holds, so what goods
 * delivered before were promised stays. A repeat is the same rule.
 */
export async function writeClaimRule(ctx: Ctx, id: string, body: Body): Promise<{ id: string }> {
  allow(ctx, 'claim.rule')
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(claimRules).where(eq(claimRules.id, id))
    if (known) {
      const same = (Object.keys(body) as (keyof Body)[]).every((key) => known[key] === body[key])
      if (!same) throw new Fault('id_reused')
      return { id }
    }
    if (body.validFrom <= serviceDayOf(ctx.now) || body.validTo < body.validFrom)
      throw new Fault('rule_not_ahead')
    if (body.skuId !== null) found((await tx.execute(sql`select 1 from skus where id = ${body.skuId}`))[0])
    await tx.insert(claimRules).values({ id, ...body })
    await emit(tx, ctx, { type: 'claim.rule_written', subjectId: id, payload: { ...body } })
    return { id }
  })
}
