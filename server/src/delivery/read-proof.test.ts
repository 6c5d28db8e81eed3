import { makeHub } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { road } from './test-road.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

/** The smallest PNG. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
async function upload(who: Guest): Promise<string> {
  const id = newId()
  const answer = await t.call('files.upload', { params: { id }, query: {} }, who, {
    payload: png,
    headers: { 'content-type': 'image/png' },
  })
  expect(answer.status).toBe(200)
  return id
}

test('the hub of a run opens the pictures of its doors; others do not learn that there are any', async () => {
  const r = await road(t)
  const [stop] = (await r.read()).stops
  if (!stop) throw new Error('no stop')
  const params = { id: stop.id }
  const lines = stop.goods.flatMap((order) =>
    order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
  )
  const [signature, goods] = [await upload(r.driver), await upload(r.driver)]
  await t.call('delivery.arrive', { params, body: {} }, r.driver)
  const body = {
    lines,
    receiverName: '示例',
    signatureFileId: signature,
    photoFileIds: [goods],
    evidence: { shots: [{ fileId: goods, of: 'goods' as const }] },
  }
  expect((await t.call('delivery.deliver', { params, body }, r.driver)).status).toBe(200)
  const proof = await t.call('delivery.readProof', { params }, r.dispatcher)
  expect(proof.body).toMatchObject({
    kind: 'signature',
    receiverName: '示例',
    flags: [],
    pictures: [
      { fileId: signature, of: 'signature' },
      { fileId: goods, of: 'goods' },
    ],
  })
  const look = async (fileId: string, who: Guest) => {
    const url = `/api/stops/${stop.id}/pictures/${fileId}`
    const { statusCode, rawPayload } = await t.app.inject({ url, headers: { cookie: who.cookie } })
    return { status: statusCode, bytes: rawPayload }
  }
  expect(await look(goods, r.dispatcher)).toEqual({ status: 200, bytes: png })
  // By its own address the carrier's picture stays the carrier's.
  expect((await t.call('files.read', { params: { id: goods } }, r.dispatcher)).problem.code).toBe('not_found')
  const stranger = await makeHub(t.db)
  const theirs = await t.guest({ id: stranger.orgId, kind: 'warehouse' }, ['dispatcher'])
  const other = await t.guest(r.carrier, ['driver'])
  const buyer = await t.guest({ id: r.buyer.id, kind: 'buyer' }, ['purchaser'])
  for (const who of [theirs, other]) {
    expect((await t.call('delivery.readProof', { params }, who)).problem.code).toBe('not_found')
    expect((await look(goods, who)).status).toBe(404)
  }
  expect((await look(goods, buyer)).status).toBe(403)
  // A picture of the carrier that is not of this stop.
  expect((await look(await upload(r.driver), r.dispatcher)).status).toBe(404)
})
