import { events, notices as told } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, road } from '../delivery/test-road.ts'
import { runAudit } from '../reports/run-audit.ts'
import { type Guest, type TestApp, testApp } from '../test-app.ts'
import { chaseAnswers } from './chase-answers.ts'
import { pickOff, recallHands } from './test-recall.ts'

let t: TestApp
let r: Awaited<ReturnType<typeof recallHands>>
beforeAll(async () => {
  t = await testApp()
  r = await recallHands(t)
})
afterAll(() => t.close())

/** Two shops that were handed 10 kg each of a lot of 1,000 kg. */
async function delivered() {
  const d = await road(t, { sites: [{}, {}] })
  await pickOff(t, d.packs[0]?.lot.id as string, 20_000)
  for (const stop of (await d.read()).stops) {
    await t.call('delivery.arrive', { params: { id: stop.id }, body: {} }, d.driver)
    const signatureFileId = await picture(t, d.driver)
    const lines = stop.goods.flatMap((order) =>
      order.lines.map(({ orderLineId, lotId, quantity }) => ({ orderLineId, lotId, delivered: quantity })),
    )
    const body = { lines, receiverName: '示例', signatureFileId }
    expect((await t.call('delivery.deliver', { params: { id: stop.id }, body }, d.driver)).status).toBe(200)
  }
  const shop = await t.guest(d.buyer, ['purchaser'])
  const lead = await t.guest({ id: d.hub.orgId, kind: 'warehouse' }, ['lead'])
  return { ...d, lot: d.packs[0]?.lot as { id: string; code: string }, shop, lead }
}
type Life = Awaited<ReturnType<typeof delivered>>

const mine = async (who: Guest) => (await t.call('recall.myNotices', { query: {} }, who)).body
const answer = (id: string, lotId: string, kept: number, used: number, photos: string[], who: Guest) =>
  t.call(
    'recall.answer',
    { params: { id }, body: { goods: [{ lotId, kept, used }], photoFileIds: photos } },
    who,
  )
const fetchAll = async (id: string, d: Life, short: Record<string, number> = {}) => {
  for (const task of (await r.read(id)).tasks.filter((one) => one.status === 'open')) {
    const quantity = short[task.kind] ?? task.quantity
    const photoFileIds = [await picture(t, d.lead)]
    const body = { quantity, photoFileIds, note: quantity < task.quantity ? '示例：少一袋' : '' }
    const done = await t.call('recall.doTask', { params: { id: task.id }, body }, d.lead)
    expect([done.problem?.code, done.body.status]).toEqual([undefined, 'done'])
  }
}
/** A second person of the hub sees what was destroyed. */
const witness = async (d: Life) => {
  const rows = await t.sql<
    { id: string }[]
  >`select id from disposals where lot_id = ${d.lot.id} and status = 'written'`
  for (const { id } of rows)
    expect(
      (await t.call('storing.witnessDisposal', { params: { id }, body: {} }, d.lead)).problem?.code,
    ).toBeUndefined()
}
const dispose = async (id: string, over: object = {}) =>
  t.call(
    'recall.dispose',
    {
      params: { id },
      body: {
        method: 'dye',
        place: '示例销毁站',
        witnesses: '示例甲、示例乙',
        photoFileIds: [await picture(t, r.safety)],
        ...over,
      },
    },
    r.safety,
  )

