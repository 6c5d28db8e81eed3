import { Fault } from '@huming/server/kernel/fault'
import { pump } from '@huming/server/payment/pump'
import type { Event } from '@huming/server/payment/stand-in/objects'
import { signatureOf } from '@huming/server/payment/stand-in/webhooks'
import { takeWebhook } from '@huming/server/payment/take-webhook'
import { approveBatch, cancelBatch } from '@huming/server/settlement/approve-payout'
import { confirmPayout, returnPayout } from '@huming/server/settlement/end-payout'
import { partiesDue } from '@huming/server/settlement/party-rows'
import type { BatchDoc } from '@huming/server/settlement/payout-rows'
import { proposePayouts } from '@huming/server/settlement/propose-payout'
import { releaseRetentions } from '@huming/server/settlement/release-retention'
import { sendBatch } from '@huming/server/settlement/send-payout'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ask, seen } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'

/** Provider notices come in any order, some twice or three times at once, some again days later, some forged. */
export async function deliverNotice(house: House, event: Event): Promise<void> {
  const { dice, settings } = house
  const body = Buffer.from(JSON.stringify(event))
  const now = Math.floor(Date.now() / 1000)
  const tell = (secret: string) =>
    takeWebhook(house.system('webhook'), settings, body, signatureOf(body.toString(), secret, now))
  if (dice.maybe(0.05)) {
    const refusal = await tell('whsec_of_somebody_else').catch((error: unknown) => error)
    if (!(refusal instanceof Fault && refusal.code === 'webhook_not_signed'))
      throw new Error('a forged notice was taken')
  }
  house.toFollow = true
  const times = dice.maybe(0.2) ? dice.int(2, 3) : 1
  await Promise.all(
    Array.from({ length: times }, () => ask(house, 'hear a webhook', () => tell(settings.webhookSecret))),
  )
}

async function hear(house: House): Promise<void> {
  const { dice, news, told } = house
  const event = news.length > 0 ? news.splice(dice.int(0, news.length - 1), 1)[0] : undefined
  if (!event) return
  // Some are held back and come at the end of the round.
  if (dice.maybe(0.1)) return void house.late.push(event)
  await deliverNotice(house, event)
  told.push(event)
  if (told.length > 200) told.splice(0, 100)
  if (dice.maybe(0.05)) await deliverNotice(house, dice.one(told))
}

function follow(house: House): Promise<number> {
  house.toFollow = false
  return pump(house.system('payments'), house.settings, () => house.clock.now)
}

/** Everything the provider has to tell is told and followed; what broke is tried again an hour later. */
export async function hearAll(house: House): Promise<void> {
  const { clock, dice, news, told, provider, t } = house
  for (let round = 0; round < 12; round += 1) {
    const again = told.splice(0).filter(() => dice.maybe(0.2))
    for (const event of [...again, ...house.late.splice(0), ...news.splice(0)])
      await deliverNotice(house, event)
    await follow(house)
    for (const refund of provider.books.refunds.values())
      if (refund.status === 'pending') provider.books.endRefund(refund, 'succeeded')
    const [left] = await t.sql<{ n: number }[]>`
      select (select count(*) from provider_calls where status = 'waiting')::int
        + (select count(*) from provider_events where done_at is null)::int as n`
    if (left?.n === 0 && news.length === 0) return
    clock.now = new Date(clock.now.getTime() + 3_600_000)
  }
  throw new Error('the provider was not heard to the end')
}

function note(house: House, doc: BatchDoc | null): void {
  if (!doc) return
  const open = doc.payouts.filter((one) => ['proposed', 'approved', 'sent', 'confirmed'].includes(one.status))
  if (open.length === 0) house.batches.delete(doc.id)
  else house.batches.set(doc.id, { id: doc.id, version: doc.version, status: doc.status, payouts: open })
}

async function propose(house: House): Promise<void> {
  const { t, dice, clock } = house
  const day = serviceDayOf(clock.now)
  const due = (await partiesDue(t.db, { day, now: clock.now })).filter((row) => row.blocks.length === 0)
  const some = due.length > 1 && dice.maybe(0.3) ? [dice.one(due)] : due
  if (some.length === 0) return
  const body = {
    throughDay: day,
    way: 'bank' as const,
    parties: some.map(({ orgId, purpose }) => ({ orgId, purpose })),
    expectedTotalFen: some.reduce((sum, row) => sum + row.dueFen, 0),
    note: '',
  }
  const id = newId()
  const who = dice.one([house.finance, house.second])
  note(house, await ask(house, 'propose payouts', () => proposePayouts(who(), id, body)))
}

/** One of the two takes some batch a step on, or a step that is not its turn. */
async function move(house: House): Promise<void> {
  const { dice } = house
  const batch = dice.one([...house.batches.values()])
  const who = dice.one([house.finance, house.second])
  const version = seen(house, batch.version)
  const payout = dice.one(batch.payouts).id
  const steps = {
    proposed: () => ask(house, 'approve payouts', () => approveBatch(who(), batch.id, version)),
    approved: () => ask(house, 'send payouts', () => sendBatch(who(), batch.id, version)),
    sent: () => ask(house, 'confirm a payout', () => confirmPayout(who(), payout, `B-${payout.slice(-6)}`)),
    done: () => ask(house, 'return a payout', () => returnPayout(who(), payout, '户名不符')),
    cancelled: () =>
      ask(house, 'cancel payouts', () => cancelBatch(who(), batch.id, { version, reason: '示例' })),
  } as const
  const usual = steps[batch.status as keyof typeof steps] ?? steps.proposed
  const other = dice.one([steps.sent, steps.done, steps.cancelled, steps.approved])
  note(house, await (dice.maybe(0.8) && !(batch.status === 'done' && dice.maybe(0.7)) ? usual() : other()))
}

/** What happens between the lives: notices, calls to the provider, payouts, retentions. */
export const deskMoves: readonly {
  weight: (house: House) => number
  run: (house: House) => Promise<unknown>
}[] = [
  { weight: (house) => Math.min(house.news.length * 2, 12), run: hear },
  { weight: (house) => (house.toFollow ? 5 : 0), run: follow },
  { weight: () => 0.8, run: propose },
  { weight: (house) => Math.min(house.batches.size * 1.5, 4), run: move },
  {
    weight: () => 0.1,
    run: (house) => ask(house, 'release retentions', () => releaseRetentions(house.system('clock'))),
  },
]
