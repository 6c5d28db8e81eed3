import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { expectGoodsSound } from '../picking/test-night.ts'
import { type Stores, testStores } from '../picking/test-stores.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { noticeNearExpiry } from './near-expiry.ts'

const t: TestApp = await testApp()
let s: Stores
beforeEach(async () => {
  s = await testStores(t)
})
afterAll(() => t.close())
afterEach(() => expectGoodsSound(t))

const today = serviceDayOf(new Date())
const codeOf = (answer: { status: number; problem?: { code: string } }) =>
  answer.status === 200 ? 'done' : answer.problem?.code
/** A lot with so many days of life in all, of which so many are left. */
const aged = async (life: number, left: number, cartons = 3) =>
  s.goods(
    cartons,
    { shelfLifeDays: life },
    { madeOn: addDays(today, left - life), useByDay: addDays(today, left) },
  )
const listed = async () =>
  (await t.call('storing.listNearExpiry', { query: { hubId: s.hub.id } }, s.picker)).body.items
const act = (id: string, body: object, who = s.lead) =>
  t.call('storing.actOnNearExpiry', { params: { id }, body: body as { action: 'moved' } }, who)

test('each step of the Shanghai ladder, on its last day off and its first day on', async () => {
  const ladder = [
    [400, 45],
    [365, 45],
    [200, 20],
    [100, 15],
    [40, 10],
    [20, 5],
    [10, 2],
  ] as const
  for (const [life, threshold] of ladder) {
    const off = await aged(life, threshold + 1)
    const on = await aged(life, threshold)
    const ids = (await listed()).map((one) => one.lotId)
    expect([life, ids.includes(off.lot.id), ids.includes(on.lot.id)]).toEqual([life, false, true])
  }
})

test('a new dated rule holds from its day; a lot past its day is listed first', async () => {
  const { lot } = await aged(40, 12)
  expect(await listed()).toEqual([])
  const rule = newId()
  await t.sql`insert into near_expiry_rules (id, min_life_days, threshold_days, valid_from, valid_to, source)
    values (${rule}, 30, 14, ${today}, '2099-12-31', 'test')`
  expect(await listed()).toMatchObject([{ lotId: lot.id, daysLeft: 12, thresholdDays: 14 }])
  const gone = await aged(40, -1)
  expect(await listed()).toMatchObject([{ lotId: gone.lot.id, daysLeft: -1 }, { lotId: lot.id }])
  await t.sql`delete from near_expiry_rules where id = ${rule}`
})

test('each lot is noticed once, and warehouse, supplier and operations are told', async () => {
  const { lot } = await aged(40, 10)
  const { lot: fine } = await aged(40, 11)
  await noticeNearExpiry(t.system())
  expect(await noticeNearExpiry(t.system())).toBe(0)
  const told =
    await t.sql`select org_id from notices where key = 'notice.near_expiry' and subject_id = ${lot.id}`
  expect(told.map((row) => row['org_id'])).toEqual(
    expect.arrayContaining([s.warehouse.id, s.supplier.id, s.safety.orgId]),
  )
  expect(await t.sql`select 1 from notices where subject_id = ${fine.id}`).toEqual([])
  expect((await listed())[0]?.noticedAt).not.toBeNull()
})

test('the lead suggests a markdown to operations', async () => {
  const { lot } = await aged(40, 9)
  expect(codeOf(await act(lot.id, { action: 'markdown' }))).toBe('reason_missing')
  expect(codeOf(await act(lot.id, { action: 'markdown', markdownBp: 3000 }, s.picker))).toBe('forbidden')
  const { body } = await act(lot.id, { action: 'markdown', markdownBp: 3000 })
  expect(body).toMatchObject({ action: 'markdown', markdownBp: 3000, actedBy: '示例人员' })
  await act(lot.id, { action: 'markdown', markdownBp: 3000 })
  const told =
    await t.sql`select params from notices where key = 'notice.markdown_hint' and org_id = ${s.safety.orgId} and subject_id = ${lot.id}`
  expect(told).toMatchObject([{ params: { percent: 30, days: 9 } }])
  const { lot: fresh } = await aged(40, 30)
  expect(codeOf(await act(fresh.id, { action: 'moved' }))).toBe('not_near_expiry')
})

test('moved to the near-expiry bin it is still on sale; blocked, only what orders stand on', async () => {
  const { lot, sku } = await aged(40, 9)
  await s.place(await s.shop(), [[sku, 1]])
  expect((await act(lot.id, { action: 'moved' })).body).toMatchObject({ action: 'moved', onHand: 30_000 })
  expect(await s.lying(lot.id)).toEqual({ 'AM-N01': 30_000 })
  expect(await s.lotOf(lot.id)).toMatchObject({ promisable: 30_000 })
  expect((await act(lot.id, { action: 'blocked' })).body).toMatchObject({ action: 'blocked', onHand: 10_000 })
  expect(codeOf(await act(lot.id, { action: 'blocked' }))).toBe('done')
  expect(await s.lying(lot.id)).toEqual({ 'AM-N01': 10_000, 'AM-Q01': 20_000 })
  expect(await s.lotOf(lot.id)).toMatchObject({ on_hand: 10_000, promisable: 10_000, promised: 10_000 })
})
