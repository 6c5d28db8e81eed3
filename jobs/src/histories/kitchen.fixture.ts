import { makeSite, makeSku } from '@huming/db/factories'
import type { Guest, TestApp } from '@huming/server/test-app'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { expect } from 'vitest'

type Maker = { org: { id: string }; lister: Guest }

/** What a base makes dumplings with: its store, a recipe of bought flour and a co-op's filling, a label. */
export async function kitchenOf(t: TestApp, hubId: string, { org, lister }: Maker, fillingId: string) {
  await makeSite(t.db, org.id, hubId)
  const pack = await makeSku(
    t.db,
    org.id,
    { shelfLifeDays: 90, storage: '−18℃以下' },
    { product: { category: 'C1' } },
  )
  const [flourId, recipeId] = [newId(), newId()]
  const flour = {
    orgId: org.id,
    name: '示例面粉',
    category: 'A4',
    kind: 'ingredient' as const,
    spec: '25 kg袋',
    baseUnit: 'g' as const,
    zone: 'ambient' as const,
    shelfLifeDays: 180,
  }
  const recipe = {
    skuId: pack.id,
    batchQuantity: 10_000,
    validFrom: serviceDayOf(new Date()),
    inputs: [
      { skuId: flourId, quantity: 6000, lossBp: 0 },
      { skuId: fillingId, quantity: 5000, lossBp: 0 },
    ],
  }
  const label = {
    ingredients: [{ name: '小麦粉' }, { name: '示例馅料' }],
    productStandard: 'GB 19295',
    scNumber: 'SC11135040590010',
    answers: {},
    version: 0,
  }
  for (const answer of [
    await t.call('production.writeMaterial', { params: { id: flourId }, body: flour }, lister),
    await t.call('production.writeRecipe', { params: { id: recipeId }, body: recipe }, lister),
    await t.call('production.writeLabel', { params: { skuId: pack.id }, body: label }, lister),
  ])
    expect(answer).toMatchObject({ status: 200 })
  return { org, lister, pack, flourId, fillingId, recipeId }
}
