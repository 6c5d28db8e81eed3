import type { ServiceDay } from '@huming/shared/days'
import type { InForce } from '@huming/shared/settle-order'
import type { PayoutRhythm } from '@huming/shared/settling'
import type { supplierTerms } from '../../schema/settlement.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { houseId, mandateRows, supplierId } from './parties.ts'

/** Suppliers with a rhythm of their own; the others are paid weekly. */
const rhythms: Partial<Record<SupplierKey, PayoutRhythm>> = { jianning: 'half_month', youxi: 'half_month' }

type TermsRow = typeof supplierTerms.$inferInsert & { feeBp: number; rhythm: PayoutRhythm }

/** Terms that every sample supplier agreed to (示例); bases pay a little more for goods of group C. */
export function termsRows(): TermsRow[] {
  return (Object.keys(suppliers) as SupplierKey[]).map((key) => ({
    id: sampleId(`terms ${key}`),
    supplierOrgId: supplierId(key),
    platformOrgId: houseId('operations'),
    validFrom: '2024-01-01',
    feeBp: 200,
    feeBpByCategory: (suppliers[key].kind === 'base' ? { C1: 250, C2: 250 } : {}) as Record<string, number>,
    deliveryFeeCentifen: 3_000,
    retentionBp: suppliers[key].kind === 'base' ? 500 : 300,
    retentionMonths: 3,
    rhythm: rhythms[key] ?? 'weekly',
    waitDays: 2,
    note: '示例条款',
    at: sampleEpoch,
    isSample: true,
  }))
}

/** What holds for a supplier's sale on a day. */
export function forcesOn(today: ServiceDay): (supplierOrgId: string, day: ServiceDay) => InForce {
  const terms = new Map(termsRows().map((row) => [row.supplierOrgId, row]))
  const mandates = mandateRows(today)
  return (supplierOrgId, day) => {
    const held = mandates.find(
      (one) => one.principalOrgId === supplierOrgId && one.validFrom <= day && one.validTo >= day,
    )
    return { terms: terms.get(supplierOrgId) ?? null, mandate: held ?? null }
  }
}
