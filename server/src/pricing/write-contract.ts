import { organisations } from '@huming/db/schema/accounts'
import { priceContractLines, priceContracts } from '@huming/db/schema/pricing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'
import { lockSkus, readReferences, writeLinePrices } from './write-lines.ts'

type Body = ContractParsed<Contracts['pricing.writeContract']>['body']

/**
 * Enters a contract, once: its lines are prices of the buyer from the first day on and go before its class and the
 * list. Prices written by hand for the buyer end the day before. Refuses with `contract_overlaps` a pack that
 * another contract of the two covers then, and with `reference_missing` a discount off figures nobody entered.
 * The same request again changes nothing.
 */
export async function writeContract(ctx: Ctx, id: string, body: Body): Promise<void> {
  allow(ctx, 'contract.write')
  allow(ctx, 'contract.write', { orgId: body.supplierOrgId })
  const { personId } = person(ctx)
  try {
    await inTransaction(ctx, async (tx) => {
      const skus = new Map(
        (
          await lockSkus(
            tx,
            body.lines.map((line) => line.skuId),
          )
        ).map((sku) => [sku.id, sku]),
      )
      if (await written(tx, id, body)) return
      await refuseFlaws(tx, ctx, body, skus)
      await refuseOverlap(tx, body)
      const { lines: asked, ...facts } = body
      await tx.insert(priceContracts).values({ id, ...facts, createdBy: personId, createdAt: ctx.now })
      const lines = asked.map(({ limitUnits, ...line }) => {
        const sku = found(skus.get(line.skuId))
        const quantityLimit = limitUnits === null ? null : limitUnits * sku.basePerOrderUnit
        return { ...line, id: newId(), contractId: id, quantityLimit, basePerPriceUnit: sku.basePerPriceUnit }
      })
      await tx.insert(priceContractLines).values(lines)
      await endOwnPrices(tx, body)
      await writeLinePrices(
        tx,
        ctx.now,
        lines.map((line) => ({ ...facts, ...line })),
      )
      const { supplierOrgId: orgId } = body
      await emit(tx, ctx, { type: 'contract.written', subjectId: id, orgId, payload: { ...body } })
    })
  } catch (error) {
    if (violatedConstraint(error) === 'one_contract_number') throw new Fault('contract_number_taken')
    throw error
  }
}

/** True when this very contract stands; `id_reused` for another under the id. */
async function written(tx: Tx, id: string, body: Body): Promise<boolean> {
  const [row] = await tx.select().from(priceContracts).where(eq(priceContracts.id, id))
  if (!row) return false
  const same = (['number', 'supplierOrgId', 'buyerOrgId', 'validFrom'] as const).every(
    (key) => row[key] === body[key],
  )
  if (!same) throw new Fault('id_reused')
  return true
}

type Pack = { orgId: string }

async function refuseFlaws(tx: Tx, ctx: Ctx, body: Body, skus: ReadonlyMap<string, Pack>): Promise<void> {
  const pointers: { pointer: string; reason: string }[] = []
  const flaw = (pointer: string, reason: string) => pointers.push({ pointer: `/body/${pointer}`, reason })
  if (body.validTo < body.validFrom) flaw('validTo', 'before_start')
  if (body.validTo < serviceDayOf(ctx.now)) flaw('validTo', 'in_the_past')
  const [buyer] = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.id, body.buyerOrgId), eq(organisations.kind, 'buyer')))
  if (!buyer) flaw('buyerOrgId', 'no_such_buyer')
  for (const [i, line] of body.lines.entries()) {
    if (skus.get(line.skuId)?.orgId !== body.supplierOrgId) flaw(`lines/${i}/skuId`, 'unknown')
    if (body.lines.findIndex((one) => one.skuId === line.skuId) < i) flaw(`lines/${i}/skuId`, 'duplicate')
  }
  if (pointers.length > 0) throw new Fault('bad_input', '', { pointers })
  const keys = body.lines.flatMap((line) => line.referenceKey ?? [])
  const told = await readReferences(tx, keys)
  const missing = body.lines.flatMap(({ referenceKey: key }, i) =>
    key !== null && !told.get(key)?.some((one) => one.day <= body.validFrom)
      ? [{ pointer: `/body/lines/${i}/referenceKey`, reason: 'reference_missing' }]
      : [],
  )
  if (missing.length > 0) throw new Fault('reference_missing', '', { pointers: missing })
}

async function refuseOverlap(tx: Tx, body: Body): Promise<void> {
  const skuIds = bareArray(body.lines.map((line) => line.skuId))
  const rows = await tx.execute<{ skuId: string; number: string }>(sql`
    select l.sku_id as "skuId", c.number from price_contract_lines l join price_contracts c on c.id = l.contract_id
    where c.buyer_org_id = ${body.buyerOrgId} and l.sku_id = any(${skuIds}::uuid[])
      and c.valid_from <= ${body.validTo} and c.valid_to >= ${body.validFrom}`)
  const [first] = rows
  if (!first) return
  const pointers = body.lines.flatMap((line, i) =>
    rows.some((row) => row.skuId === line.skuId)
      ? [{ pointer: `/body/lines/${i}/skuId`, reason: 'contract_overlaps' }]
      : [],
  )
  throw new Fault('contract_overlaps', '', { pointers, params: { number: first.number } })
}

/** What was written by hand for the buyer gives way: it ends the day before, or never begins. */
async function endOwnPrices(tx: Tx, body: Body): Promise<void> {
  const mine = sql`buyer_org_id = ${body.buyerOrgId} and contract_line_id is null
    and sku_id = any(${bareArray(body.lines.map((line) => line.skuId))}::uuid[])`
  await tx.execute(sql`
    delete from prices where ${mine} and valid_from >= ${body.validFrom} and valid_from <= ${body.validTo}`)
  await tx.execute(sql`
    update prices set valid_to = to_char(${body.validFrom}::date - 1, 'YYYY-MM-DD')
    where ${mine} and valid_from < ${body.validFrom} and valid_to >= ${body.validFrom}`)
}
