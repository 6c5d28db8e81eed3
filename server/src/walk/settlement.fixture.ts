import { makeSupplier } from '@huming/db/factories'
import { orgBankAccounts, payoutBatches, payouts } from '@huming/db/schema/settlement'
import { seal } from '@huming/db/seal'
import { newId } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { transfer } from '../ledger/transfer.ts'
import type { TestApp } from '../test-app.ts'
import { today, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'
import type { Roads } from './roads.fixture.ts'

const long = new Date('2025-01-01T00:00:00Z')
const owedFen = 50_000

/** Money of a side's supplier and broker: terms, an account to be paid into, payouts and objections in every state. */
export async function settledOf(t: TestApp, parties: Parties, roads: Roads) {
  const { orgs, guests } = parties
  const terms = {
    supplierOrgId: orgs.coop.id,
    validFrom: today,
    feeBp: 200,
    feeBpByCategory: {},
    deliveryFeeCentifen: 3000,
    retentionBp: 300,
    retentionMonths: 6,
    rhythm: 'weekly' as const,
    waitDays: 2,
    note: '',
  }
  const termsId = newId()
  well(await t.call('settlement.writeTerms', { params: { id: termsId }, body: terms }, guests.ops_finance))
  await payInto(t, parties, orgs.coop.id)
  const batch = batchMaker(t, parties)
  const { commissionLine, contestedLine } = await commissionLines(t, parties, roads)
  const toAnswer = newId()
  await t.sql`insert into commission_contests (id, settlement_line_id, broker_org_id, reason, raised_by, raised_at, status)
    values (${toAnswer}, ${contestedLine}, ${orgs.broker.id}, '示例', ${guests.broker.personId}, now(), 'open')`
  const [fresh, ended] = [await makeSupplier(t.db), await makeSupplier(t.db)]
  const mandate = {
    brokerOrgId: orgs.broker.id,
    validFrom: today,
    validTo: '2099-12-31',
    commissionBasis: 'bp' as const,
    commissionRate: 150,
    supplierPaysBp: 5000,
  }
  const mandateId = newId()
  const toEnd = { params: { id: mandateId }, body: { ...mandate, principalOrgId: ended.id } }
  well(await t.call('commission.writeMandate', toEnd, guests.admin))
  return {
    terms,
    termsId,
    newIds: { bank: newId(), batch: newId(), contest: newId(), mandate: newId() },
    mandate: { ...mandate, principalOrgId: fresh.id },
    mandateId,
    commissionLine,
    toAnswer,
    owedFen,
    toApprove: await batch('proposed'),
    toCancel: await batch('proposed'),
    toVerify: await batch('proposed', 'bank_changed'),
    toSend: await batch('approved'),
    toFile: await batch('approved'),
    toConfirm: await batch('sent'),
    toReturn: await batch('sent'),
  }
}

/** The party has an account told long ago, and something is due to it. */
async function payInto(t: TestApp, { orgs }: Parties, orgId: string): Promise<string> {
  const id = newId()
  const sealed = { numberSealed: seal('6222020200112233445'), lastFour: '3445' }
  const bank = { holder: '示例', bankName: '示例银行', bankCode: '105395000012' }
  await t.db.insert(orgBankAccounts).values({ id, orgId, ...bank, ...sealed, at: long })
  await move(t, {
    debit: { orgId: orgs.operations.id, purpose: 'fees' },
    credit: { orgId, purpose: 'payable' },
    reason: 'offset',
  })
  return id
}

const move = (t: TestApp, entry: Pick<NewTransfer, 'debit' | 'credit' | 'reason'>) =>
  t.db.transaction((tx) =>
    transfer(tx, long, [{ ...entry, amountFen: owedFen, subjectId: newId(), eventId: newId() }]),
  )

/** Batches with one payout to a supplier of its own. */
function batchMaker(t: TestApp, parties: Parties) {
  const { orgs, guests } = parties
  return async (status: 'proposed' | 'approved' | 'sent', needsSecond: string | null = null) => {
    const supplier = await makeSupplier(t.db)
    const bankAccountId = await payInto(t, parties, supplier.id)
    const [id, payoutId] = [newId(), newId()]
    const checked = status === 'proposed' ? {} : { checkedBy: guests.ops_finance.personId, checkedAt: long }
    await t.db.insert(payoutBatches).values({
      id,
      orgId: orgs.operations.id,
      throughDay: today,
      way: 'bank',
      status,
      madeBy: guests.admin.personId,
      madeAt: long,
      ...checked,
    })
    await t.db.insert(payouts).values({
      id: payoutId,
      batchId: id,
      partyOrgId: supplier.id,
      purpose: 'payable',
      amountFen: owedFen,
      bankAccountId,
      status,
      needsSecond,
    })
    if (status === 'sent')
      await move(t, {
        debit: { orgId: supplier.id, purpose: 'payable' },
        credit: { orgId: orgs.operations.id, purpose: 'in_flight' },
        reason: 'offset',
      })
    return { id, payoutId }
  }
}

/** Two settled lots on which the broker earns: settled on top of what the side's delivery settled. */
async function commissionLines(t: TestApp, { orgs }: Parties, roads: Roads) {
  const [commissionLine, contestedLine] = [newId(), newId()]
  const copy = (id: string, reversed: boolean) => t.sql`
    insert into settlement_lines (id, order_id, order_line_id, lot_id, buyer_org_id, supplier_org_id, hub_org_id,
      quantity, gross_fen, tax_fen, fee_fen, retention_fen, commission_supplier_fen, commission_platform_fen, net_fen,
      broker_org_id, reverses_id, more, subject_id, due_on, frozen_until, day, event_id, at)
    select ${id}::uuid, order_id, order_line_id, lot_id, buyer_org_id, supplier_org_id, hub_org_id, 0, 0, 0, 0, 0, 0, 0, 0,
      ${orgs.broker.id}::uuid, ${reversed ? commissionLine : null}::uuid, true, subject_id, due_on, day, day, event_id, at
    from settlement_lines where order_id = ${roads.delivered} and reverses_id is null and not more order by id limit 1`
  await copy(commissionLine, false)
  await copy(contestedLine, true)
  return { commissionLine, contestedLine }
}
