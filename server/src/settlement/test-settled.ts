import { makeOrg } from '@huming/db/factories'
import { mandates } from '@huming/db/schema/accounts'
import { supplierTerms } from '@huming/db/schema/settlement'
import { newId } from '@huming/shared/ids'
import type { NewTransfer } from '@huming/shared/ledger-words'
import { inTransaction } from '../kernel/transaction.ts'
import { reverseLines, type TakenBack } from '../ledger/reverse-lines.ts'
import { transfer } from '../ledger/transfer.ts'
import { finishDeliveries } from '../orders/finish-delivery.ts'
import type { Market, Shop } from '../orders/test-market.ts'
import type { TestApp } from '../test-app.ts'

type Pack = Awaited<ReturnType<Market['goods']>>
type TermsRow = typeof supplierTerms.$inferInsert
type MandateRow = typeof mandates.$inferInsert

const past = new Date('2024-01-01T00:00:00Z')

/** Terms and mandates as they have long been. */
function agreements(t: TestApp, m: Market) {
  async function terms(platformOrgId: string, over: Partial<TermsRow> = {}) {
    const row = {
      id: newId(),
      supplierOrgId: m.supplier.id,
      platformOrgId,
      validFrom: '2024-01-01',
      feeBp: 300,
      feeBpByCategory: {},
      deliveryFeeCentifen: 2_000,
      retentionBp: 400,
      retentionMonths: 6,
      rhythm: 'weekly',
      waitDays: 7,
      at: past,
      ...over,
    }
    await t.db.insert(supplierTerms).values(row)
    return row
  }

  async function mandate(over: Partial<MandateRow> = {}) {
    const row = {
      id: newId(),
      brokerOrgId: over.brokerOrgId ?? (await makeOrg(t.db, 'broker')).id,
      principalOrgId: m.supplier.id,
      validFrom: '2024-01-01',
      validTo: '2099-12-31',
      commissionBasis: 'bp',
      commissionRate: 200,
      writtenAt: past,
      ...over,
    }
    await t.db.insert(mandates).values(row)
    return row
  }

  return { terms, mandate }
}

/** Terms, mandates and delivered orders for tests of money. */
export function settledTrade(t: TestApp, m: Market) {
  /** An order that was placed and loaded: cartons of packs, as `[pack, cartons]`. */
  async function loaded(buyer: Shop, packs: readonly (readonly [Pack, number])[]) {
    const order = await m.place(
      buyer,
      packs.map(([{ sku }, cartons]) => [sku, cartons]),
    )
    await t.sql`update orders set status = 'loaded', frozen_at = now() where id = ${order.id}`
    const lines = await t.sql<{ id: string; quantity: number; sku_id: string }[]>`
      select id, quantity, sku_id from order_lines where order_id = ${order.id} order by line_no`
    return lines.map((line, i) => ({
      orderId: order.id,
      orderLineId: line.id,
      lotId: (packs[i] as (typeof packs)[number])[0].lot.id,
      quantity: line.quantity,
    }))
  }

  /** Hands loaded orders over, all in one transaction as at one door; grams by line as given, else all. */
  async function deliver(handed: readonly Awaited<ReturnType<typeof loaded>>[], now = new Date()) {
    const told = handed.map(
      (lines) =>
        [
          lines[0]?.orderId as string,
          lines.map(({ orderLineId, lotId, quantity }) => ({
            lineId: orderLineId,
            deliveredQuantity: quantity,
            refusedQuantity: 0,
            refuseReason: null,
            lots: [{ lotId, quantity }],
          })),
        ] as const,
    )
    return t.db.transaction((tx) => finishDeliveries(tx, { ...t.system(), now }, told))
  }

  /** What is on an account of a party, credits above zero. */
  async function balance(orgId: string, purpose: string): Promise<number> {
    const [row] = await t.sql<{ fen: number }[]>`
      select (credits_posted_fen - debits_posted_fen)::int8 as fen from ledger_accounts
      where org_id = ${orgId} and purpose = ${purpose}`
    return row?.fen ?? 0
  }

  const linesOf = (orderId: string) =>
    t.sql<
      { net_fen: number; fee_fen: number; retention_fen: number; gross_fen: number; due_on: string }[]
    >`select * from settlement_lines where order_id = ${orderId} order by id`

  /** Credits the buyer for goods that the supplier answers for, as a claim does. */
  async function takeBack(
    sold: Pick<TakenBack, 'orderLineId' | 'lotId'>,
    { quantity, grossFen }: Pick<TakenBack, 'quantity' | 'grossFen'>,
  ) {
    const because = { subjectId: newId(), eventId: newId() }
    const [line] = await t.sql<{ buyer: string; hub: string }[]>`
      select buyer_org_id as buyer, hub_org_id as hub from settlement_lines
      where order_line_id = ${sold.orderLineId} limit 1`
    const { buyer, hub } = line as NonNullable<typeof line>
    const { orderLineId, lotId } = sold
    await inTransaction(t, async (tx) => {
      const taken = [{ orderLineId, lotId, quantity, grossFen }]
      const back = await reverseLines(tx, t.system(), because, taken)
      const note: NewTransfer = {
        debit: { orgId: hub, purpose: 'sales' },
        credit: { orgId: buyer, purpose: 'receivable' },
        amountFen: grossFen,
        reason: 'credit_note',
        ...because,
      }
      await transfer(tx, new Date(), [...back, note])
    })
  }

  return { ...agreements(t, m), takeBack, loaded, deliver, balance, linesOf }
}
