import { makeBuyer } from '@huming/db/factories'
import { temperatureAlarms, temperatureDevices, temperatureRules } from '@huming/db/schema/temperature'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { scoreSuppliers } from './quality.ts'
import { balance, claim, handedOver } from './test-claims.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

const lineOf = (body: { lines: { id: string }[] }) => body.lines[0]?.id as string

test('claims are the buyer’s own, on delivered goods, within time, with the photos the rule asks for', async () => {
  const h = await handedOver(t)
  const stranger = await t.guest(await makeBuyer(t.db), ['purchaser'])
  expect((await claim(t, h, { who: stranger })).sent.status).toBe(404)
  const undelivered = await t.call('claims.choices', { params: { id: h.orderId } }, stranger)
  expect(undelivered.status).toBe(404)
  const [line] = h.lines
  const bare = {
    orderId: h.orderId,
    lines: [
      {
        id: newId(),
        orderLineId: line?.orderLineId as string,
        lotId: line?.lotId as string,
        kind: 'quality',
        quantity: 100,
      },
    ],
  } as const
  const noPhoto = await t.call(
    'claims.send',
    { params: { id: newId() }, body: { ...bare, lines: [...bare.lines] } },
    h.purchaser,
  )
  expect(noPhoto.problem).toMatchObject({ code: 'photo_missing' })
  const strange = await t.call(
    'claims.send',
    { params: { id: newId() }, body: { ...bare, lines: [{ ...bare.lines[0], photoFileIds: [newId()] }] } },
    h.purchaser,
  )
  expect(strange.problem).toMatchObject({ code: 'bad_input' })
  const twice = await t.call(
    'claims.send',
    {
      params: { id: newId() },
      body: { ...bare, lines: [...bare.lines, { ...bare.lines[0], id: newId(), quantity: 50 }] },
    },
    h.purchaser,
  )
  expect(twice.problem).toMatchObject({ code: 'bad_input', pointers: [{ pointer: '/body/lines' }] })
  await t.sql`update orders set delivered_at = delivered_at - interval '10 days' where id = ${h.orderId}`
  const { sent } = await claim(t, h)
  expect(sent.problem).toMatchObject({ code: 'claim_too_late' })
  await t.sql`update orders set status = 'loaded' where id = ${h.orderId}`
  expect((await claim(t, h)).sent.problem).toMatchObject({ code: 'wrong_state' })
})

test('what was written without a network counts when it was written, for a day', async () => {
  const h = await handedOver(t, { zones: ['chilled'] })
  await t.sql`update orders set delivered_at = now() - interval '30 hours' where id = ${h.orderId}`
  const send = async (hoursAgo: number) => {
    const { body } = await claim(t, h)
    const saidAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString()
    const lines = body.lines.map((line) => ({ ...line, id: newId() }))
    return t.call('claims.send', { params: { id: newId() }, body: { ...body, lines, saidAt } }, h.purchaser)
  }
  expect((await send(1)).problem).toMatchObject({ code: 'claim_too_late' })
  expect((await send(25)).problem).toMatchObject({ code: 'claim_too_late' })
  expect((await send(8)).status).toBe(200)
})

test('a repeat is the same claim, and no claim passes what was delivered, whoever comes first', async () => {
  const h = await handedOver(t)
  const { id, body, sent } = await claim(t, h, { quantity: 6000 })
  expect(sent.body).toMatchObject({ status: 'sent', askedFen: 30_000 })
  expect((await t.call('claims.send', { params: { id }, body }, h.purchaser)).body.number).toBe(
    sent.body.number,
  )
  const other = await t.call('claims.send', { params: { id }, body: { ...body, note: '别的' } }, h.purchaser)
  expect(other.problem).toMatchObject({ code: 'id_reused' })
  const twins = await Promise.all([claim(t, h, { quantity: 3000 }), claim(t, h, { quantity: 3000 })])
  expect(twins.map((one) => one.sent.status).toSorted()).toEqual([200, 409])
  expect(twins.find((one) => one.sent.status === 409)?.sent.problem).toMatchObject({
    code: 'claim_above_delivered',
    params: { left: 1000 },
  })
  const withdrawn = await t.call('claims.withdraw', { params: { id }, body: {} }, h.purchaser)
  expect(withdrawn.body.status).toBe('withdrawn')
  const { lines } = (await t.call('claims.choices', { params: { id: h.orderId } }, h.purchaser)).body
  expect(lines[0]).toMatchObject({ delivered: 10_000, left: 7000 })
})

