import { linePrices, referenceKey } from '@huming/shared/contract-prices'
import { addDays, type ServiceDay } from '@huming/shared/days'
import { discountedCentifen } from '@huming/shared/money'
import type { prices } from '../../schema/catalogue.ts'
import type { priceContractLines, priceContracts, referencePrices } from '../../schema/pricing.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { diceOf, sampleEpoch, sampleId } from '../ids.ts'
import { listCentifen, pricingOf, samplePacks, skuId } from './goods.ts'
import { buyerId, supplierId } from './parties.ts'
import { sampleMembers } from './people.ts'

type Line = { readonly code: string; readonly limitUnits?: number; readonly below?: number }
type Agreed = { readonly buyer: string; readonly percentOff: number; readonly lines: readonly Line[] }

const plain = (...codes: string[]): Line[] => codes.map((code) => ({ code }))

/**
 * Who agreed on prices of its own (示例): so many per cent below the list, or so many basis points `below` the
 * market's price of the day, for what canteens use most.
 */
const agreed: readonly Agreed[] = [
  {
    buyer: '杨浦示范大学食堂',
    percentOff: 11,
    lines: [
      ...plain('NH-GM-25', 'SY-MJ-10', 'SX-DF-01', 'SY-JD-36', 'TN-XY-30'),
      { code: 'SX-ZJ-01', limitUnits: 600 },
      { code: 'JL-SHQ-08', below: 800 },
      { code: 'YA-WJ-15', below: 650 },
    ],
  },
  {
    buyer: '松江大学城学院食堂',
    percentOff: 10,
    lines: [...plain('NH-GM-25', 'SX-ZJ-01', 'SX-BR-01', 'SY-JD-36'), { code: 'JL-SHQ-08', below: 700 }],
  },
  {
    buyer: '嘉定区机关食堂',
    percentOff: 9,
    lines: plain('NH-GM-25', 'NH-YM-10', 'JL-SHQ-08', 'DT-HZ-50', 'TN-GY-06', 'YX-CY-50'),
  },
  { buyer: '虹口早餐工程', percentOff: 7, lines: plain('SX-SM-01', 'SX-ZJ-01', 'SX-MT-01', 'SX-BR-01') },
]

/** Who enters contracts and figures. */
const clerkId = (): string =>
  sampleMembers().find((one) => one.roles.includes('ops_finance'))?.id ?? sampleId('nobody')

const market = '江桥批发市场（示例）'
const followed = ['JL-SHQ-08', 'YA-WJ-15']
const daysBack = 120

const packOf = (code: string) => {
  const found = samplePacks.find((one) => one.pack.code === code)
  if (!found) throw new Error(`no sample pack ${code}`)
  return found
}
const keyOf = (code: string) => referenceKey({ market, product: packOf(code).product.name, grade: '' })

/** A market's averages (示例) on every third day since before the first sample order, near the list price. */
export function referenceRows(today: ServiceDay): (typeof referencePrices.$inferInsert)[] {
  const enteredBy = clerkId()
  return followed.flatMap((code) => {
    const { pack, product } = packOf(code)
    const dice = diceOf(`market ${code}`)
    const [, per] = pricingOf(pack)
    return Array.from({ length: daysBack / 3 + 1 }, (_, i) => {
      const day = addDays(today, i * 3 - daysBack)
      const averageCentifen = discountedCentifen(listCentifen(pack, 0), dice.whole(0, 1200) - 600)
      return {
        id: sampleId(`reference ${code} ${i}`),
        key: keyOf(code),
        market,
        product: product.name,
        day,
        lowCentifen: discountedCentifen(averageCentifen, 900),
        averageCentifen,
        highCentifen: discountedCentifen(averageCentifen, -900),
        per,
        source: '示例行情，非真实价格',
        enteredBy,
        enteredAt: sampleEpoch,
        isSample: true,
      }
    })
  })
}

/** The contracts behind these prices, one per buyer and supplier, with their lines and the prices they stand for. */
export function contractRows(today: ServiceDay) {
  const from = addDays(today, -daysBack)
  const createdBy = clerkId()
  const references = referenceRows(today)
  const contracts: (typeof priceContracts.$inferInsert)[] = []
  const lines: (typeof priceContractLines.$inferInsert)[] = []
  const rows: (typeof prices.$inferInsert)[] = []
  for (const { buyer, percentOff, lines: asked } of agreed) {
    const bought = sampleBuyers.find((one) => one.name === buyer)
    if (!bought) continue
    const bySupplier = Map.groupBy(asked, (line) => packOf(line.code).product.supplier)
    for (const [supplier, theirs] of bySupplier) {
      const id = sampleId(`contract ${buyer} ${supplier}`)
      const number = `XY-2026-${String(contracts.length + 1).padStart(3, '0')}`
      const term = { number, validFrom: from, validTo: addDays(today, 75) }
      contracts.push({
        id,
        ...term,
        supplierOrgId: supplierId(supplier),
        buyerOrgId: buyerId(bought),
        note: '示例合同',
        createdBy,
        createdAt: sampleEpoch,
        isSample: true,
      })
      for (const { code, limitUnits, below } of theirs) {
        const { pack } = packOf(code)
        const line = {
          id: sampleId(`contract line ${buyer} ${code}`),
          contractId: id,
          skuId: skuId(pack),
          centifen: below === undefined ? listCentifen(pack, percentOff) : null,
          discountBp: below ?? null,
          referenceKey: below === undefined ? null : keyOf(code),
          quantityLimit: limitUnits === undefined ? null : limitUnits * pack.order[1],
        }
        lines.push(line)
        const told = references.filter((one) => one.key === line.referenceKey)
        const [, basePerPriceUnit] = pricingOf(pack)
        for (const price of linePrices(term, { ...line, basePerPriceUnit }, told))
          rows.push({
            ...price,
            id: sampleId(`price ${code} ${buyer} ${price.validFrom}`),
            skuId: line.skuId,
            buyerOrgId: buyerId(bought),
            fromUnits: 1,
            contractLineId: line.id,
            createdAt: sampleEpoch,
          })
      }
    }
  }
  return { contracts, lines, prices: rows, references }
}
