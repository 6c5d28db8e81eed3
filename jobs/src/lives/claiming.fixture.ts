import { answerContest, contestClaim } from '@huming/server/claims/contest'
import { decideClaim } from '@huming/server/claims/decide-claim'
import { sendClaim } from '@huming/server/claims/send-claim'
import { withdrawClaim } from '@huming/server/claims/withdraw-claim'
import { claimKinds, claimParties } from '@huming/shared/claiming'
import { newId } from '@huming/shared/ids'
import { ask, seen } from './ask.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Life, Move } from './life.fixture.ts'

/** Claims goods that came, now and then more than came. */
async function send(life: Life, house: House): Promise<void> {
  const { dice } = house
  const goods = dice.maybe(0.7) ? [dice.one(life.aboard)] : life.aboard
  const { orderId } = goods[0] as (typeof goods)[number]
  const lines = goods
    .filter((one) => one.orderId === orderId)
    .map(({ orderLineId, lotId, quantity }) => ({
      id: newId(),
      orderLineId,
      lotId,
      kind: dice.one([...claimKinds]),
      quantity: dice.maybe(0.05) ? quantity + 1 : dice.int(1, quantity),
      photoFileIds: [life.photoId],
      note: '',
    }))
  const id = newId()
  const sent = await ask(house, 'claim', () => sendClaim(life.who(), id, { orderId, lines, note: '' }))
  if (sent) life.claims.push(sent)
}

/** Decides a claim: in part or whole, at whoever's cost, now and then on an old sight of it. */
async function decide(life: Life, house: House): Promise<void> {
  const { dice } = house
  const claim = dice.one(life.claims)
  const lines = claim.lines.map(({ id, quantity }) => {
    const acceptedQuantity = dice.maybe(0.5) ? quantity : dice.int(0, quantity)
    return {
      id,
      acceptedQuantity,
      party: acceptedQuantity > 0 ? dice.one([...claimParties]) : null,
      reason: '',
    }
  })
  const body = { version: seen(house, claim.version), reason: '示例', lines }
  const who = dice.one([house.finance, house.second])
  const decided = await ask(house, 'decide a claim', () => decideClaim(who(), claim.id, body))
  if (decided) claim.version = decided.version
}

/** A supplier objects, and is answered. */
async function contest(life: Life, house: House): Promise<void> {
  const { dice } = house
  const claim = dice.one(life.claims)
  const line = dice.one(claim.lines)
  if (dice.maybe(0.5)) {
    const objecting = line.supplierOrgId === house.coop.id ? house.coopClerk : house.baseClerk
    await ask(house, 'contest a claim', () =>
      contestClaim(objecting(), claim.id, { lineId: line.id, reason: '示例' }),
    )
    return
  }
  const body = { lineId: line.id, party: dice.one([...claimParties]), answer: '示例' }
  await ask(house, 'answer a contest', () => answerContest(house.finance(), claim.id, body))
}

const some = (life: Life, weight: number): number => (life.claims.length > 0 ? weight : 0)

export const claiming: readonly Move[] = [
  {
    name: 'claim',
    weight: (life) => (life.isDelivered && life.aboard.length > 0 ? 2.5 / (1 + 2 * life.claims.length) : 0),
    run: send,
  },
  { name: 'decide', weight: (life) => some(life, 8), run: decide },
  { name: 'contest', weight: (life) => some(life, 2), run: contest },
  {
    name: 'withdraw',
    weight: (life) => some(life, 0.25),
    run: (life, house) =>
      ask(house, 'withdraw a claim', () => withdrawClaim(life.who(), house.dice.one(life.claims).id)),
  },
]
