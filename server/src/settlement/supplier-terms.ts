import { organisations } from '@huming/db/schema/accounts'
import { supplierTerms } from '@huming/db/schema/settlement'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { eq, sql } from 'drizzle-orm'
import { allow, person, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'

type Route = Contracts['settlement.writeTerms']
type Terms = ContractReply<Route>

/** Over `supplier_terms t` and `organisations o`. */
export const termsColumns = sql`t.id, t.supplier_org_id as "supplierOrgId", o.short_name as supplier,
  t.valid_from as "validFrom", t.fee_bp as "feeBp", t.fee_bp_by_category as "feeBpByCategory",
  t.delivery_fee_centifen as "deliveryFeeCentifen", t.retention_bp as "retentionBp",
  t.retention_months as "retentionMonths", t.rhythm, t.wait_days as "waitDays", t.note, t.at, t.is_sample as "isSample"`

const termsDocs = (tx: Db | Tx, where: ReturnType<typeof sql>): Promise<Terms[]> =>
  docs<Terms>(
    tx,
    sql`select ${termsColumns} from supplier_terms t join organisations o on o.id = t.supplier_org_id
      where ${where} order by o.short_name, t.valid_from desc, t.at desc limit 500`,
  )

/** Terms of all suppliers, or those of one; a supplier sees its own. */
export async function listSupplierTerms(
  ctx: Ctx,
  orgId: string | undefined,
): Promise<ContractReply<Contracts['settlement.terms']>> {
  allow(ctx, 'terms.read')
  const ids = visibleOrgIds(ctx, 'terms.read')
  const seen = ids === 'all' ? sql`true` : sql`t.supplier_org_id = ${anyOf(ids)}`
  const asked = orgId ? sql`t.supplier_org_id = ${orgId}` : sql`true`
  return { items: await termsDocs(ctx.db, sql`${seen} and ${asked}`) }
}

/**
 * Agrees terms with a supplier from a day on; they are never changed, later ones go before. Orders placed earlier keep
 * what held then. `terms_too_early` before today. A repeat is the same.
 */
export async function writeSupplierTerms(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Route>['body'],
): Promise<Terms> {
  allow(ctx, 'terms.write')
  const { orgId: platformOrgId, personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(supplierTerms).where(eq(supplierTerms.id, id))
    if (known) {
      const same = (Object.keys(body) as (keyof typeof body)[]).every(
        (key) => JSON.stringify(known[key]) === JSON.stringify(body[key]),
      )
      if (!same) throw new Fault('id_reused')
    } else {
      const [supplier] = await tx
        .select({ kind: organisations.kind })
        .from(organisations)
        .where(eq(organisations.id, body.supplierOrgId))
      if (supplier?.kind !== 'coop' && supplier?.kind !== 'base') throw new Fault('not_found')
      if (body.validFrom < serviceDayOf(ctx.now)) throw new Fault('terms_too_early')
      await tx.insert(supplierTerms).values({ id, ...body, platformOrgId, writtenBy: personId, at: ctx.now })
      await emit(tx, ctx, {
        type: 'terms.written',
        subjectId: id,
        orgId: body.supplierOrgId,
        payload: { ...body },
      })
    }
    return found((await termsDocs(tx, sql`t.id = ${id}`))[0])
  })
}
