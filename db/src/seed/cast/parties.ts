import { addDays, type ServiceDay } from '@huming/shared/days'
import type { ShanghaiCode } from '@huming/shared/districts'
import { buildUscc, type UsccKind } from '@huming/shared/identifiers/uscc'
import type { AccountPurpose, AccountRef } from '@huming/shared/ledger-words'
import type { OrgKind } from '@huming/shared/permissions'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { MandateInForce } from '@huming/shared/settle-order'
import type { Commission } from '@huming/shared/settling'
import type { mandates, organisations } from '../../schema/accounts.ts'
import type { ledgerAccounts } from '../../schema/ledger.ts'
import { type Buyer, sampleBuyers } from '../content/buyers.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { marked } from './names.ts'

type OrgRow = typeof organisations.$inferInsert

/** The parties that are neither buyer nor supplier. */
export const houses = {
  operations: { kind: 'operations', name: '上海市沙县小吃运营中心（示例）', division: '310114' },
  warehouse: { kind: 'warehouse', name: '嘉定城市配送仓运营公司（示例）', division: '310114' },
  carrier: { kind: 'carrier', name: '沪明冷链配送公司（示例）', division: '310114' },
  broker: { kind: 'broker', name: '大田茶乡经纪人（示例）', division: '350425' },
  sanming: { kind: 'government', name: '三明市对口合作办公室（示例）', division: '350404' },
  shanghai: { kind: 'government', name: '上海市对口合作办公室（示例）', division: '310101' },
} as const satisfies Record<string, { kind: OrgKind; name: string; division: string }>

export type House = keyof typeof houses

const orgId = (name: string): string => sampleId(`organisation ${name}`)
export const houseId = (house: House): string => orgId(houses[house].name)
export const supplierId = (key: SupplierKey): string => orgId(suppliers[key].name)
export const buyerId = (buyer: Buyer): string => orgId(marked(buyer.name))
export const receivableId = (buyer: Buyer): string => sampleId(`receivable ${buyer.name}`)
/** Any account but a buyer's `receivable`. */
export const accountId = ({ orgId: holder, purpose }: AccountRef): string =>
  sampleId(`account ${purpose} ${holder}`)
/** What buyers owe is cleared at the organisation that runs the hubs. */
export const salesId = accountId({ orgId: houseId('warehouse'), purpose: 'sales' })

const houseUscc: Partial<Record<House, string>> = {
  operations: buildUscc('91', '310114', 'MA900031'),
  warehouse: '91310114MA9000070C',
  carrier: buildUscc('91', '310114', 'MA900032'),
  broker: buildUscc('92', '350425', 'MA900033'),
}

const plain = {
  uscc: null,
  buyerClass: null,
  sellerTaxType: null,
  approvalAboveFen: null,
  isSample: true,
  createdAt: sampleEpoch,
}

/** All organisations: houses, suppliers, buyers. */
export function organisationRows(): OrgRow[] {
  return [
    ...Object.entries(houses).map(([key, { kind, name, division }]) => ({
      ...plain,
      id: orgId(name),
      kind,
      name,
      shortName: name.slice(0, 20),
      uscc: houseUscc[key as House] ?? null,
      divisionCode: division,
    })),
    ...Object.values(suppliers).map((one) => ({
      ...plain,
      id: orgId(one.name),
      kind: one.kind,
      name: one.name,
      shortName: one.shortName,
      uscc: one.uscc,
      divisionCode: one.county,
      sellerTaxType: one.tax,
    })),
    ...sampleBuyers.map((buyer, i) => ({
      ...plain,
      id: buyerId(buyer),
      kind: 'buyer',
      name: marked(buyer.name),
      shortName: marked(buyer.name),
      uscc: buyerUscc(buyer, i),
      buyerClass: buyer.buyerClass,
      divisionCode: buyer.districts[0],
      approvalAboveFen: buyer.approvalAbove ? buyer.approvalAbove * 100 : null,
    })),
  ]
}

const usccKind: Record<BuyerClass, UsccKind> = {
  snack_shop: '92',
  breakfast: '91',
  canteen_university: '12',
  canteen_office: '11',
  wholesale: '92',
  fresh_platform: '91',
  community: '91',
}

const buyerUscc = (buyer: Buyer, i: number): string => {
  const kind = buyer.name.includes('企业') || buyer.name.includes('园区') ? '91' : usccKind[buyer.buyerClass]
  return buildUscc(kind, buyer.districts[0], `MA91${String(i).padStart(4, '0')}`)
}

/** Accounts that the sample parties have from the start. */
const accountsOf: readonly (readonly [orgId: string, purposes: readonly AccountPurpose[]])[] = [
  ...Object.values(suppliers).map((one) => [orgId(one.name), ['payable', 'retention', 'deposit']] as const),
  [houseId('broker'), ['commission']],
  [houseId('warehouse'), ['sales', 'claims_cost']],
  [houseId('carrier'), ['claims_cost']],
  [
    houseId('operations'),
    [
      'fees',
      'bank',
      'stripe',
      'stripe_fees',
      'in_flight',
      'claims_cost',
      'unmatched',
      'interest',
      'write_off',
    ],
  ],
]

/** Buyers owe on `receivable` up to their credit; all other accounts have no limit. */
export function accountRows(): (typeof ledgerAccounts.$inferInsert)[] {
  return [
    ...sampleBuyers.map((buyer) => ({
      id: receivableId(buyer),
      orgId: buyerId(buyer),
      purpose: 'receivable',
      creditLimitFen: buyer.credit * 100,
    })),
    ...accountsOf.flatMap(([holder, purposes]) =>
      purposes.map((purpose) => ({
        id: accountId({ orgId: holder, purpose }),
        orgId: holder,
        purpose,
        creditLimitFen: null,
      })),
    ),
  ]
}

type MandateRow = MandateInForce & {
  readonly principalOrgId: string
  readonly validFrom: ServiceDay
  readonly validTo: ServiceDay
}

/**
 * The broker acts for two co-ops, paid by weight (0.10 yuan per jin) and by a share that the platform pays half of; for
 * a third the mandate has run out.
 */
export function mandateRows(today: ServiceDay): MandateRow[] {
  const mandate = (key: SupplierKey, from: number, to: number, commission: Commission) => ({
    id: sampleId(`mandate ${key}`),
    brokerOrgId: houseId('broker'),
    principalOrgId: supplierId(key),
    validFrom: addDays(today, from),
    validTo: addDays(today, to),
    platformOrgId: houseId('operations'),
    ...commission,
  })
  return [
    mandate('datian', -200, 165, { basis: 'kg', rate: 2_000, supplierPaysBp: 10_000 }),
    mandate('qingliu', -100, 265, { basis: 'bp', rate: 150, supplierPaysBp: 5_000 }),
    mandate('taining', -400, -35, { basis: 'lump', rate: 2_000, supplierPaysBp: 10_000 }),
  ]
}

/** Rows of `mandates`, written long ago. */
export const mandateTableRows = (today: ServiceDay): (typeof mandates.$inferInsert)[] =>
  mandateRows(today).map(({ basis, rate, ...row }) => ({
    ...row,
    commissionBasis: basis,
    commissionRate: rate,
    writtenAt: sampleEpoch,
  }))

/** Is the district served from the sub-centre across the river? */
export const isAcross = (code: ShanghaiCode): boolean => code === '310115' || code === '310120'
