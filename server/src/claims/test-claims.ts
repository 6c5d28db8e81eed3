import { makeOrg } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { picture, road } from '../delivery/test-road.ts'
import type { Guest, TestApp } from '../test-app.ts'

type Options = Parameters<typeof road>[1]

/** For tests of claims: a run whose first stop was handed over whole, with everybody who then has a word. */
export async function handedOver(t: TestApp, options: Options = {}) {
  const r = await road(t, options)
  const run = await r.read()
  const stop = run.stops[0]
  if (!stop) throw new Error('the run has a stop')
  await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, r.driver)
  const signatureFileId = await picture(t, r.driver)
  const lines = stop.goods.flatMap((order) =>
    order.lines.map((line) => ({
      orderLineId: line.orderLineId,
      lotId: line.lotId,
      delivered: line.quantity,
      refused: 0,
      reason: null,
    })),
  )
  const cold = stop.goods.flatMap((order) => order.lines).some((line) => line.zone !== 'ambient')
  const body = { lines, receiverName: '示例收货人', signatureFileId, temperatureDeciC: cold ? -190 : null }
  const done = await t.call('delivery.deliver', { params: { id: stop.id }, body }, r.driver)
  if (done.status !== 200) throw new Error(JSON.stringify(done.problem))
  const orderId = stop.goods[0]?.orderId as string
  const operations = await makeOrg(t.db, 'operations')
  const buyer = await t.guest(r.buyer, ['purchaser'])
  await t.sql`update orders set placed_by = ${buyer.personId} where id = ${orderId}`
  return {
    ...r,
    stop,
    orderId,
    lines,
    operations,
    purchaser: buyer,
    buyerFinance: await t.guest(r.buyer, ['buyer_finance']),
    lister: await t.guest(r.supplier, ['lister']),
    finance: await t.guest(operations, ['ops_finance']),
    second: await t.guest(operations, ['ops_finance']),
    photo: () => picture(t, buyer),
  }
}
export type Handed = Awaited<ReturnType<typeof handedOver>>

/** A claim on the first line of the order, sent by the buyer. */
export async function claim(
  t: TestApp,
  h: Handed,
  over: {
    kind?: 'shortage' | 'quality' | 'temperature' | 'wrong_goods'
    quantity?: number
    who?: Guest
  } = {},
) {
  const { kind = 'quality', quantity = 1000, who = h.purchaser } = over
  const [line] = h.lines
  const id = newId()
  const body = {
    orderId: h.orderId,
    lines: [
      {
        id: newId(),
        orderLineId: line?.orderLineId as string,
        lotId: line?.lotId as string,
        kind,
        quantity,
        photoFileIds: [await h.photo()],
      },
    ],
  }
  return { id, body, sent: await t.call('claims.send', { params: { id }, body }, who) }
}

/** What is posted on an account, debits less credits. */
export async function balance(t: TestApp, orgId: string, purpose: string): Promise<number> {
  const [row] = await t.sql<{ fen: number }[]>`
    select (debits_posted_fen - credits_posted_fen)::int8 as fen from ledger_accounts
    where org_id = ${orgId} and purpose = ${purpose}`
  return row?.fen ?? 0
}
