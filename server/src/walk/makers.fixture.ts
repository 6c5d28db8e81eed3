import { makeLot, makeOrg, makeSite, makeSku } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import type { Guest, TestApp } from '../test-app.ts'
import { inDays, today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** A side's supplier as a maker: material, recipe, batches in each state, and goods sent to another maker. */
export async function makersOf(t: TestApp, { orgs, hub, guests }: Parties) {
  const { coop } = orgs
  await makeSite(t.db, coop.id, hub.id)
  const neighbour = await makeOrg(t.db, 'base')
  await makeSite(t.db, neighbour.id, hub.id)
  const who = guests.lister
  const { material, receipt, lot } = await boughtBy(t, coop.id, who)
  const pack = await makeSku(t.db, coop.id, { storage: '常温' }, { product: { category: 'C5' } })
  const label = {
    ingredients: [{ name: '小麦粉' }],
    productStandard: 'GB 31644',
    scNumber: 'SC11135040590010',
    answers: {},
    version: 0,
  }
  well(await t.call('production.writeLabel', { params: { skuId: pack.id }, body: label }, who))
  const recipe = {
    id: newId(),
    body: {
      skuId: pack.id,
      batchQuantity: 1000,
      validFrom: today,
      inputs: [{ skuId: material.id, quantity: 1000 }],
      steps: [{ name: '搅拌' }],
    },
  }
  well(await t.call('production.writeRecipe', { params: { id: recipe.id }, body: recipe.body }, who))
  const idle = { ...recipe.body, skuId: (await makeSku(t.db, coop.id)).id }
  const retired = newId()
  well(await t.call('production.writeRecipe', { params: { id: retired }, body: idle }, who))
  const batches = await batchesOf(t, { orgs, hub, guests } as Parties, recipe.id, lot)
  const grown = await makeLot(t.db, await makeSku(t.db, coop.id), hub.id, 50_000, { stage: 'made' })
  const send = { lotId: grown.id, toOrgId: neighbour.id, quantity: 1000 }
  const sent = { id: newId(), body: send }
  well(await t.call('production.sendMaterial', { params: { id: sent.id }, body: sent.body }, who))
  const label2 = { ...label, version: 1 }
  return {
    material,
    receipt,
    recipe,
    retired,
    label: { skuId: pack.id, body: label2 },
    lot,
    batches,
    sent,
  }
}

/** Flour bought outside, which lies in the store. */
async function boughtBy(t: TestApp, orgId: string, who: Guest) {
  const material = {
    id: newId(),
    body: {
      orgId,
      name: '示例面粉',
      category: 'A4',
      kind: 'ingredient' as const,
      spec: '25 kg袋',
      baseUnit: 'g' as const,
      zone: 'ambient' as const,
      shelfLifeDays: 180,
    },
  }
  well(await t.call('production.writeMaterial', { params: { id: material.id }, body: material.body }, who))
  const receipt = {
    id: newId(),
    body: {
      orgId,
      accepted: 100_000,
      bought: {
        skuId: material.id,
        supplierName: '示例粮油行',
        supplierAddress: '示例市场1号',
        supplierContact: '19900000009',
        supplierLotCode: 'WB-1',
        useByDay: inDays(60),
        certificate: 'CJ-1',
      },
    },
  }
  const bought = well(
    await t.call('production.receiveMaterial', { params: { id: receipt.id }, body: receipt.body }, who),
  )
  return { material, receipt, lot: bought.lotCode as string }
}

async function batchesOf(t: TestApp, { hub, guests }: Parties, recipeId: string, lot: string) {
  const who = guests.lister
  const body = { recipeId, hubId: hub.id, quantity: 1000, day: today }
  const plan = async (): Promise<string> => {
    const id = newId()
    well(await t.call('production.planBatch', { params: { id }, body }, who))
    return id
  }
  const running = async (): Promise<string> => {
    const id = await plan()
    well(await t.call('production.startBatch', { params: { id }, body: {} }, who))
    return id
  }
  const taken = async (): Promise<string> => {
    const id = await running()
    const input = { params: { id, inputId: newId() }, body: { lot, quantity: 1000 } }
    well(await t.call('production.takeInput', input, who))
    const reading = { params: { id, readingId: newId() }, body: { seq: 1 } }
    well(await t.call('production.readStep', reading, who))
    return id
  }
  const made = async (): Promise<string> => {
    const id = await taken()
    const finish = { params: { id }, body: { quantity: 1000, madeOn: today } }
    well(await t.call('production.finishBatch', finish, who))
    return id
  }
  return {
    toPlan: { id: await plan(), body },
    toStart: await plan(),
    toCancel: await plan(),
    toTake: { id: await running(), inputId: newId() },
    toRead: { id: await running(), readingId: newId() },
    toFinish: await taken(),
    toInspect: { id: await made(), inspectionId: newId() },
  }
}
