import { readFileSync } from 'node:fs'
import { bankLines, payCodes } from '@huming/db/schema/payment'
import { newId } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { xlsxOf } from '../documents/sheet.ts'
import { type PayWorld, payWorld } from './test-pay.ts'

let w: PayWorld
beforeAll(async () => {
  w = await payWorld()
})
afterAll(() => w.close())

const head = '交易日期,流水号,借方金额,贷方金额,对方户名,对方账号,摘要,附言'
let serials = 0
const serialOf = () => `TEST${String(++serials).padStart(6, '0')}`
type Line = { serial?: string; day?: string; credit?: string; debit?: string; payer?: string; memo?: string }
const line = ({
  serial = serialOf(),
  day = '20261124',
  credit = '',
  debit = '',
  payer = '某公司',
  memo = '',
}: Line) =>
  [day, serial, debit, credit, payer, '6222 0001', '货款', memo].map((cell) => `"${cell}"`).join(',')
const fileOf = (...lines: string[]) => ['示例银行 账户明细', head, ...lines, '合计,,,,,,,'].join('\n')

async function take(payload: string | Buffer, id = newId(), type = 'text/csv') {
  const answer = await w.t.app.inject({
    method: 'PUT',
    url: `/api/bank-imports/${id}?name=test.csv`,
    headers: { 'content-type': type, cookie: w.finance.cookie },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}
async function lineOf(serial: string) {
  const [row] = await w.t.db.select().from(bankLines).where(eq(bankLines.serial, serial))
  if (!row) throw new Error(`no line ${serial}`)
  return row
}
const bankFen = () => w.net(w.house.id, 'bank')
const options = async (payer: { cookie: string; personId: string; orgId: string }) =>
  (await w.t.call('payments.options', {}, payer)).body

describe('a file that is not right is refused whole', () => {
  test.each([
    ['no day', { day: '2026-13-40', credit: '1.00' }],
    ['three decimals', { credit: '1.005' }],
    ['both in and out', { credit: '1.00', debit: '1.00' }],
    ['neither', {}],
    ['no serial', { serial: '', credit: '1.00' }],
    ['less than nothing', { credit: '-5.00' }],
    ['words', { credit: '一百元' }],
  ])('%s', async (_name, wrong) => {
    const before = await bankFen()
    const { status, body } = await take(
      fileOf(line({ credit: '8.00' }), line(wrong), line({ credit: '9.00' })),
    )
    expect([status, body.code, body.lines]).toEqual([422, 'bank_lines_bad', [4]])
    expect(body.detail ?? body.title).toContain('4')
    expect(await bankFen()).toBe(before)
  })

  test('the same serial twice, columns missing, no table at all', async () => {
    const twice = line({ serial: serialOf(), credit: '1.00' })
    expect((await take(fileOf(twice, twice))).body).toMatchObject({ code: 'bank_lines_bad', lines: [4] })
    const missing = await take('日期,金额\n2026-11-24,1.00')
    expect(missing.body).toMatchObject({ code: 'bank_columns_missing', status: 422 })
    expect(missing.body.params.columns).toContain('流水号')
    expect((await take(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).body.code).toBe('unsupported_media')
    expect((await take(Buffer.from('PK\u0003\u0004 not a workbook'))).body.code).toBe('unsupported_media')
    expect((await take(Buffer.from([0xff, 0xff, 0xfe]))).body.code).toBe('unsupported_media')
  })

  test('a serial that is known with another amount', async () => {
    const serial = serialOf()
    expect((await take(fileOf(line({ serial, credit: '1.00' })))).status).toBe(200)
    const { body } = await take(fileOf(line({ credit: '3.00' }), line({ serial, credit: '2.00' })))
    expect([body.code, body.params.lines]).toEqual(['bank_serial_differs', '4'])
  })
})

test('the same statement again books nothing; the same id with other bytes is refused', async () => {
  const before = await bankFen()
  const file = fileOf(line({ credit: '12.34' }), line({ debit: '5.00' }), line({ credit: '1,000.00' }))
  const id = newId()
  expect((await take(file, id)).body).toMatchObject({ lines: 2, fresh: 2, freshFen: 101_234, unmatched: 2 })
  expect((await take(file, id)).body).toMatchObject({ lines: 2, fresh: 2, freshFen: 101_234 })
  expect((await take(file)).body).toMatchObject({ lines: 2, fresh: 0, freshFen: 0 })
  expect((await take(fileOf(line({ credit: '9.00' })), id)).body.code).toBe('id_reused')
  const twinId = newId()
  const twinFile = fileOf(line({ credit: '3.21' }))
  const twins = await Promise.all([1, 2, 3].map(() => take(twinFile, twinId)))
  expect(twins.map(({ body }) => body.fresh)).toEqual([1, 1, 1])
  const [one, two] = await Promise.all([
    take(fileOf(line({ serial: 'RACE-1', credit: '7.00' }))),
    take(fileOf(line({ serial: 'RACE-1', credit: '7.00' }))),
  ])
  expect([one.body.fresh, two.body.fresh].sort()).toEqual([0, 1])
  expect((await bankFen()) - before).toBe(101_234 + 321 + 700)
})

test('the pay code in the memo matches at once, in GB18030 and in a workbook, over and under', async () => {
  const buyer = await w.buyer()
  const { payCode } = await options(buyer.payer)
  const announced = newId()
  const body = { method: 'transfer' as const, purpose: 'prepay' as const, amountFen: 50_000 }
  const begun = await w.t.call('payments.start', { params: { id: announced }, body }, buyer.payer)
  expect(begun.body).toMatchObject({ status: 'open', payCode })
  // GB18030: the bytes of the Chinese headings are not UTF-8.
  const gb = readFileSync(new URL('./fixtures/bank-gb18030.csv', import.meta.url)).toString('latin1')
  const serial = serialOf()
  const bytes = Buffer.from(gb.replace('SERIAL-1', serial).replace('HM00000000', payCode), 'latin1')
  expect((await take(bytes)).body).toMatchObject({ lines: 1, matched: 1, freshFen: 48_800 })
  expect((await lineOf(serial)).payer).toBe('三明示例食堂有限公司')
  const first = (await w.t.call('payments.read', { params: { id: announced } }, buyer.payer)).body
  expect(first).toMatchObject({ status: 'succeeded', amountFen: 50_000, receivedFen: 48_800 })
  const columns = ['交易时间', '对方名称', '对方账号', '收入金额', '用途', '交易流水号'].map((name, i) => ({
    head: name,
    of: (row: (string | number)[]) => row[i] ?? '',
  }))
  const book = await xlsxOf('明细', columns, [
    ['2026-11-24 09:30:00', '某店', '62', 88.5, `预付 ${payCode.toLowerCase()}`, serialOf()],
  ])
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  expect((await take(book, newId(), sheet)).body).toMatchObject({ matched: 1, freshFen: 8850 })
  expect(await options(buyer.payer)).toMatchObject({ prepaidFen: 48_800 + 8850, payCode })
})

test('codes of two buyers in one memo, or a code nobody has, leave it to a person', async () => {
  const [a, b] = [await w.buyer(), await w.buyer()]
  const memo = `${(await options(a.payer)).payCode} ${(await options(b.payer)).payCode}`
  expect((await take(fileOf(line({ credit: '10.00', memo })))).body).toMatchObject({
    matched: 0,
    unmatched: 1,
  })
  const codes = await w.t.db.select().from(payCodes)
  const free = Array.from({ length: 99 }, (_, n) => n).find(
    (n) => !codes.some((row) => row.code.startsWith(`HM00000${String(n).padStart(2, '0')}`)),
  )
  expect((await take(fileOf(line({ credit: '10.00', memo: `HM00000${free}0` })))).body.matched).toBe(0)
})

test('name and exact amount are a proposal that a person confirms', async () => {
  const buyer = await w.buyer()
  const start = (amountFen: number) => {
    const body = { method: 'transfer' as const, purpose: 'prepay' as const, amountFen }
    return w.t.call('payments.start', { params: { id: newId() }, body }, buyer.payer)
  }
  await start(123_456)
  const [near, exact] = [serialOf(), serialOf()]
  const file = fileOf(
    line({ serial: near, credit: '1234.57', payer: buyer.name }),
    line({ serial: exact, credit: '1234.56', payer: ` ${buyer.name} ` }),
  )
  expect((await take(file)).body).toMatchObject({ proposed: 1, unmatched: 1, matched: 0 })
  expect(await w.net(buyer.id, 'receivable')).toBe(0)
  const row = await lineOf(exact)
  expect(row.proposedOrgId).toBe(buyer.id)
  const assign = (version: number, orgId = buyer.id) =>
    w.t.call('bank.assign', { params: { id: row.id }, body: { orgId, version } }, w.finance)
  expect((await assign(9)).problem.code).toBe('stale_version')
  expect((await assign(row.version, w.house.id)).status).toBe(404)
  const twice = await Promise.all([assign(row.version), assign(row.version)])
  expect(twice.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect(await w.net(buyer.id, 'receivable')).toBe(-123_456)
  expect((await assign((await lineOf(exact)).version)).problem.code).toBe('wrong_state')
})

test('money goes back to its sender only by two people', async () => {
  const serial = serialOf()
  await take(fileOf(line({ serial, credit: '66.00' })))
  const before = {
    unmatched: await w.net(w.house.id, 'unmatched'),
    flight: await w.net(w.house.id, 'in_flight'),
  }
  const { id } = await lineOf(serial)
  const params = { id }
  const decide = (who: typeof w.finance, approve: boolean, version: number) =>
    w.t.call('bank.decideReturn', { params, body: { approve, version } }, who)
  expect((await decide(w.second, true, 1)).problem.code).toBe('wrong_state')
  const ask = (version: number) =>
    w.t.call('bank.askReturn', { params, body: { reason: '付错', version } }, w.finance)
  expect((await ask(1)).status).toBe(200)
  expect((await decide(w.finance, true, 2)).problem.code).toBe('second_person_needed')
  expect((await decide(w.second, false, 2)).status).toBe(200)
  expect((await ask(3)).status).toBe(200)
  expect((await decide(w.second, true, 4)).status).toBe(200)
  expect((await lineOf(serial)).status).toBe('returned')
  expect((await w.net(w.house.id, 'unmatched')) - before.unmatched).toBe(6600)
  expect((await w.net(w.house.id, 'in_flight')) - before.flight).toBe(-6600)
  const settle = (arrived: boolean, version: number) =>
    w.t.call('bank.settleReturn', { params, body: { arrived, reference: 'OUT-9', version } }, w.finance)
  // It bounces, and is sent once more.
  expect((await settle(false, 5)).status).toBe(200)
  expect((await w.net(w.house.id, 'in_flight')) - before.flight).toBe(0)
  expect((await ask(6)).status).toBe(200)
  expect((await decide(w.second, true, 7)).status).toBe(200)
  expect((await settle(true, 8)).status).toBe(200)
  expect((await w.net(w.house.id, 'in_flight')) - before.flight).toBe(0)
  expect((await lineOf(serial)).status).toBe('sent_back')
  const late = await w.t.call('bank.ignore', { params, body: { reason: '利息', version: 9 } }, w.finance)
  expect(late.problem.code).toBe('wrong_state')
})

test('a line set aside keeps its reason, and can be matched later', async () => {
  const buyer = await w.buyer()
  const serial = serialOf()
  await take(fileOf(line({ serial, credit: '0.37', payer: '示例银行' })))
  const { id } = await lineOf(serial)
  const ignored = await w.t.call(
    'bank.ignore',
    { params: { id }, body: { reason: '存款利息', version: 1 } },
    w.finance,
  )
  expect(ignored.status).toBe(200)
  const list = await w.t.call('bank.lines', { query: { status: 'ignored' } }, w.finance)
  expect(list.body.items[0]).toMatchObject({
    serial,
    reason: '存款利息',
    decidedBy: { id: w.finance.personId },
  })
  const assigned = await w.t.call(
    'bank.assign',
    { params: { id }, body: { orgId: buyer.id, version: 2 } },
    w.finance,
  )
  expect(assigned.status).toBe(200)
  expect(await w.net(buyer.id, 'receivable')).toBe(-37)
})

test('what came to the bank is what its lines say, and what is unmatched lies apart', async () => {
  const rows = await w.t.db.select().from(bankLines)
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).reduce((total, row) => total + row.amountFen, 0)
  expect(await bankFen()).toBe(sum((row) => row.status !== 'sent_back'))
  expect(-(await w.net(w.house.id, 'unmatched'))).toBe(
    sum((row) => !['matched', 'returned', 'sent_back'].includes(row.status)),
  )
})

test('whoever asked for a return that is refused may set the line aside', async () => {
  const serial = serialOf()
  await take(fileOf(line({ serial, credit: '4.00' })))
  const refused = await lineOf(serial)
  const askOther = { params: { id: refused.id }, body: { reason: '付错', version: 1 } }
  expect((await w.t.call('bank.askReturn', askOther, w.finance)).status).toBe(200)
  const no = { params: { id: refused.id }, body: { approve: false, version: 2 } }
  expect((await w.t.call('bank.decideReturn', no, w.second)).status).toBe(200)
  const aside = { params: { id: refused.id }, body: { reason: '非货款', version: 3 } }
  expect((await w.t.call('bank.ignore', aside, w.finance)).status).toBe(200)
})
