import { statementTerms } from '@huming/db/schema/statements'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { judgeTerms, type PaymentLimit, type TermsVerdict } from '@huming/shared/stating'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Terms = ContractReply<Contracts['statements.terms']>
type Body = ContractParsed<Contracts['statements.writeTerms']>['body']
type Asked = ContractParsed<Contracts['statements.checkTerms']>['query']

const limitRows = (db: Db | Tx): Promise<PaymentLimit[]> =>
  docs<PaymentLimit>(
    db,
    sql`select debtor_kind as "debtorKind", warn_days as "warnDays", max_days as "maxDays", valid_from as "validFrom",
      valid_to as "validTo", source from payment_limits order by valid_from`,
  )

/** How due days stand to the limit in force (Decree 802 Art. 9), with its source. */
export async function checkTerms(ctx: Ctx, asked: Asked): Promise<TermsVerdict> {
  allow(ctx, 'statement.manage')
  return found(judgeTerms(await limitRows(ctx.db), asked))
}

/** Contract terms, newest first. */
export async function listTerms(ctx: Ctx, { orgId }: { orgId?: string | undefined }): Promise<Terms> {
  allow(ctx, 'statement.manage')
  const items = await docs<Terms['items'][number]>(
    ctx.db,
    sql`select t.id, t.side, t.org_id as "orgId", o.short_name as party, t.rhythm, t.cut_day as "cutDay",
        t.due_days as "dueDays", t.debtor_kind as "debtorKind", t.auto_confirm_days as "autoConfirmDays", t.interest,
        t.valid_from as "validFrom", t.valid_to as "validTo", t.verdict, t.verdict_source as "verdictSource", t.is_sample as "isSample"
      from statement_terms t left join organisations o on o.id = t.org_id
      where ${orgId ?? null}::uuid is null or t.org_id = ${orgId ?? null}::uuid
      order by o.short_name nulls first, t.side, t.valid_from desc, t.written_at desc limit 500`,
  )
  return { items }
}

/**
 * Agrees terms from a day on; they are never changed, later ones go before. Due days above the lawful limit are
 * `term_too_long`, those above its usual days need a written agreement (`term_needs_agreement`). A repeat is the same.
 */
export async function writeTerms(ctx: Ctx, id: string, body: Body): Promise<TermsVerdict> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const { agreed, ...terms } = body
    const judged = found(judgeTerms(await limitRows(tx), { ...terms, day: terms.validFrom }))
    const [known] = await tx.select().from(statementTerms).where(eq(statementTerms.id, id))
    if (known) {
      const same = (Object.keys(terms) as (keyof typeof terms)[]).every((key) => known[key] === terms[key])
      if (!same) throw new Fault('id_reused')
      return judged
    }
    const { source, maxDays, warnDays } = judged
    const params = { days: terms.dueDays, max: maxDays, warn: warnDays, source }
    if (judged.verdict === 'refused') throw new Fault('term_too_long', '', { params })
    if (judged.verdict === 'warn' && !agreed) throw new Fault('term_needs_agreement', '', { params })
    if (terms.validFrom < serviceDayOf(ctx.now) || terms.validTo < terms.validFrom)
      throw new Fault('rule_not_ahead')
    if (terms.rhythm === 'weekly' && terms.cutDay > 7)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/cutDay', reason: 'weekday' }] })
    if (terms.orgId !== null)
      found((await tx.execute(sql`select 1 from organisations where id = ${terms.orgId}`))[0])
    await tx.insert(statementTerms).values({
      id,
      ...terms,
      verdict: judged.verdict,
      verdictSource: source,
      writtenBy: personIdOf(ctx),
      writtenAt: ctx.now,
    })
    await emit(tx, ctx, { type: 'terms.written', subjectId: id, orgId: terms.orgId, payload: { ...body } })
    return judged
  })
}
