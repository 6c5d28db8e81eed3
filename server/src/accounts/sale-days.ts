import { products, skus } from '@huming/db/schema/catalogue'
import { materials } from '@huming/db/schema/production'
import { serviceDayOf } from '@huming/shared/days'
import { type DatedMark, marksOf, saleDays } from '@huming/shared/gates'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { readHeld, readRules } from './paper-rows.ts'

/** Whoever changes papers or goods of an organisation takes turns, so that the days reckoned are of the newest. */
export async function lockPapers(tx: Tx, orgId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${orgId}, 2))`)
}

type SkuDays = { id: string; productId: string; saleFrom: string; saleUntil: string }

/**
 * Writes on every pack of the organisation the days on which its papers let it be sold (materials never are), and on
 * every product the marks its certificates give it. Call it after `lockPapers`, in the transaction of what changed. Whoever reads
 * compares with the day, so nothing must happen at midnight for a paper to stop the trade. Gives how many rows changed.
 */
export async function reckonSales(tx: Tx, ctx: Pick<Ctx, 'now'>, orgId: string): Promise<number> {
  const today = serviceDayOf(ctx.now)
  const rules = await readRules(tx)
  const held = (await readHeld(tx, [orgId])).get(orgId) ?? []
  const goods = await tx
    .select({
      id: products.id,
      category: products.category,
      edibleBasis: products.edibleBasis,
      marks: products.marks,
    })
    .from(products)
    .where(eq(products.orgId, orgId))
    .orderBy(products.id)
  const packs = await tx
    .select({
      id: skus.id,
      productId: skus.productId,
      saleFrom: skus.saleFrom,
      saleUntil: skus.saleUntil,
      material: materials.skuId,
    })
    .from(skus)
    .leftJoin(materials, eq(materials.skuId, skus.id))
    .where(eq(skus.orgId, orgId))
    .orderBy(skus.id)
  const packsOf = Map.groupBy(packs, (pack) => pack.productId)
  let changed = 0
  for (const product of goods) {
    const days = saleDays(rules, held, { ...product, productId: product.id }, today)
    changed += await writeMarks(tx, product, marksOf(held, product.id, today))
    for (const pack of packsOf.get(product.id) ?? [])
      changed += await writeDays(tx, pack, pack.material === null ? days : null)
  }
  return changed
}

/** Only what differs is written: each write is a new version of the catalogue. */
async function writeDays(
  tx: Tx,
  pack: SkuDays,
  days: { from: string; until: string } | null,
): Promise<number> {
  const { from, until } = days ?? { from: '', until: '' }
  if (pack.saleFrom === from && pack.saleUntil === until) return 0
  await tx.update(skus).set({ saleFrom: from, saleUntil: until }).where(eq(skus.id, pack.id))
  return 1
}

async function writeMarks(
  tx: Tx,
  product: { id: string; marks: DatedMark[] },
  marks: DatedMark[],
): Promise<number> {
  const same = (a: DatedMark[]) =>
    JSON.stringify(a.map(({ type, text, from, until }) => [type, text, from, until]))
  if (same(product.marks) === same(marks)) return 0
  await tx.update(products).set({ marks }).where(eq(products.id, product.id))
  return 1
}
