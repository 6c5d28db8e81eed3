import { makeSite } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { lineAmountFen } from '@huming/shared/money'
import { planWave } from '../picking/plan-wave.ts'
import type { TestApp } from '../test-app.ts'
import { inDays, type Lots, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

/** A side's picking floor: a wave put to stores with a batch to fetch and one that is done, and one to be parted. */
export async function floorOf(t: TestApp, { orgs, hub, site, guests }: Parties, { ambient, chilled }: Lots) {
  const far = await makeSite(t.db, orgs.buyer.id, hub.id, { districtCode: '310151' })
  const place = async (
    day: string,
    at: { id: string; windowFrom: number; windowTo: number },
    sku: Lots['ambient'],
  ) => {
    const expectedTotalFen = lineAmountFen({
      priceCentifen: 500_000,
      pricingBase: sku.basePerPriceUnit,
      quantity: sku.basePerOrderUnit,
    })
    const body = {
      siteId: at.id,
      day,
      windowFrom: at.windowFrom,
      windowTo: at.windowTo,
      expectedTotalFen,
      lines: [{ skuId: sku.id, units: 1 }],
    }
    well(await t.call('orders.place', { params: { id: newId() }, body }, guests.purchaser))
  }
  const wave = async (day: string): Promise<string> => {
    await t.sql`update orders set status = 'frozen', frozen_at = now() where hub_id = ${hub.id} and day = ${day}`
    return (await planWave(t.system(), { hubId: hub.id, day })) as string
  }
  for (const at of [site, far]) await place(inDays(22), at, ambient)
  const toPart = await wave(inDays(22))

  await place(inDays(23), site, ambient)
  await place(inDays(23), site, chilled)
  const put = await wave(inDays(23))
  const choice = { orderId: null, skuId: null, method: 'put_to_store' as const, reason: '示例' }
  const params = { id: put, choiceId: newId() }
  well(await t.call('picking.chooseMethod', { params, body: choice }, guests.lead))
  well(await t.call('picking.releaseWave', { params: { id: put } }, guests.lead))
  const batches = well(await t.call('picking.listBatches', { params: { id: put } }, guests.picker)).items
  const [open, done] = batches as [(typeof batches)[number], (typeof batches)[number]]
  const doneBody = { lot: done.lotCode, quantity: done.quantity }
  well(await t.call('picking.fetchBatch', { params: { id: done.id }, body: doneBody }, guests.picker))
  const tasks = well(await t.call('picking.listTasks', { params: { id: put } }, guests.picker)).items
  const taskOf = (batch: { id: string }) => {
    const task = tasks.find((one) => one.batchId === batch.id)
    if (!task) throw new Error('nothing to put')
    return task
  }
  const task = taskOf(done)
  const pick = { lot: task.lotCode, quantity: task.quantity }
  well(await t.call('picking.pick', { params: { id: task.id }, body: pick }, guests.picker))
  return {
    toPart,
    newWaveId: newId(),
    choiceId: newId(),
    ruleId: newId(),
    passId: newId(),
    takeId: newId(),
    checkId: newId(),
    put,
    open,
    done,
    totes: { open: taskOf(open).toteCode, picked: task.toteCode },
  }
}
export type Floor = Awaited<ReturnType<typeof floorOf>>
