import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { entriesOf, type InForce, settleOrder } from '@huming/shared/settle-order'
import { grossGrams } from '../cast/goods.ts'
import { accountId, houseId, supplierId } from '../cast/parties.ts'
import { sampleId } from '../ids.ts'
import type { Book } from './book.ts'
import type { Draft } from './draft.ts'
import type { DoneLine } from './evening.ts'

/** Settles a delivered order with everybody, by the product's own rules. */
export function noteSettlement(
  book: Book,
  draft: Draft,
  lines: readonly DoneLine[],
  { at, eventId }: { readonly at: Date; readonly eventId: string },
  inForce: (supplierOrgId: string, day: ServiceDay) => InForce,
): void {
  const rows = settleOrder(
    { orderId: draft.id, buyerOrgId: draft.site.row.orgId, hubOrgId: houseId('warehouse'), eventId, at },
    lines.map(({ line, fate, portions }) => ({
      orderLineId: line.id,
      supplierOrgId: supplierId(line.product.supplier),
      category: line.product.category,
      taxRateBp: line.taxRateBp,
      finalFen: fate.finalFen ?? 0,
      gramsPer: (line.pack.base ?? 'g') === 'g' ? [1, 1] : [grossGrams(line.pack), line.pack.order[1]],
      lots: portions.map((portion) => ({ lotId: portion.lot.id, quantity: portion.delivered })),
    })),
    (supplierOrgId) => inForce(supplierOrgId, serviceDayOf(draft.placedAt)),
    (lineId, lotId) => sampleId(`settled ${lineId} ${lotId}`, at),
  )
  book.settlementLines.push(...rows)
  for (const { debit, credit, ...entry } of entriesOf(rows)) {
    const accounts = { debitAccountId: accountId(debit), creditAccountId: accountId(credit) }
    const id = sampleId(
      `${entry.reason} ${draft.id} ${accounts.debitAccountId} ${accounts.creditAccountId}`,
      at,
    )
    book.ledgerTransfers.push({ id, kind: 'direct', ...accounts, ...entry, holdId: null, at })
  }
}