test('a person decides in part: credit note with its tax, supplier reversed in proportion, ledger even', async () => {
  const h = await handedOver(t)
  const owed = await balance(t, h.buyer.id, 'receivable')
  const due = await balance(t, h.supplier.id, 'payable')
  const { id, sent } = await claim(t, h, { quantity: 5000 })
  const decide = (lines: object, who = h.finance, version = sent.body.version) =>
    t.call(
      'claims.decide',
      {
        params: { id },
        body: { version, reason: '示例：一半可用', lines: [{ id: lineOf(sent.body), ...lines }] as never },
      },
      who,
    )
  expect((await decide({ acceptedQuantity: 2000, party: 'supplier' }, h.purchaser)).status).toBe(403)
  expect((await decide({ acceptedQuantity: 6000, party: 'supplier' })).problem).toMatchObject({
    code: 'claim_above_delivered',
  })
  expect((await decide({ acceptedQuantity: 2000, party: null })).problem).toMatchObject({
    code: 'reason_missing',
  })
  expect((await decide({ acceptedQuantity: 2000, party: 'supplier' }, h.finance, 9)).problem).toMatchObject({
    code: 'stale_version',
  })
  const done = await decide({ acceptedQuantity: 2000, party: 'supplier' })
  expect(done.body).toMatchObject({ status: 'decided', decidedHow: 'person', acceptedFen: 10_000 })
  expect(done.body.creditNote).toMatchObject({ totalFen: 10_000 })
  expect(await balance(t, h.buyer.id, 'receivable')).toBe(owed - 10_000)
  expect(await balance(t, h.supplier.id, 'payable')).toBe(due + 10_000)
  const [back] = await t.sql<{ gross: number; quantity: number }[]>`
    select gross_fen as gross, quantity from settlement_lines where subject_id = ${id}`
  expect(back).toMatchObject({ gross: -10_000, quantity: -2000 })
  expect((await decide({ acceptedQuantity: 2000, party: 'supplier' })).problem).toMatchObject({
    code: 'wrong_state',
  })
  const file = await t.app.inject({
    url: `/api/credit-notes/${done.body.creditNote?.id}/pdf`,
    headers: { cookie: h.purchaser.cookie },
  })
  expect(file.rawPayload.subarray(0, 4).toString()).toBe('%PDF')
  const told = await t.sql<
    { key: string; org_id: string }[]
  >`select key, org_id from notices where subject_id = ${id}`
  expect(told.map((one) => [one.key, one.org_id])).toEqual(
    expect.arrayContaining([
      ['notice.claim_accepted', h.buyer.id],
      ['notice.claim_decided', h.supplier.id],
    ]),
  )
})

test('warm goods with an alarm on the run are accepted by the rule, at the carrier’s cost', async () => {
  const h = await handedOver(t, { zones: ['frozen'] })
  const { sent: before } = await claim(t, h, { kind: 'temperature' })
  expect(before.body.status).toBe('sent')
  const [rule] = await t.db.select().from(temperatureRules)
  const device = {
    id: newId(),
    serial: `T${newId()}`,
    kind: 'probe',
    hubId: h.hub.id,
    zone: 'frozen',
  }
  await t.db.insert(temperatureDevices).values(device)
  await t.db.insert(temperatureAlarms).values({
    id: newId(),
    kind: 'warm',
    deviceId: device.id,
    ruleId: rule?.id as string,
    hubId: h.hub.id,
    zone: 'frozen',
    runId: h.runId,
    status: 'open',
    startedAt: new Date(),
    endedAt: new Date(),
    openedAt: new Date(),
    limitDeciC: -150,
    worstDeciC: -90,
  })
  const { sent } = await claim(t, h, { kind: 'temperature' })
  expect(sent.body).toMatchObject({ status: 'decided', decidedHow: 'rule', acceptedFen: 5000 })
  expect(sent.body.lines[0]).toMatchObject({ responsibleParty: 'carrier', proposal: null })
  expect(await balance(t, h.carrier.id, 'claims_cost')).toBe(5000)
  const seen = await t.call('claims.read', { params: { id: before.body.id } }, h.finance)
  expect(seen.body.evidence?.alarms).toMatchObject([{ zone: 'frozen', worstDeciC: -90 }])
  expect(seen.body.lines[0]?.proposal).toMatchObject({ party: 'nobody', why: ['no_alarm'] })
})

