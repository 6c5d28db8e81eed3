import { makeHub, makeOrg, makeSite, makeSku } from '@huming/db/factories'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { expect } from 'vitest'
import type { Answer, Guest, TestApp } from '../test-app.ts'

type Over<F extends (...args: never[]) => unknown, I extends number> = Parameters<F>[I]
type Body<Id extends keyof Contracts> = ContractInput<Contracts[Id]> extends { body: infer B } ? B : never
export type Base = Awaited<ReturnType<typeof testBase>>
type People = Awaited<ReturnType<typeof peopleOf>>

export const scNumber = 'SC11135040590010'

/** The answer's body; a refusal ends the test. */
export function well<A extends { status: number; body: unknown }>(answer: A): A['body'] {
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}

async function peopleOf(t: TestApp, kind: 'base' | 'coop', hubId?: string) {
  const hub = hubId ? { id: hubId } : await makeHub(t.db)
  const org = await makeOrg(t.db, kind, { sellerTaxType: 'general', divisionCode: '350405' })
  await makeSite(t.db, org.id, hub.id)
  const lister = await t.guest(org, ['lister'])
  const quality = await t.guest(org, ['quality'])
  return { hub, org, lister, quality, today: serviceDayOf(new Date()) }
}

/** Packs, materials and what is bought. */
function buying(t: TestApp, { org, lister, today }: People) {
  const sku = (over: Over<typeof makeSku, 2> = {}, category = 'C1') =>
    makeSku(
      t.db,
      org.id,
      { zone: 'ambient', shelfLifeDays: 90, storage: '−18℃以下', ...over },
      { product: { category } },
    )

  async function material(over: Partial<Body<'production.writeMaterial'>> = {}): Promise<string> {
    const id = newId()
    const body = {
      orgId: org.id,
      name: '示例面粉',
      category: 'A4',
      kind: 'ingredient' as const,
      spec: '25 kg袋',
      baseUnit: 'g' as const,
      zone: 'ambient' as const,
      shelfLifeDays: 180,
      ...over,
    }
    well(await t.call('production.writeMaterial', { params: { id }, body }, lister))
    return id
  }

  /** Buys so much from outside and gives the lot. */
  async function buy(skuId: string, quantity: number, over: object = {}) {
    const body = {
      orgId: org.id,
      accepted: quantity,
      bought: {
        skuId,
        supplierName: '示例粮油行',
        supplierAddress: '示例市场1号',
        supplierContact: '19900000009',
        supplierLotCode: 'WB-1',
        useByDay: addDays(today, 60),
        certificate: 'CJ-1',
        ...over,
      },
    }
    const receipt = well(
      await t.call('production.receiveMaterial', { params: { id: newId() }, body }, lister),
    )
    return { id: receipt.lotId as string, code: receipt.lotCode as string }
  }

  return { sku, material, buy }
}

/** Recipes and labels. */
function writing(t: TestApp, { lister, today }: People) {
  /** A recipe of so much from `[pack, quantity, loss]`. */
  async function recipe(
    skuId: string,
    batchQuantity: number,
    inputs: readonly (readonly [skuId: string, quantity: number, lossBp?: number])[],
    over: Partial<Body<'production.writeRecipe'>> = {},
  ): Promise<string> {
    const id = newId()
    const body = {
      skuId,
      batchQuantity,
      validFrom: today,
      inputs: inputs.map(([input, quantity, lossBp = 0]) => ({ skuId: input, quantity, lossBp })),
      ...over,
    }
    well(await t.call('production.writeRecipe', { params: { id }, body }, lister))
    return id
  }

  const label = (skuId: string, over: Partial<Body<'production.writeLabel'>> = {}) =>
    t.call(
      'production.writeLabel',
      {
        params: { skuId },
        body: {
          ingredients: [{ name: '小麦粉' }, { name: '饮用水' }],
          productStandard: 'GB 19295',
          scNumber,
          answers: {},
          version: 0,
          ...over,
        },
      },
      lister,
    )

  return { recipe, label }
}

/** Batches, step by step or whole. */
function making(t: TestApp, { hub, lister, quality, today }: People) {
  async function plan(recipeId: string, quantity: number, over: Partial<Body<'production.planBatch'>> = {}) {
    const id = newId()
    const body = { recipeId, hubId: hub.id, quantity, day: today, ...over }
    return well(await t.call('production.planBatch', { params: { id }, body }, lister))
  }

  async function running(
    recipeId: string,
    quantity: number,
    over: Partial<Body<'production.planBatch'>> = {},
  ) {
    const batch = await plan(recipeId, quantity, over)
    return well(await t.call('production.startBatch', { params: { id: batch.id }, body: {} }, lister))
  }

  const take = (
    id: string,
    lot: string,
    quantity: number,
    over: { reason?: string; inputId?: string } = {},
    who: Guest = lister,
  ): Promise<Answer<'production.takeInput'>> => {
    const { inputId = newId(), ...rest } = over
    return t.call('production.takeInput', { params: { id, inputId }, body: { lot, quantity, ...rest } }, who)
  }

  const finish = (
    id: string,
    quantity: number,
    over: object = {},
  ): Promise<Answer<'production.finishBatch'>> =>
    t.call('production.finishBatch', { params: { id }, body: { quantity, madeOn: today, ...over } }, lister)

  const inspect = (
    id: string,
    passed = true,
    over: object = {},
  ): Promise<Answer<'production.inspectBatch'>> =>
    t.call(
      'production.inspectBatch',
      {
        params: { id, inspectionId: newId() },
        body: {
          items: [{ item: '净含量', limit: '≥ 10 kg', value: passed ? '10.02 kg' : '9.6 kg', passed }],
          inspectedOn: today,
          ...over,
        },
      },
      quality,
    )

  /** A whole batch from `[code, quantity]`, released; gives its lot. */
  async function make(
    recipeId: string,
    quantity: number,
    inputs: readonly (readonly [code: string, quantity: number])[],
    over: Partial<Body<'production.planBatch'>> & { checks?: object } = {},
  ) {
    const { checks = {}, ...planned } = over
    const batch = await running(recipeId, quantity, planned)
    for (const [code, amount] of inputs) well(await take(batch.id, code, amount))
    well(await finish(batch.id, quantity, { reason: '示例' }))
    const done = well(await inspect(batch.id, true, checks))
    return { id: done.lotId, code: done.lotCode, batchId: batch.id }
  }

  return { plan, running, take, finish, inspect, make }
}

/** A maker with its site and people, and the words to make goods with. */
export async function testBase(t: TestApp, kind: 'base' | 'coop' = 'base', hubId?: string) {
  const people = await peopleOf(t, kind, hubId)
  return {
    ...people,
    ...buying(t, people),
    ...writing(t, people),
    ...making(t, people),
    lot: async (id: string) =>
      (
        await t.sql`select stage, quantity, promisable, promised, on_hand, certificate, made_on, use_by_day,
        hold_reason from lots where id = ${id}`
      )[0] as Record<string, unknown>,
    edges: (toId: string) => t.sql<{ fromId: string; kind: string; quantity: number; toQuantity: number }[]>`
      select from_id as "fromId", kind, sum(quantity)::int as quantity, sum(to_quantity)::int as "toQuantity"
      from trace_edges where to_id = ${toId} group by 1, 2 having sum(quantity) <> 0 order by 1`,
  }
}