test('every shop is told exactly what it got, answers with a photo, and gives it back; the balance closes', async () => {
  const d = await delivered()
  const id = await r.stopped([d.lot.id], { incident: true })
  expect((await mine(d.shop)).items).toEqual([])
  const scoped = (await r.scope(id)).body
  const buyers = scoped.notices.filter((one) => one.kind === 'buyer')
  expect(buyers.map((one) => one.goods.map((lot) => [lot.lotId, lot.quantity]))).toEqual([
    [[d.lot.id, 10_000]],
    [[d.lot.id, 10_000]],
  ])
  expect((await mine(d.shop)).items).toEqual([])
  expect((await r.tell(id)).body.status).toBe('notified')
  const { items, unanswered } = await mine(d.shop)
  expect([items.length, unanswered]).toEqual([2, 2])
  const [one = '', two = ''] = items.map((notice) => notice.id)
  const photo = await picture(t, d.shop)
  const stranger = await t.guest((await road(t)).buyer, ['purchaser'])
  expect((await answer(one, d.lot.id, 1, 0, [], stranger)).problem.code).toBe('not_found')
  expect((await answer(one, d.lot.id, 6_000, 4_001, [photo], d.shop)).problem.code).toBe(
    'recall_quantities_wrong',
  )
  expect((await answer(one, newId(), 1, 0, [photo], d.shop)).problem.code).toBe('recall_quantities_wrong')
  expect((await answer(one, d.lot.id, 6_000, 4_000, [], d.shop)).problem.code).toBe('proof_missing')
  const given = await answer(one, d.lot.id, 6_000, 4_000, [photo], d.shop)
  expect(given.body.answeredAt).not.toBeNull()
  expect((await answer(one, d.lot.id, 6_000, 4_000, [photo], d.shop)).status).toBe(200)
  // A correction before collecting replaces the task; the second shop has used everything.
  expect((await answer(one, d.lot.id, 7_000, 3_000, [photo], d.shop)).status).toBe(200)
  expect((await answer(two, d.lot.id, 0, 10_000, [], d.shop)).status).toBe(200)
  expect((await r.read(id)).status).toBe('retrieving')
  const early = await dispose(id)
  expect([early.problem.code, early.problem['params']]).toEqual(['recall_tasks_open', { count: 2 }])
  await fetchAll(id, d, { shelf: 979_000 })
  expect((await answer(one, d.lot.id, 1_000, 0, [photo], d.shop)).problem.code).toBe('wrong_state')
  const before = (await r.read(id)).balance[0]
  expect(before).toMatchObject({
    entered: 1_000_000,
    onShelf: 0,
    apart: 986_000,
    recovered: 7_000,
    usedByBuyers: 13_000,
    notTold: 0,
    lost: 1_000,
    unexplained: 0,
  })
  expect((await dispose(id, { method: null })).problem.code).toBe('reason_missing')
  expect((await dispose(id, { photoFileIds: [photo] })).problem.code).toBe('bad_input')
  const gone = await dispose(id)
  expect(gone.body).toMatchObject({ status: 'disposed', tasksOpen: 0 })
  expect(gone.body.balance[0]).toMatchObject({ apart: 986_000, destroyed: 0, unexplained: 0 })
  const unseen = await t.call('recall.report', { params: { id }, body: { conclusion: '示例' } }, r.safety)
  expect(unseen.problem.code).toBe('recall_not_witnessed')
  await witness(d)
  const seen = await r.read(id)
  expect(seen.balance[0]).toMatchObject({ apart: 0, destroyed: 986_000, unexplained: 0 })
  expect(seen.lotList[0]?.stage).toBe('destroyed')
  const reported = await t.call(
    'recall.reportIncident',
    { params: { id }, body: { note: '示例：已电话报告' } },
    r.safety,
  )
  expect(reported.body.clocks.map((clock) => [clock.clock, clock.late])).toEqual([
    ['incident', false],
    ['start', false],
    ['finish', false],
  ])
  expect((await t.call('recall.close', { params: { id } }, r.safety)).problem.code).toBe('wrong_state')
  const report = await t.call('recall.report', { params: { id }, body: { conclusion: '示例结论' } }, r.safety)
  expect(report.body.status).toBe('reported')
  expect((await t.call('recall.close', { params: { id } }, r.safety)).body.status).toBe('closed')
  const pdf = await t.app.inject({
    url: `/api/recalls/${id}/report.pdf`,
    headers: { cookie: r.safety.cookie },
  })
  expect([pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
    200,
    'application/pdf',
    '%PDF-',
  ])
})

test('what a shop gave back before the recall asked for it does not come back once more', async () => {
  const d = await delivered()
  const id = await r.told([d.lot.id])
  const [one = '', two = ''] = (await mine(d.shop)).items.map((notice) => notice.id)
  const photo = await picture(t, d.shop)
  expect((await answer(one, d.lot.id, 10_000, 0, [photo], d.shop)).status).toBe(200)
  expect((await answer(two, d.lot.id, 0, 10_000, [], d.shop)).status).toBe(200)
  const back = { hubId: d.hub.id, lotId: d.lot.id, quantity: 14_000, reason: '示例' }
  expect((await t.call('storing.takeBack', { params: { id: newId() }, body: back }, d.lead)).status).toBe(200)
  const task = (await r.read(id)).tasks.find((each) => each.kind === 'buyer')
  const photoFileIds = [await picture(t, d.lead)]
  const fetch = (quantity: number) =>
    t.call(
      'recall.doTask',
      { params: { id: task?.id as string }, body: { quantity, photoFileIds, note: '示例：已提前退回' } },
      d.lead,
    )
  const over = await fetch(10_000)
  expect([over.problem.code, over.problem['params']]).toEqual(['over_return', { max: 6000 }])
  expect((await fetch(6000)).body.status).toBe('done')
  const { breachCount } = (await runAudit(t.system())).checks.find(
    (check) => check.name === 'lot_goods_all_accounted',
  ) as { breachCount: number }
  expect(breachCount).toBe(0)
})

