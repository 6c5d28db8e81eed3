import { organisations } from '@huming/db/schema/accounts'
import { products, skus } from '@huming/db/schema/catalogue'
import { lots } from '@huming/db/schema/stock'
import type { lotShape } from '@huming/shared/contracts/stock'
import { eq, getColumns } from 'drizzle-orm'
import type { z } from 'zod'
import type { Db, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

export type Lot = z.output<typeof lotShape>

const { capBp: _, createdAt: __, ...shown } = getColumns(lots)

/** Lots with their names as people see them; the caller adds the condition. */
export const selectLots = (db: Db | Tx) =>
  db
    .select({
      ...shown,
      skuCode: skus.code,
      name: products.name,
      nameEn: products.nameEn,
      spec: skus.spec,
      picture: products.picture,
      supplier: organisations.shortName,
      baseUnit: skus.baseUnit,
      orderUnit: skus.orderUnit,
      basePerOrderUnit: skus.basePerOrderUnit,
    })
    .from(lots)
    .innerJoin(skus, eq(skus.id, lots.skuId))
    .innerJoin(products, eq(products.id, skus.productId))
    .innerJoin(organisations, eq(organisations.id, lots.orgId))

/** The lot as it leaves the server; `not_found` when there is none. */
export async function readLotRow(db: Db | Tx, id: string): Promise<Lot> {
  const [row] = await selectLots(db).where(eq(lots.id, id))
  return found(row) as Lot
}

/**
 * Locks the lot until the transaction ends, so that nobody promises or moves any of it meanwhile. Rows that only name
 * it may be written by others: that locks its key alone.
 */
export async function lockLot(tx: Tx, id: string): Promise<typeof lots.$inferSelect> {
  const [row] = await tx.select().from(lots).where(eq(lots.id, id)).for('no key update')
  return found(row)
}
