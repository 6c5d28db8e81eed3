import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { recallHands } from './test-recall.ts'

let t: TestApp
let r: Awaited<ReturnType<typeof recallHands>>
beforeAll(async () => {
  t = await testApp()
  r = await recallHands(t)
})
afterAll(() => t.close())

const after = (ms: number, from = Date.now()) => new Date(from + ms).toISOString()

/** A driver at the door whose lot is recalled while the phone has no network. */
async function recalledMeanwhile() {
  const d = await road(t, { sites: [{ name: '示例地下店' }] })
  const [stop] = (await d.read()).stops
  if (!stop) throw new Error('no stop')
  const params = { id: stop.id }
  await t.call('delivery.arrive', { params, body: {} }, d.driver)
  const lines = stop.goods.flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const signatureFileId = await picture(t, d.driver)
  const handedAt = after(0)
  const recall = await r.stopped([d.packs[0]?.lot.id as string])
  const deliver = (when: { at?: string; sentAt?: string }) =>
    t.call(
      'delivery.deliver',
      { params, body: { lines, receiverName: '示例', signatureFileId, ...when } },
      d.driver,
    )
  return { ...d, stop, recall, handedAt, deliver }
}
const told = (stopId: string) =>
  t.sql`select params from notices where subject_id = ${stopId} and org_id = ${r.operations.id}`

test('a hand-over after the stop is refused, whatever the phone knew', async () => {
  const d = await recalledMeanwhile()
  const now = after(0)
  expect((await d.deliver({ at: now, sentAt: now })).problem.code).toBe('goods_recalled')
  expect((await d.deliver({})).problem.code).toBe('goods_recalled')
})

test('a clock that is wrong, or does not say when it sent this, is not believed', async () => {
  const d = await recalledMeanwhile()
  const refusals = [
    await d.deliver({ at: d.handedAt }),
    await d.deliver({ at: d.handedAt, sentAt: after(-6 * 60_000) }),
    await d.deliver({ at: d.handedAt, sentAt: after(6 * 60_000) }),
    // Done after it was sent: that cannot be.
    await d.deliver({ at: d.handedAt, sentAt: after(-1000, Date.parse(d.handedAt)) }),
  ]
  expect(refusals.map((answer) => answer.problem.code)).toEqual(refusals.map(() => 'goods_recalled'))
  expect(await told(d.stop.id)).toEqual([])
})

test('goods taken out of the tote for the recall were not handed over', async () => {
  const d = await recalledMeanwhile()
  await t.sql`update recall_tasks set kind = 'tote', status = 'done' where recall_id = ${d.recall}`
  const answer = await d.deliver({ at: d.handedAt, sentAt: after(0) })
  expect(answer.problem.code).toBe('goods_recalled')
})

test('what was handed over before the stop is taken as it happened, flagged, and food safety is told', async () => {
  const d = await recalledMeanwhile()
  const when = { at: d.handedAt, sentAt: after(0) }
  const answer = await d.deliver(when)
  expect(answer.body.stop?.status).toBe('delivered')
  expect((await d.deliver({ ...when, sentAt: after(0) })).status).toBe(200)
  const [proof] = await t.sql`select flags, happened_at as at from stop_proofs where stop_id = ${d.stop.id}`
  expect([proof?.['flags'], proof?.['at']]).toEqual([['before_recall'], new Date(d.handedAt)])
  const notices = await told(d.stop.id)
  expect(notices.map((row) => row['params'].site)).toEqual(['示例地下店'])
  const events = await t.sql`select payload from events where subject_id = ${d.stop.id}
    and type = 'stop.delivered_before_recall'`
  expect(events).toHaveLength(1)
  // The shop is on the list of whom to tell, with exactly what it got.
  const scope = (await r.scope(d.recall)).body
  const buyers = scope.notices.filter((notice) => notice.kind === 'buyer')
  expect(buyers.flatMap((notice) => notice.goods.map((lot) => lot.quantity))).toEqual([10_000])
})