test('a drill takes the times and the list and changes nothing at all', async () => {
  const d = await delivered()
  const rest = await road(t, { until: 'loading' })
  const tables = [
    'lots',
    'promises',
    'orders',
    'order_lines',
    'pick_tasks',
    'totes',
    'movements',
    'bin_stock',
    'notices',
    'trace_edges',
    'ledger_accounts',
    'recall_tasks',
  ]
  const state = async () => {
    const parts = await Promise.all(
      tables.map((table) =>
        t.sql.unsafe(
          `select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as hash from ${table} x`,
        ),
      ),
    )
    return parts.map((rows, i) => [tables[i], rows[0]?.['hash']])
  }
  const tomorrow = new Date(Date.now() + 86_400_000)
  await chaseAnswers(t.system(tomorrow))
  const before = await state()
  const lotIds = [d.lot.id, rest.packs[0]?.lot.id as string]
  const id = await r.told(lotIds, { drill: true })
  const doc = await r.read(id)
  expect(doc).toMatchObject({ status: 'notified', drill: true, tasksOpen: 0 })
  expect(doc.stopped).toMatchObject({ lots: 2, totes: 1, shelves: 2 })
  expect(doc.notices.filter((one) => one.kind === 'buyer').map((one) => one.sentAt)).toEqual([null, null])
  expect(doc.steps.map((step) => step.status)).toEqual(['stop_sale', 'scope_computed', 'notified'])
  expect((await dispose(id)).problem.code).toBe('wrong_state')
  expect(
    (await t.call('recall.reportIncident', { params: { id }, body: { note: '示例' } }, r.safety)).problem
      .code,
  ).toBe('wrong_state')
  await chaseAnswers(t.system(tomorrow))
  const report = await t.call(
    'recall.report',
    { params: { id }, body: { conclusion: '示例：28 分钟' } },
    r.safety,
  )
  expect(report.body.status).toBe('reported')
  expect((await t.call('recall.close', { params: { id } }, r.safety)).body.status).toBe('closed')
  expect(await state()).toEqual(before)
  expect((await mine(d.shop)).items).toEqual([])
})

test('a second lot widens the recall: stopped at once, only new places and goods are told', async () => {
  const first = await delivered()
  const second = await delivered()
  const id = await r.told([first.lot.id])
  const photo = await picture(t, first.shop)
  const [notice] = (await mine(first.shop)).items
  await answer(notice?.id as string, first.lot.id, 10_000, 0, [photo], first.shop)
  const widen = () =>
    t.call(
      'recall.addLots',
      { params: { id }, body: { lotIds: [second.lot.id], reason: '示例：同一批原料' } },
      r.safety,
    )
  expect((await widen()).body).toMatchObject({ status: 'stop_sale', lots: 2 })
  const [lot] = await t.sql`select stage from lots where id = ${second.lot.id}`
  expect(lot?.['stage']).toBe('recalled')
  const { version } = await r.read(id)
  expect((await widen()).body.version).toBe(version)
  expect((await mine(second.shop)).items).toEqual([])
  await r.scope(id)
  await r.tell(id)
  expect((await mine(second.shop)).items.length).toBe(2)
  // Who was told already keeps the answer and is not told twice.
  const [kept] = (await mine(first.shop)).items.filter((one) => one.id === notice?.id)
  expect(kept?.answeredAt).not.toBeNull()
  const sent = await t.db
    .select()
    .from(told)
    .where(and(eq(told.subjectId, notice?.id as string), eq(told.key, 'notice.recall')))
  expect(sent.length).toBe(1)
})