test('a supplier sees its lines, contests within time, and is freed when another bears it', async () => {
  const h = await handedOver(t)
  const { id, sent } = await claim(t, h, { quantity: 4000 })
  const due = await balance(t, h.supplier.id, 'payable')
  const lines = [{ id: lineOf(sent.body), acceptedQuantity: 4000, party: 'supplier' as const }]
  const version = sent.body.version
  await t.call('claims.decide', { params: { id }, body: { version, reason: '示例', lines } }, h.finance)
  const contest = (who = h.lister, reason = '出库时完好（示例）') =>
    t.call('claims.contest', { params: { id }, body: { lineId: lineOf(sent.body), reason } }, who)
  const stranger = await t.guest({ id: (await makeBuyer(t.db)).id, kind: 'coop' }, ['lister'])
  expect((await contest(stranger)).status).toBe(404)
  expect((await contest()).body).toMatchObject({
    status: 'contested',
    lines: [{ contestReason: '出库时完好（示例）' }],
  })
  expect((await contest()).status).toBe(200)
  expect((await contest(h.lister, '别的')).problem).toMatchObject({ code: 'wrong_state' })
  const answer = () =>
    t.call(
      'claims.answerContest',
      { params: { id }, body: { lineId: lineOf(sent.body), party: 'hub', answer: '仓内受压（示例）' } },
      h.finance,
    )
  expect((await answer()).body).toMatchObject({ status: 'decided', lines: [{ contestOutcome: 'changed' }] })
  expect((await answer()).problem).toMatchObject({ code: 'wrong_state' })
  expect(await balance(t, h.supplier.id, 'payable')).toBe(due)
  expect(await balance(t, h.hub.orgId, 'claims_cost')).toBe(20_000)
  const again = await claim(t, h, { quantity: 1000 })
  await t.call(
    'claims.decide',
    {
      params: { id: again.id },
      body: {
        version: again.sent.body.version,
        reason: '示例',
        lines: [{ id: lineOf(again.sent.body), acceptedQuantity: 1000, party: 'supplier' }],
      },
    },
    h.finance,
  )
  await t.sql`update claims set contest_until = now() - interval '1 minute' where id = ${again.id}`
  const late = await t.call(
    'claims.contest',
    { params: { id: again.id }, body: { lineId: lineOf(again.sent.body), reason: '示例' } },
    h.lister,
  )
  expect(late.problem).toMatchObject({ code: 'contest_too_late' })
})

test('claims of the parts of a lot never credit more than it cost, and the whole exactly', async () => {
  const h = await handedOver(t)
  const owed = await balance(t, h.buyer.id, 'receivable')
  for (const quantity of [3333, 3333, 3333, 1]) {
    const { id, sent } = await claim(t, h, { quantity })
    expect(sent.status).toBe(200)
    if (sent.body.status === 'decided') continue
    const lines = [{ id: lineOf(sent.body), acceptedQuantity: quantity, party: 'supplier' as const }]
    const done = await t.call(
      'claims.decide',
      { params: { id }, body: { version: sent.body.version, reason: '示例', lines } },
      h.finance,
    )
    expect(done.status).toBe(200)
  }
  expect(await balance(t, h.buyer.id, 'receivable')).toBe(owed - 50_000)
  const left = (await t.call('claims.choices', { params: { id: h.orderId } }, h.purchaser)).body.lines[0]
    ?.left
  expect(left).toBe(0)
})

test('a supplier’s score tells claims it bears per thousand delivered lines', async () => {
  const h = await handedOver(t)
  await t.sql`update orders set day = to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD') where id = ${h.orderId}`
  const { id, sent } = await claim(t, h, { quantity: 4000 })
  const lines = [{ id: lineOf(sent.body), acceptedQuantity: 4000, party: 'supplier' as const }]
  await t.call(
    'claims.decide',
    { params: { id }, body: { version: sent.body.version, reason: '示例', lines } },
    h.finance,
  )
  await scoreSuppliers(t.system())
  await scoreSuppliers(t.system())
  const { items } = (await t.call('claims.quality', { query: {} }, h.lister)).body
  expect(items).toMatchObject([
    {
      deliveredLines: 1,
      byKind: { quality: { lines: 1, weight: 100 } },
      perThousand: 100_000,
      history: [{}],
    },
  ])
})

test('rules are written ahead only, and a repeat is the same rule', async () => {
  const h = await handedOver(t)
  const id = newId()
  const body = {
    goodsClass: 'dry' as const,
    hours: 72,
    photosMin: 2,
    autoUpToFen: 0,
    contestHours: 48,
    validFrom: '2030-01-01',
    validTo: '2099-12-31',
    source: '示例',
  }
  const write = (over: object = {}) =>
    t.call('claims.writeRule', { params: { id }, body: { ...body, ...over } }, h.finance)
  expect((await write({ validFrom: '2020-01-01' })).problem).toMatchObject({ code: 'rule_not_ahead' })
  expect((await write()).status).toBe(200)
  expect((await write()).status).toBe(200)
  expect((await write({ hours: 1 })).problem).toMatchObject({ code: 'id_reused' })
  expect(
    (await t.call('claims.rules', { query: { day: '2030-06-01' } }, h.purchaser)).body.items.length,
  ).toBe(9)
})
