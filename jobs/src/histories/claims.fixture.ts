import { makeStatements } from '@huming/server/settlement/make-statements'
import { claimKinds, claimParties } from '@huming/shared/claiming'
import { addDays, instantAt, monthEnd } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ask, type Command, pictureOf, some, type World } from './world.fixture.ts'

const buyerOf = (world: World, orgId: string): World['buyers'][number] =>
  world.buyers.find(({ org }) => org.id === orgId) as World['buyers'][number]

/** Claims goods of a delivered order, now and then more than there is. */
async function send(world: World): Promise<void> {
  const { dice } = world
  const order = await some<{ id: string; orgId: string }>(
    world,
    `select id, org_id as "orgId" from orders where hub_id = any($1) and status in ('delivered', 'accepted')`,
    [world.hubIds],
  )
  if (!order) return
  const who = dice.one(buyerOf(world, order.orgId).people)
  const choices = await ask(world, 'claims.choices', { params: { id: order.id } }, who)
  const goods = (choices.body.lines ?? []).filter((line) => line.left > 0)
  if (goods.length === 0) return
  const photo = await pictureOf(world, who)
  const lines = Array.from({ length: dice.int(1, 2) }, () => {
    const { orderLineId, lotId, left } = dice.one(goods)
    const quantity = dice.maybe(0.1) ? left + 1 : dice.int(1, left)
    return {
      id: newId(),
      orderLineId,
      lotId,
      kind: dice.one([...claimKinds]),
      quantity,
      photoFileIds: [photo],
    }
  })
  await ask(world, 'claims.send', { params: { id: newId() }, body: { orderId: order.id, lines } }, who)
}

const someClaim = (world: World, status: string) =>
  some<{ id: string; orgId: string }>(
    world,
    `select id, org_id as "orgId" from claims where hub_id = any($1) and status = $2`,
    [world.hubIds, status],
  )

/** Decides a claim: in part or whole, at whoever's cost. */
async function decide(world: World): Promise<void> {
  const { dice, money } = world
  const claim = await someClaim(world, 'sent')
  if (!claim) return
  const who = dice.one([money.finance, money.second])
  const { body: found } = await ask(world, 'claims.read', { params: { id: claim.id } }, who)
  if (!found.lines) return
  const lines = found.lines.map(({ id, quantity }) => {
    const acceptedQuantity = dice.maybe(0.5) ? quantity : dice.int(0, quantity)
    return { id, acceptedQuantity, party: acceptedQuantity > 0 ? dice.one([...claimParties]) : null }
  })
  const body = { version: found.version, reason: '示例', lines }
  await ask(world, 'claims.decide', { params: { id: claim.id }, body }, who)
}

/** A supplier objects, or is answered. */
async function contest(world: World): Promise<void> {
  const { dice, money } = world
  const line = await some<{ id: string; claimId: string; orgId: string; open: boolean }>(
    world,
    `select x.id, x.claim_id as "claimId", x.supplier_org_id as "orgId", x.contested_at is not null as open
     from claim_lines x join claims c on c.id = x.claim_id
     where c.hub_id = any($1) and x.responsible_party = 'supplier' and x.contest_outcome is null`,
    [world.hubIds],
  )
  const supplier = world.suppliers.find(({ org }) => org.id === line?.orgId)
  if (!line || !supplier) return
  const params = { id: line.claimId }
  if (!line.open) {
    await ask(world, 'claims.contest', { params, body: { lineId: line.id, reason: '示例' } }, supplier.lister)
    return
  }
  const body = { lineId: line.id, party: dice.one([...claimParties]), answer: '示例' }
  await ask(world, 'claims.answerContest', { params, body }, money.finance)
}

/** A statement is sent, disputed, answered or confirmed, whatever comes. */
async function answer(world: World): Promise<void> {
  const { dice, money } = world
  const row = await some<{ id: string; version: number; status: string; transferId: string }>(
    world,
    `select s.id, s.version, s.status, (select min(x.transfer_id::text) from statement_lines x where x.statement_id = s.id) as "transferId"
     from statements s where s.side = 'supplier' and s.org_id = any($1)`,
    [world.suppliers.map(({ org }) => org.id)],
  )
  if (!row) return
  const params = { id: row.id }
  const lister = dice.one(world.suppliers).lister
  if (row.status === 'open')
    await ask(world, 'statements.send', { params, body: { version: row.version } }, money.finance)
  else if (row.transferId && dice.maybe(0.5))
    await ask(
      world,
      'statements.dispute',
      { params, body: { id: newId(), transferId: row.transferId, reason: '示例' } },
      lister,
    )
  else await ask(world, 'statements.confirm', { params, body: { version: row.version } }, lister)
}

/** Claims in every order and at whoever's cost, and statements made while money moves. */
export const claimCommands: Command[] = [
  { name: 'claim goods', weight: 8, run: send },
  { name: 'decide a claim', weight: 6, run: decide },
  { name: 'contest a claim', weight: 3, run: contest },
  {
    name: 'withdraw a claim',
    weight: 1,
    run: async (world) => {
      const claim = await someClaim(world, 'sent')
      if (!claim) return
      const who = world.dice.one(buyerOf(world, claim.orgId).people)
      await ask(world, 'claims.withdraw', { params: { id: claim.id }, body: {} }, who)
    },
  },
  {
    // As if the month were over: entries that come later wait for the next one.
    name: 'state accounts',
    weight: 1,
    run: async (world) => {
      const cut = monthEnd(world.today)
      await makeStatements(world.t.system(instantAt(addDays(cut, 1), 10)))
    },
  },
  { name: 'answer a statement', weight: 2, run: answer },
]
