import { initialsOf, soundOf } from '@huming/db/pinyin'
import { organisations } from '@huming/db/schema/accounts'
import { products, skus } from '@huming/db/schema/catalogue'
import { materials } from '@huming/db/schema/production'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { newId, sayableNumber } from '@huming/shared/ids'
import { type CategoryId, categoryOf, isCategoryId } from '@huming/shared/reference/categories'
import { eq, type SQL, sql } from 'drizzle-orm'
import { allow, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { likePattern } from '../kernel/page.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { anyOf } from '../supply/rows.ts'
import { freeOf, packOf } from './rows.ts'

type Material = ContractReply<Contracts['production.writeMaterial']>
type Body = ContractParsed<Contracts['production.writeMaterial']>['body']
type List = Contracts['production.listMaterials']

/** Packs found beyond one's own when somebody searches. */
const strangersMax = 30

const materialQuery = (orgIds: SQL, today: string, where: SQL, tail: SQL): SQL => sql`
  select ${packOf}, k.org_id as "orgId", k.zone, k.shelf_life_days as "shelfLifeDays", k.allergens, coalesce(m.kind, 'pack') as kind,
    m.additive_class as "additiveClass", coalesce(s.free, 0)::int8 as "onHand", coalesce(s.lots, 0)::int as lots
  from skus k join products p on p.id = k.product_id join organisations o on o.id = k.org_id
  left join materials m on m.sku_id = k.id
  left join (select l.sku_id, sum(${freeOf(sql`l.org_id`)}) as free,
      count(*) filter (where ${freeOf(sql`l.org_id`)} > 0) as lots
    from lots l where l.org_id = ${orgIds} and l.stage in ('received', 'made') and l.use_by_day >= ${today}
    group by l.sku_id) s on s.sku_id = k.id
  where k.archived_at is null and p.archived_at is null and ${where} ${tail}`

/**
 * What can go into a recipe: one's own materials and packs, others' packs that lie in one's store, and on a search
 * also packs that others offer.
 */
export async function listMaterials(
  ctx: Ctx,
  query: ContractParsed<List>['query'],
): Promise<ContractReply<List>> {
  const visible = visibleOrgIds(ctx, 'production.read')
  if (query.orgId && visible !== 'all' && !visible.includes(query.orgId)) return { items: [] }
  const orgIds = query.orgId
    ? anyOf([query.orgId])
    : visible === 'all'
      ? sql`any(array(select id from organisations where kind in ('base', 'coop')))`
      : anyOf(visible)
  const like = query.search ? likePattern(query.search) : null
  const matches = like
    ? sql`(p.name ilike ${like} or k.code ilike ${like} or p.pinyin_initials ilike ${like} or p.pinyin_full ilike ${like})`
    : sql`true`
  const own = sql`(k.org_id = ${orgIds} or s.free > 0)`
  const today = serviceDayOf(ctx.now)
  const tail = (most: number) => sql`order by p.pinyin_full, k.id limit ${most}`
  const mine = await docs<Material>(
    ctx.db,
    materialQuery(orgIds, today, sql`${own} and ${matches}`, tail(300)),
  )
  if (!like) return { items: mine }
  const others = sql`not coalesce(${own}, false) and m.sku_id is null and o.suspended_at is null and ${matches}`
  return {
    items: [
      ...mine,
      ...(await docs<Material>(ctx.db, materialQuery(orgIds, today, others, tail(strangersMax)))),
    ],
  }
}

/** The units a material is bought and counted in. */
const unitsOf = {
  g: { unit: 'kg', size: 1000 },
  ml: { unit: 'litre', size: 1000 },
  piece: { unit: 'piece', size: 1 },
} as const

/**
 * Adds a material: a pack like any other for lots, recipes and papers, but never offered. An additive names its
 * functional class (GB 2760), so that what it may not go into can be refused. The same again answers as then.
 */
export async function writeMaterial(ctx: Ctx, id: string, body: Body): Promise<Material> {
  allow(ctx, 'production.write', { orgId: body.orgId })
  if (!isCategoryId(body.category)) throw new Fault('unknown_category')
  const category: CategoryId = body.category
  if ((body.kind === 'additive') !== (body.additiveClass !== null))
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/additiveClass', reason: 'missing' }] })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [taken] = await tx.select({ orgId: skus.orgId }).from(skus).where(eq(skus.id, id))
    if (taken && taken.orgId !== body.orgId) throw new Fault('not_found')
    const before = taken && (await readMaterial(tx, ctx, id, body.orgId))
    if (before) return repeatOf(before, body)
    await insertMaterial(tx, ctx, id, category, body)
    await emit(tx, ctx, {
      type: 'material.written',
      subjectId: id,
      orgId: body.orgId,
      payload: { name: body.name, kind: body.kind },
    })
    return found(await readMaterial(tx, ctx, id, body.orgId))
  })
}

async function insertMaterial(tx: Tx, ctx: Ctx, id: string, category: CategoryId, body: Body): Promise<void> {
  const productId = newId()
  const [org] = await tx
    .select({ countyCode: organisations.divisionCode })
    .from(organisations)
    .where(eq(organisations.id, body.orgId))
  await tx.insert(products).values({
    id: productId,
    orgId: body.orgId,
    name: body.name,
    category,
    aliases: [],
    shortCodes: [],
    seasons: [],
    marks: [],
    pinyinFull: soundOf(body.name),
    pinyinInitials: initialsOf(body.name),
    createdAt: ctx.now,
    countyCode: found(org).countyCode,
  })
  const { unit, size } = unitsOf[body.baseUnit]
  await tx.insert(skus).values({
    id,
    productId,
    orgId: body.orgId,
    code: sayableNumber('M', id),
    spec: body.spec,
    baseUnit: body.baseUnit,
    orderUnit: unit,
    basePerOrderUnit: size,
    priceUnit: unit,
    basePerPriceUnit: size,
    zone: body.zone,
    shelfLifeDays: body.shelfLifeDays,
    minRemainingDays: 0,
    allergens: body.allergens,
    taxClass: categoryOf(category).tax,
    grossGramsPerUnit: size,
    millilitresPerUnit: size,
  })
  await tx.insert(materials).values({
    skuId: id,
    orgId: body.orgId,
    kind: body.kind,
    additiveClass: body.additiveClass,
  })
}

async function readMaterial(db: Db | Tx, ctx: Ctx, id: string, orgId: string): Promise<Material | undefined> {
  const [row] = await docs<Material>(
    db,
    materialQuery(sql`any(array[${orgId}]::uuid[])`, serviceDayOf(ctx.now), sql`k.id = ${id}`, sql``),
  )
  return row
}

function repeatOf(before: Material, body: Body): Material {
  const same =
    before.kind === body.kind &&
    before.name === body.name &&
    before.spec === body.spec &&
    before.baseUnit === body.baseUnit &&
    before.zone === body.zone &&
    before.shelfLifeDays === body.shelfLifeDays &&
    before.additiveClass === body.additiveClass
  if (!same) throw new Fault('id_reused')
  return before
}
