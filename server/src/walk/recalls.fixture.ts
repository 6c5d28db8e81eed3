import { makeLot, makeSku } from '@huming/db/factories'
import { events } from '@huming/db/schema/events'
import { traceUploads } from '@huming/db/schema/upload'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { eventRow } from '../kernel/emit.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import type { TestApp } from '../test-app.ts'
import { queueUploads } from '../upload/queue-uploads.ts'
import { well } from './goods.fixture.ts'
import { type Parties, uploaded } from './parties.fixture.ts'

const known = () => new Date(Date.now() - 60_000).toISOString()

/** Recalls of a side's lots in each state that a door asks for, and a record for the trace platform. */
export async function recallsOf(t: TestApp, { orgs, hub, site, guests }: Parties) {
  const who = guests.food_safety
  const byId = (id: string) => ({ params: { id } })
  /** A lot on the shelf of which the side's buyer has 10 kg already. */
  async function lot(stage = 'received') {
    const sku = await makeSku(t.db, orgs.coop.id)
    const made = await makeLot(t.db, sku, hub.id, 90_000, { stage })
    const order = newId()
    const said = { quantity: 10_000, eventId: newId(), at: new Date() }
    await t.db.transaction((tx) =>
      linkGoods(tx, [
        { kind: 'picked', fromId: made.id, toId: order, ...said },
        { kind: 'delivered', fromId: order, toId: site.id, lotId: made.id, ...said },
      ]),
    )
    return made
  }
  async function draft(over: object = {}, stage?: string) {
    const id = newId()
    const made = await lot(stage)
    const facts = { level: 2, cause: 'contamination' as const, reason: '示例', knownAt: known(), ...over }
    const body = { ...facts, lotIds: [made.id] }
    well(await t.call('recall.open', { ...byId(id), body }, who))
    return { id, body }
  }
  const steps = ['recall.stop', 'recall.computeScope', 'recall.notify'] as const
  async function at(step: number, over: object = {}, stage?: string) {
    const recall = await draft(over, stage)
    for (const id of steps.slice(0, step)) well(await t.call(id, byId(recall.id), who))
    return recall.id
  }
  const photo = await uploaded(t, who)
  const evidence = { method: 'dye' as const, place: '示例', witnesses: '示例', photoFileIds: [photo] }
  const disposed = async () => {
    const id = await at(3, {}, 'made')
    well(await t.call('recall.dispose', { ...byId(id), body: evidence }, who))
    return id
  }
  const toClose = await disposed()
  well(await t.call('recall.report', { ...byId(toClose), body: { conclusion: '示例' } }, who))
  const told = await at(3)
  const doc = well(await t.call('recall.read', byId(told), who))
  const noticeTo = (kind: 'buyer' | 'supplier') => doc.notices.find((one) => one.kind === kind)
  return {
    draft: await draft(),
    toStop: await at(0),
    toScope: await at(1),
    toNotify: await at(2),
    told,
    toWiden: { id: await at(3), lotId: (await lot()).id },
    toWithdraw: await at(3),
    incident: await at(1, { incident: true }),
    toDispose: await at(3, {}, 'made'),
    evidence,
    toReport: await disposed(),
    toClose,
    buyerNotice: noticeTo('buyer'),
    supplierNotice: noticeTo('supplier'),
    task: doc.tasks.find((one) => one.kind === 'shelf'),
    uploadId: await uploadOf(t, await lot(), hub.id),
  }
}

async function uploadOf(t: TestApp, lot: { id: string; orgId: string }, hubId: string): Promise<string> {
  const payload = { onHand: 90_000 }
  const event = eventRow(t.system(), {
    type: 'lot.received',
    subjectId: lot.id,
    orgId: lot.orgId,
    hubId,
    payload,
  })
  await t.db.insert(events).values(event)
  await queueUploads(t.system(), event)
  const [row] = await t.db.select().from(traceUploads).where(eq(traceUploads.eventId, event.id))
  return row?.id as string
}
