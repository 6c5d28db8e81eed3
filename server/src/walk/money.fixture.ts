import { qualityScores } from '@huming/db/schema/claims'
import { invoices, monthCloses, writeOffs } from '@huming/db/schema/invoices'
import { statementDisputes, statements } from '@huming/db/schema/statements'
import { addDays, instantAt, monthEnd, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { and, eq } from 'drizzle-orm'
import { transfer } from '../ledger/transfer.ts'
import { makeStatements } from '../settlement/make-statements.ts'
import type { TestApp } from '../test-app.ts'
import { well } from './goods.fixture.ts'
import { type Parties, uploaded } from './parties.fixture.ts'
import type { Roads } from './roads.fixture.ts'

/** Claims of a side's buyer on its delivered order, in each state that a door asks for. */
async function claimsOf(t: TestApp, { guests }: Parties, roads: Roads) {
  const { purchaser, ops_finance: finance, lister } = guests
  const photo = await uploaded(t, purchaser)
  const [goods] = well(await t.call('claims.choices', { params: { id: roads.delivered } }, purchaser)).lines
  const bodyOf = (quantity: number) => ({
    orderId: roads.delivered,
    lines: [
      {
        id: newId(),
        orderLineId: goods?.orderLineId as string,
        lotId: goods?.lotId as string,
        kind: 'quality' as const,
        quantity,
        photoFileIds: [photo],
      },
    ],
  })
  const sent = async () => {
    // Above what the rule decides by itself.
    const body = bodyOf(1200)
    return well(await t.call('claims.send', { params: { id: newId() }, body }, purchaser))
  }
  const decisionOf = (claim: Awaited<ReturnType<typeof sent>>) => ({
    version: claim.version,
    reason: '示例',
    lines: claim.lines.map(({ id, quantity }) => ({
      id,
      acceptedQuantity: quantity,
      party: 'supplier' as const,
    })),
  })
  const decided = async () => {
    const claim = await sent()
    const input = { params: { id: claim.id }, body: decisionOf(claim) }
    return well(await t.call('claims.decide', input, finance))
  }
  const toContest = await decided()
  const toAnswer = await decided()
  const lineId = toAnswer.lines[0]?.id as string
  well(
    await t.call('claims.contest', { params: { id: toAnswer.id }, body: { lineId, reason: '示例' } }, lister),
  )
  const toDecide = await sent()
  return {
    goods,
    toSend: { params: { id: newId() }, body: bodyOf(300) },
    toDecide: { params: { id: toDecide.id }, body: decisionOf(toDecide) },
    toWithdraw: (await sent()).id,
    toContest: {
      params: { id: toContest.id },
      body: { lineId: toContest.lines[0]?.id as string, reason: '示例' },
    },
    toAnswer: { params: { id: toAnswer.id }, body: { lineId, party: 'supplier' as const, answer: '示例' } },
    creditNoteId: toContest.creditNote?.id as string,
  }
}

/** Claims, statements, invoices and months of a side in the states that doors ask for. */
export async function moneyOf(t: TestApp, parties: Parties, roads: Roads) {
  const { orgs } = parties
  const claims = await claimsOf(t, parties, roads)
  await t.db.transaction((tx) =>
    transfer(tx, new Date(), [
      {
        debit: { orgId: orgs.operations.id, purpose: 'fees' },
        credit: { orgId: orgs.broker.id, purpose: 'commission' },
        amountFen: 100,
        reason: 'commission',
        subjectId: roads.delivered,
        eventId: newId(),
      },
    ]),
  )
  const statementsBySide = await statementsOf(t, parties)
  await t.db.insert(qualityScores).values({
    orgId: orgs.coop.id,
    day: serviceDayOf(new Date()),
    days: 90,
    deliveredLines: 10,
    byKind: {},
    perThousand: 0,
    at: new Date(),
  })
  await monthsOf(t, parties)
  return { ...claims, ...statementsBySide, newRuleId: newId(), newTermsId: newId() }
}

/** As silence confirms. */
const confirmed = { confirmedAt: new Date(), confirmedHow: 'silence' }

/** The buyer's true statement, and others of earlier months in the states of their way. */
async function statementsOf(t: TestApp, { orgs, guests }: Parties) {
  const cut = monthEnd(serviceDayOf(new Date()))
  await makeStatements(t.system(instantAt(addDays(cut, 1), 10)))
  const made = async (orgId: string, side: string) => {
    const [row] = await t.db
      .select()
      .from(statements)
      .where(and(eq(statements.orgId, orgId), eq(statements.side, side)))
    return row as typeof statements.$inferSelect
  }
  const real = await made(orgs.buyer.id, 'buyer')
  for (const [orgId, side] of [
    [orgs.buyer.id, 'buyer'],
    [orgs.coop.id, 'supplier'],
    [orgs.broker.id, 'broker'],
  ] as const) {
    const params = { id: (await made(orgId, side)).id }
    well(await t.call('statements.send', { params, body: { version: 1 } }, guests.ops_finance))
  }
  const earlier = async (toDay: string, over: Partial<typeof statements.$inferInsert>) => {
    const id = newId()
    const row = { ...real, id, number: `Z-${id}`, fromDay: toDay, toDay, version: 1, lineCount: 0, ...over }
    await t.db.insert(statements).values(row)
    return id
  }
  const transfers = well(
    await t.call('statements.lines', { params: { id: real.id } }, guests.ops_finance),
  ).items
  const held = await heldUp(t, guests, earlier, transfers[0]?.transferId as string)
  const invoiced = await earlier('2025-03-31', { status: 'invoiced', ...confirmed })
  return {
    statementOf: {
      buyer: real.id,
      coop: (await made(orgs.coop.id, 'supplier')).id,
      broker: (await made(orgs.broker.id, 'broker')).id,
    },
    toStateSend: await earlier('2025-04-30', { status: 'open', sentAt: null }),
    toConfirm: await earlier('2025-05-31', { status: 'sent' }),
    toDispute: {
      params: { id: real.id },
      body: { id: newId(), transferId: transfers[0]?.transferId as string, reason: '示例' },
    },
    toAskWriteOff: {
      params: { id: await earlier('2025-06-30', { status: 'confirmed', dueFen: 700, ...confirmed }) },
      body: { id: newId(), reason: '示例' },
    },
    ...held,
    invoiced,
    ...(await invoicesOf(t, orgs, invoiced)),
    redId: newId(),
    numbers: Array.from({ length: 1 }, () => `${Math.floor(Math.random() * 1e15)}`.padStart(20, '1')),
  }
}

type Earlier = (toDay: string, over: Partial<typeof statements.$inferInsert>) => Promise<string>

/** A statement with a disputed line, and one whose write-off waits for a second person. */
async function heldUp(t: TestApp, guests: Parties['guests'], earlier: Earlier, transferId: string) {
  const disputed = await earlier('2025-01-31', { status: 'disputed' })
  const dispute = {
    id: newId(),
    statementId: disputed,
    transferId,
    reason: '示例',
    madeBy: guests.buyer_finance.personId,
    madeAt: new Date(),
  }
  await t.db.insert(statementDisputes).values(dispute)
  const toDecide = await earlier('2025-02-28', { status: 'confirmed', dueFen: 500, ...confirmed })
  const writeOff = {
    id: newId(),
    statementId: toDecide,
    amountFen: 500,
    reason: '示例',
    askedBy: guests.buyer_finance.personId,
    askedAt: new Date(),
  }
  await t.db.insert(writeOffs).values(writeOff)
  return {
    toAnswerDispute: {
      params: { id: disputed },
      body: { disputeId: dispute.id, outcome: 'kept' as const, answer: '示例' },
    },
    toDecideWriteOff: { params: { id: toDecide }, body: { writeOffId: writeOff.id, approve: true } },
  }
}

/** Invoices of a statement: drafts, and one that is issued. */
async function invoicesOf(t: TestApp, orgs: Parties['orgs'], invoiced: string) {
  const invoice = async (over: Partial<typeof invoices.$inferInsert>) => {
    const row = {
      id: newId(),
      statementId: invoiced,
      sellerOrgId: orgs.coop.id,
      buyerOrgId: orgs.buyer.id,
      status: 'draft',
      kind: 'ordinary',
      netFen: 100,
      taxFen: 0,
      totalFen: 100,
      madeAt: new Date(),
      ...over,
    }
    await t.db.insert(invoices).values(row)
    return row.id
  }
  return {
    toIssue: await invoice({}),
    toRedden: await invoice({
      sellerOrgId: orgs.broker.id,
      status: 'issued',
      number20: `${Date.now()}`.padStart(20, String(Math.floor(Math.random() * 10))),
      issuedOn: '2025-04-01',
    }),
  }
}

/** Months of both sides' common operations: one closed, one that is asked to be opened. */
async function monthsOf(t: TestApp, { guests }: Parties): Promise<void> {
  const closed = { status: 'closed', closedBy: guests.admin.personId, closedAt: new Date(), checklist: [] }
  await t.db
    .insert(monthCloses)
    .values([
      { month: '2024-01', ...closed },
      { month: '2024-02', ...closed },
      {
        month: '2024-03',
        ...closed,
        status: 'opening',
        openAskedBy: guests.purchaser.personId,
        openReason: '示例',
      },
    ])
    .onConflictDoNothing()
}
