import { products, skus, skuUnits } from '@huming/db/schema/catalogue'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq } from 'drizzle-orm'
import { refuseGate } from '../accounts/gates.ts'
import { lockPapers, reckonSales } from '../accounts/sale-days.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction, violatedConstraint } from '../kernel/transaction.ts'
import { limitFlaws, unitFlaws } from './rules.ts'
import { skuReply } from './shapes.ts'
import { writeKind } from './versions.ts'

type Route = Contracts['catalogue.writeSku']
type Body = ContractParsed<Route>['body']

/**
 * Creates or changes a pack of a product. Refuses units that do not convert (`bad_units`), also a new base unit
 * once there are lots, for their quantities are counted in it; a code in use (`sku_code_taken`); a pack never
 * moves to another product (`id_reused`). To be listed, new or again, it needs the papers of the gate `list`.
 */
export async function writeSku(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'product.write')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const orgId = await lockProduct(tx, ctx, body.productId)
    refuseFlaws(body)
    const before = await readForChange(tx, id)
    if (before && before.orgId !== orgId) throw new Fault('not_found')
    if (before && before.productId !== body.productId) throw new Fault('id_reused')
    const { archived, version, units: wanted, ...fields } = body
    const units = wanted.toSorted((a, b) => (a.unit < b.unit ? -1 : 1))
    const kind = writeKind(before, { ...fields, archived, units }, version)
    if (before && kind === 'repeat') return skuReply(before, units)
    if (before && before.baseUnit !== body.baseUnit) await refuseWithLots(tx, id)
    const archivedAt = archived ? (before?.archivedAt ?? ctx.now) : null
    const row = await store(tx, { id, ...fields, orgId, archivedAt, version: version + 1 })
    const lists = !archived && (!before || before.archived)
    if (lists) await refuseGate(tx, ctx, 'list', { skuIds: [id] })
    await reckonSales(tx, ctx, orgId)
    await tx.delete(skuUnits).where(eq(skuUnits.skuId, id))
    if (units.length > 0) await tx.insert(skuUnits).values(units.map((unit) => ({ skuId: id, ...unit })))
    await emit(tx, ctx, {
      type: 'sku.written',
      subjectId: id,
      orgId,
      payload: { productId: body.productId, code: body.code, archived, version: version + 1 },
    })
    return skuReply(row, units)
  })
}

/** Papers, then the product, then the pack: the catalogue's version always comes last. Gives whose it is. */
async function lockProduct(tx: Tx, ctx: Ctx, productId: string): Promise<string> {
  const [product] = await tx
    .select({ orgId: products.orgId })
    .from(products)
    .where(eq(products.id, productId))
  const { orgId } = found(product)
  allow(ctx, 'product.write', { orgId })
  await lockPapers(tx, orgId)
  await tx.select({ id: products.id }).from(products).where(eq(products.id, productId)).for('key share')
  return orgId
}

function refuseFlaws(body: Body): void {
  const units = unitFlaws(body)
  if (units.length > 0) throw new Fault('bad_units', '', { pointers: units })
  const limits = limitFlaws(body)
  if (limits.length > 0) throw new Fault('bad_input', '', { pointers: limits })
}

async function readForChange(tx: Tx, id: string) {
  const [row] = await tx.select().from(skus).where(eq(skus.id, id)).for('update')
  if (!row) return undefined
  const units = await tx
    .select({ unit: skuUnits.unit, baseQuantity: skuUnits.baseQuantity })
    .from(skuUnits)
    .where(eq(skuUnits.skuId, id))
  return {
    ...row,
    archived: row.archivedAt !== null,
    units: units.toSorted((a, b) => (a.unit < b.unit ? -1 : 1)),
  }
}

async function store(tx: Tx, row: typeof skus.$inferInsert & { version: number }) {
  const { id: _, ...set } = row
  const [written] = await tx
    .insert(skus)
    .values(row)
    .onConflictDoUpdate({ target: skus.id, set, setWhere: eq(skus.version, row.version - 1) })
    .returning()
    .catch((error: unknown) => {
      if (violatedConstraint(error)?.includes('code')) throw new Fault('sku_code_taken')
      throw error
    })
  if (!written) throw new Fault('stale_version')
  return written
}

async function refuseWithLots(tx: Tx, skuId: string): Promise<void> {
  const [lot] = await tx.select({ id: lots.id }).from(lots).where(eq(lots.skuId, skuId)).limit(1)
  if (lot) throw new Fault('bad_units', '', { pointers: [{ pointer: '/body/baseUnit', reason: 'has_lots' }] })
}
