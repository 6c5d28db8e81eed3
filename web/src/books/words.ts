import { instantText } from '@huming/shared/days'
import type { Packing } from '@huming/shared/quantity'
import type { RouteId } from '../app/api.ts'
import { locale, textOf } from '../app/i18n.ts'

export const momentText = (at: string): string => instantText(new Date(at), locale())
export const kindText = (kind: string): string => textOf(`claims.kind.${kind}`, kind)
export const partyText = (party: string): string => textOf(`claims.party.${party}`, party)
export const reasonText = (reason: string): string => textOf(`reason.${reason}`, reason)

type Packed = {
  readonly baseUnit: Packing['baseUnit']
  readonly orderUnit: Packing['conversions'][number]['unit']
  readonly basePerOrderUnit: number
  readonly catchWeight: boolean
}

/** How a pack is counted, for `<Quantity>`. */
export const packingOf = (goods: Packed): { unit: Packed['orderUnit']; packing: Packing } => ({
  unit: goods.orderUnit,
  packing: {
    baseUnit: goods.baseUnit,
    conversions: [{ unit: goods.orderUnit, size: goods.basePerOrderUnit, variable: goods.catchWeight }],
  },
})

/** What is read again after something was done. */
export const claimReads: RouteId[] = ['claims.list', 'claims.read', 'claims.creditNotes', 'claims.choices']
export const statementReads: RouteId[] = [
  'statements.list',
  'statements.read',
  'statements.lines',
  'statements.ageing',
  'invoices.list',
]
