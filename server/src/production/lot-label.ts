import { organisations, sites } from '@huming/db/schema/accounts'
import { lotLabels, skuLabels } from '@huming/db/schema/production'
import { checkSc } from '@huming/shared/identifiers/sc'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import type { DishClass } from '@huming/shared/reference/prepared-dish'
import { asc, eq } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import type { Additive, Contents } from './contents.ts'
import { dishClassOf, refuseDishFlaws } from './dish.ts'
import type { PackFacts } from './recipe-rows.ts'

type SkuLabel = typeof skuLabels.$inferSelect
/** What a pack's label says on the day, and what the pack is under the 预制菜 rules. */
export type LabelOfDay = { readonly label: SkuLabel | null; readonly dishClass: DishClass | null }

const partNames = {
  ingredients: { zh: '配料表', en: 'ingredients' },
  productStandard: { zh: '产品标准代号', en: 'product standard' },
  scNumber: { zh: '生产许可证编号', en: 'SC number' },
  storage: { zh: '贮存条件', en: 'storage' },
} as const

/**
 * The label of a pack as goods of `day` carry it. Refuses prepackaged food whose label lacks what the law asks for
 * (食品安全法 Art. 67), and a preservative in a prepared dish.
 */
export async function refuseIncompleteLabel(
  tx: Tx,
  ctx: Pick<Ctx, 'locale'>,
  pack: PackFacts,
  additives: readonly Additive[],
  day: string,
): Promise<LabelOfDay> {
  const [row] = await tx.select().from(skuLabels).where(eq(skuLabels.skuId, pack.skuId))
  const label = row ?? null
  // What a maker only uses itself carries no label of its own.
  if (isPrepackaged(pack.category) && pack.materialKind === null) {
    const lacks = lacking(pack, label)
    if (lacks.length > 0) {
      const names = lacks.map((part) => partNames[part][ctx.locale])
      throw new Fault('label_incomplete', lacks.join(', '), {
        params: { parts: names.join(ctx.locale === 'zh' ? '、' : ', ') },
        lacks,
      })
    }
  }
  const dishClass = dishClassOf(pack, label, day)
  const own = (label?.ingredients ?? []).flatMap((one) =>
    one.additiveClass ? [{ name: one.name, additiveClass: one.additiveClass }] : [],
  )
  refuseDishFlaws(ctx, pack, dishClass, [...own, ...additives], day)
  return { label, dishClass }
}

const isPrepackaged = (category: string): boolean =>
  isCategoryId(category) && categoryOf(category).nature === 'prepackaged'

function lacking(pack: PackFacts, label: SkuLabel | null): (keyof typeof partNames)[] {
  return [
    ...(label && label.ingredients.length > 0 ? [] : (['ingredients'] as const)),
    ...(label?.productStandard ? [] : (['productStandard'] as const)),
    ...(label && checkSc(label.scNumber).ok ? [] : (['scNumber'] as const)),
    ...(pack.storage === '' ? (['storage'] as const) : []),
  ]
}

/** Keeps what the label of a lot says from now on, whatever becomes of the pack's. */
export async function writeLotLabel(
  tx: Tx,
  lotId: string,
  pack: PackFacts,
  { label, dishClass }: LabelOfDay,
  contents: Pick<Contents, 'allergens'>,
): Promise<void> {
  const maker = await makerOf(tx, pack.orgId)
  await tx
    .insert(lotLabels)
    .values({
      lotId,
      orgId: pack.orgId,
      allergens: [...new Set([...pack.allergens, ...contents.allergens])].sort(),
      ingredients: label?.ingredients ?? [],
      productStandard: label?.productStandard ?? '',
      scNumber: label?.scNumber ?? '',
      storage: pack.storage,
      producer: maker.name,
      producerAddress: maker.address,
      shelfLifeDays: pack.shelfLifeDays,
      preparedDishClass: dishClass,
    })
    .onConflictDoNothing()
}

/** Name and address of who makes goods, as labels and records of purchase name them. */
export async function makerOf(
  tx: Tx,
  orgId: string,
): Promise<{ name: string; address: string; contact: string }> {
  const [row] = await tx
    .select({ name: organisations.name, address: sites.address, contact: sites.contactPhone })
    .from(organisations)
    .leftJoin(sites, eq(sites.orgId, organisations.id))
    .where(eq(organisations.id, orgId))
    .orderBy(asc(sites.id))
    .limit(1)
  return { name: row?.name ?? '', address: row?.address ?? '', contact: row?.contact ?? '' }
}
