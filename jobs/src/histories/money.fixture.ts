import { newId } from '@huming/shared/ids'
import { ask, type Command, some, type World } from './world.fixture.ts'

const yuan = (fen: number): string => (fen / 100).toFixed(2)

/** Takes a bank statement in as finance does: some lines with a buyer's pay code, some without, some known already. */
async function importLines(world: World): Promise<void> {
  const { dice, t, money } = world
  const lines: string[] = []
  for (let i = dice.int(1, 4); i > 0; i -= 1) {
    const serial = dice.maybe(0.15) && money.serials.length > 0 ? dice.one(money.serials) : newId()
    const known = money.lines.get(serial)
    const buyer = dice.one(world.buyers)
    const memo = dice.maybe(0.6) ? (money.codes.get(buyer.org.id) ?? '') : '货款'
    const line = known ?? `${serial},2026-11-24,${buyer.org.name},${yuan(dice.int(1, 900_000))},${memo}`
    money.lines.set(serial, line)
    if (!known) money.serials.push(serial)
    lines.push(line)
  }
  const id = newId()
  const send = () =>
    t.app.inject({
      method: 'PUT',
      url: `/api/bank-imports/${id}`,
      headers: { 'content-type': 'text/csv', cookie: money.finance.cookie },
      payload: ['流水号,交易日期,对方户名,贷方金额,附言', ...lines].join('\n'),
    })
  const answers = await Promise.all(dice.maybe(0.1) ? [send(), send()] : [send()])
  world.asked += 1
  for (const { statusCode } of answers) {
    const key = `bank.import ${statusCode}`
    if (statusCode === 200) world.done.set('bank.import', (world.done.get('bank.import') ?? 0) + 1)
    else world.refused.set(key, (world.refused.get(key) ?? 0) + 1)
  }
}

const lineIn = (world: World, statuses: string) =>
  some<{ id: string; version: number }>(world, `select id, version from bank_lines where status = any($1)`, [
    statuses.split(' '),
  ])

/** Money: transfers announced, lines of the bank matched, sent back and set aside, refunds, all by two people. */
export const moneyCommands: Command[] = [
  {
    name: 'announce a transfer',
    weight: 3,
    run: async (world) => {
      const buyer = world.dice.one(world.buyers)
      const body = {
        method: 'transfer' as const,
        purpose: 'prepay' as const,
        amountFen: world.dice.int(1, 500_000),
      }
      const who = world.dice.one(buyer.people)
      const begun = await ask(world, 'payments.start', { params: { id: newId() }, body }, who)
      if (begun.body.payCode) world.money.codes.set(buyer.org.id, begun.body.payCode)
    },
  },
  {
    name: 'give a transfer up',
    weight: 1,
    run: async (world) => {
      const row = await some<{ id: string; version: number; orgId: string }>(
        world,
        `select id, version, org_id as "orgId" from payments where status = any($1)`,
        [['open']],
      )
      const buyer = world.buyers.find(({ org }) => org.id === row?.orgId)
      if (row && buyer)
        await ask(
          world,
          'payments.cancel',
          { params: { id: row.id }, body: { version: row.version } },
          world.dice.one(buyer.people),
        )
    },
  },
  { name: 'import a bank statement', weight: 3, run: importLines },
  {
    name: 'say whose a line is',
    weight: 3,
    run: async (world) => {
      const line = await lineIn(world, 'unmatched proposed ignored')
      const orgId = world.dice.one(world.buyers).org.id
      if (line)
        await ask(
          world,
          'bank.assign',
          { params: { id: line.id }, body: { orgId, version: line.version } },
          world.money.finance,
        )
    },
  },
  {
    name: 'send a line back',
    weight: 2,
    run: async (world) => {
      const { finance, second } = world.money
      const asked = await lineIn(world, 'returning')
      const returned = await lineIn(world, 'returned')
      const line = await lineIn(world, 'unmatched')
      if (asked) {
        const body = { approve: world.dice.maybe(0.7), version: asked.version }
        await ask(world, 'bank.decideReturn', { params: { id: asked.id }, body }, second)
      } else if (returned) {
        const body = { arrived: world.dice.maybe(0.8), reference: 'OUT', version: returned.version }
        await ask(world, 'bank.settleReturn', { params: { id: returned.id }, body }, finance)
      } else if (line) {
        const body = { reason: '转错', version: line.version }
        const act = world.dice.maybe(0.3) ? 'bank.ignore' : 'bank.askReturn'
        await ask(world, act, { params: { id: line.id }, body }, finance)
      }
    },
  },
  {
    name: 'refund',
    weight: 3,
    run: async (world) => {
      const { finance, second } = world.money
      const refund = await some<{ id: string; version: number; status: string }>(
        world,
        `select id, version, status from refunds where status = any($1)`,
        [['asked', 'pending']],
      )
      if (refund?.status === 'asked') {
        const body = { approve: world.dice.maybe(0.8), version: refund.version }
        await ask(world, 'refunds.decide', { params: { id: refund.id }, body }, second)
      } else if (refund) {
        const body = { arrived: world.dice.maybe(0.7), reference: 'OUT', version: refund.version }
        await ask(world, 'refunds.settle', { params: { id: refund.id }, body }, finance)
      } else {
        const paid = await some<{ id: string; fen: number }>(
          world,
          `select id, received_fen as fen from payments where status = any($1)`,
          [['succeeded']],
        )
        if (!paid) return
        const body = { paymentId: paid.id, amountFen: world.dice.int(1, paid.fen), reason: '示例' }
        await ask(world, 'refunds.ask', { params: { id: newId() }, body }, finance)
      }
    },
  },
]
