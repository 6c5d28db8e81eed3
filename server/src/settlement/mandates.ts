import { mandates, organisations } from '@huming/db/schema/accounts'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDay, serviceDayOf } from '@huming/shared/days'
import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { allow, person, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'

type Route = Contracts['commission.writeMandate']
type Mandate = ContractReply<Route>
type Body = ContractParsed<Route>['body']

const mandateDocs = (tx: Db | Tx, where: SQL): Promise<Mandate[]> =>
  docs<Mandate>(
    tx,
    sql`select m.id, m.broker_org_id as "brokerOrgId", b.short_name as broker, m.principal_org_id as "principalOrgId",
      p.short_name as principal, m.valid_from as "validFrom", m.valid_to as "validTo",
      m.commission_basis as "commissionBasis", m.commission_rate as "commissionRate",
      m.supplier_pays_bp as "supplierPaysBp", m.written_at as "writtenAt"
    from mandates m join organisations b on b.id = m.broker_org_id join organisations p on p.id = m.principal_org_id
    where ${where} order by m.valid_to desc, m.valid_from desc, m.id limit 500`,
  )

/** Mandates with their commission; brokers and principals see those they are part of. */
export async function listMandates(ctx: Ctx): Promise<{ items: Mandate[] }> {
  allow(ctx, 'mandate.read')
  const ids = visibleOrgIds(ctx, 'mandate.read')
  const seen =
    ids === 'all' ? sql`true` : sql`(m.broker_org_id = ${anyOf(ids)} or m.principal_org_id = ${anyOf(ids)})`
  return { items: await mandateDocs(ctx.db, seen) }
}

/**
 * Gives a broker a mandate to act for a principal, with its commission. Neither parties nor commission change later:
 * what was promised when an order was placed holds for it. A principal has one broker at a time. A repeat is the same.
 */
export async function writeMandate(ctx: Ctx, id: string, body: Body): Promise<Mandate> {
  allow(ctx, 'mandate.write')
  const { orgId: platformOrgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(mandates).where(eq(mandates.id, id))
    if (known) {
      if (!(Object.keys(body) as (keyof Body)[]).every((key) => known[key] === body[key]))
        throw new Fault('id_reused')
      return found((await mandateDocs(tx, sql`m.id = ${id}`))[0])
    }
    const today = serviceDayOf(ctx.now)
    if (body.validFrom < today || body.validTo < body.validFrom) throw new Fault('mandate_too_early')
    if ((body.commissionBasis === null) !== (body.commissionRate === 0))
      throw new Fault('bad_input', '', {
        pointers: [{ pointer: '/body/commissionRate', reason: 'basis_and_rate' }],
      })
    await lockParties(tx, body)
    await refuseOverlap(tx, id, body)
    await tx.insert(mandates).values({ id, ...body, platformOrgId, writtenAt: ctx.now })
    await emit(tx, ctx, {
      type: 'mandate.written',
      subjectId: id,
      orgId: body.principalOrgId,
      payload: { ...body },
    })
    return found((await mandateDocs(tx, sql`m.id = ${id}`))[0])
  })
}

/** Ends a mandate sooner or later than agreed; yesterday at the earliest, for what was placed keeps its commission. */
export async function endMandate(ctx: Ctx, id: string, validTo: string): Promise<Mandate> {
  allow(ctx, 'mandate.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(mandates).where(eq(mandates.id, id)).for('update')
    const before = found(row)
    const yesterday = addDays(serviceDayOf(ctx.now), -1)
    if (
      validTo < yesterday ||
      before.validTo < yesterday ||
      validTo < addDays(serviceDay(before.validFrom), -1)
    )
      throw new Fault('mandate_too_early')
    if (validTo !== before.validTo) {
      await lockParties(tx, before)
      await refuseOverlap(tx, id, { ...before, validTo })
      await tx.update(mandates).set({ validTo }).where(eq(mandates.id, id))
      await emit(tx, ctx, {
        type: 'mandate.ended',
        subjectId: id,
        orgId: before.principalOrgId,
        payload: { validTo },
      })
    }
    return found((await mandateDocs(tx, sql`m.id = ${id}`))[0])
  })
}

type Parties = { brokerOrgId: string; principalOrgId: string }

/** Both parties, locked, so that two mandates written at once see each other; `not_found` for wrong kinds. */
async function lockParties(tx: Tx, { brokerOrgId, principalOrgId }: Parties): Promise<void> {
  const rows = await tx
    .select({ id: organisations.id, kind: organisations.kind })
    .from(organisations)
    .where(inArray(organisations.id, [brokerOrgId, principalOrgId]))
    .orderBy(organisations.id)
    .for('no key update')
  const kindOf = (id: string) => rows.find((row) => row.id === id)?.kind ?? ''
  if (kindOf(brokerOrgId) !== 'broker' || !['coop', 'base'].includes(kindOf(principalOrgId)))
    throw new Fault('not_found')
}

async function refuseOverlap(
  tx: Tx,
  id: string,
  { principalOrgId, validFrom, validTo }: { principalOrgId: string; validFrom: string; validTo: string },
): Promise<void> {
  const [other] = await mandateDocs(
    tx,
    sql`m.principal_org_id = ${principalOrgId} and m.id <> ${id} and m.valid_from <= ${validTo} and m.valid_to >= ${validFrom}`,
  )
  if (other) throw new Fault('mandate_overlaps', '', { params: { broker: other.broker } })
}