test('who does not acknowledge in time is reminded and phoned, once', async () => {
  const d = await delivered()
  const id = await r.told([d.lot.id], { level: 1 })
  const at = (minutes: number) => t.system(new Date(Date.now() + minutes * 60_000))
  await chaseAnswers(at(119))
  expect((await r.read(id)).callsDue).toBe(0)
  await chaseAnswers(at(121))
  await chaseAnswers(at(180))
  const doc = await r.read(id)
  expect(doc.callsDue).toBe(3)
  const due = await t.db
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.type, 'recall.call_due')))
  expect(due.length).toBe(3)
  const notice = doc.notices.find((one) => one.kind === 'buyer')
  const call = () =>
    t.call(
      'recall.call',
      { params: { id: notice?.id as string }, body: { note: '示例：店长已下架' } },
      r.safety,
    )
  expect((await call()).status).toBe(200)
  expect((await call()).status).toBe(200)
  expect((await r.read(id)).callsDue).toBe(2)
  const drill = await r.told([d.lot.id], { drill: true })
  const silent = (await r.read(drill)).notices[0]?.id as string
  const none = await t.call('recall.call', { params: { id: silent }, body: { note: '示例' } }, r.safety)
  expect(none.problem.code).toBe('wrong_state')
})

test('a wrong recall is withdrawn: the lot goes on from where it stood, everybody told is told so', async () => {
  const d = await delivered()
  const id = await r.told([d.lot.id])
  const shelf = (await r.read(id)).tasks[0]?.id as string
  const withdraw = () =>
    t.call('recall.withdraw', { params: { id }, body: { reason: '示例：复检合格' } }, r.safety)
  const withdrawn = await withdraw()
  expect(withdrawn.body).toMatchObject({
    status: 'withdrawn',
    tasksOpen: 0,
    withdrawReason: '示例：复检合格',
  })
  expect((await withdraw()).body.version).toBe(withdrawn.body.version)
  const [lot] = await t.sql`select stage, promisable, on_hand, hold_reason from lots where id = ${d.lot.id}`
  expect(lot).toEqual({ stage: 'received', promisable: 980_000, on_hand: 980_000, hold_reason: null })
  const [notice] = (await mine(d.shop)).items
  expect([notice?.withdrawn, (await mine(d.shop)).unanswered]).toEqual([true, 0])
  const late = await t.call(
    'recall.doTask',
    { params: { id: shelf }, body: { quantity: 0, note: '示例' } },
    d.lead,
  )
  expect(late.problem.code).toBe('wrong_state')
  expect((await answer(notice?.id as string, d.lot.id, 0, 0, [], d.shop)).problem.code).toBe('wrong_state')
})

test('of two recalls of one lot the withdrawal of one leaves it stopped', async () => {
  const d = await delivered()
  const first = await r.stopped([d.lot.id])
  const second = await r.stopped([d.lot.id])
  const stage = async () => (await t.sql`select stage from lots where id = ${d.lot.id}`)[0]?.['stage']
  const withdraw = (id: string) =>
    t.call('recall.withdraw', { params: { id }, body: { reason: '示例' } }, r.safety)
  await withdraw(first)
  expect(await stage()).toBe('recalled')
  await withdraw(second)
  expect(await stage()).toBe('received')
})

test('only a label fault is remedied: what never left the house is sold again, what buyers returned is destroyed', async () => {
  const d = await delivered()
  const id = await r.told([d.lot.id], { level: 3, cause: 'label', remedy: 'relabel' })
  const photo = await picture(t, d.shop)
  for (const notice of (await mine(d.shop)).items)
    await answer(notice.id, d.lot.id, 10_000, 0, [photo], d.shop)
  await fetchAll(id, d)
  expect((await dispose(id, { method: null })).problem.code).toBe('reason_missing')
  expect((await dispose(id)).status).toBe(200)
  await witness(d)
  expect((await r.read(id)).balance[0]).toMatchObject({
    onShelf: 980_000,
    apart: 0,
    destroyed: 20_000,
    unexplained: 0,
  })
  const [lot] = await t.sql`select stage, promisable, on_hand from lots where id = ${d.lot.id}`
  expect(lot).toEqual({ stage: 'received', promisable: 980_000, on_hand: 980_000 })
})

test('after all of it the books of the goods are in order', async () => {
  const { checks } = await runAudit(t.system())
  const own = [
    'movements_sum_to_on_hand',
    'movements_sum_to_bins',
    'quarantines_match_bins',
    'returned_goods_stay_apart',
    'recalled_goods_stand_still',
    'promises_sum_to_lot',
    'trace_follows_deliveries',
  ]
  expect(
    checks.filter((check) => own.includes(check.name)).map((check) => [check.name, check.breaches]),
  ).toEqual(expect.arrayContaining(own.map((name) => [name, []])))
})
