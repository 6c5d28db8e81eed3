import type { ContractLeft } from '@huming/shared/pricing'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { CreditState } from '../ledger/rules.ts'
import { byExpiry } from '../stock/allocation.ts'
import type { Calendar, ServedSite } from './calendar.ts'
import type { OpenLot, OrderedSku } from './rules.ts'

/** A buyer's place with what its organisation and hub say about ordering. */
export type BuyerSite = ServedSite & {
  readonly id: string
  readonly orgId: string
  readonly windowFrom: number
  readonly windowTo: number
  readonly approvalAboveFen: number | null
  readonly hubOrgId: string
  /** The hub's `sales` account, credited by its orders. */
  readonly salesAccountId: string | null
}
/** A buyer's credit; what is held moves as orders are decided. */
export type CreditAccount = CreditState & { readonly id: string; debitsPendingFen: number }

/** An order as it stands before it is placed again or changed. */
export type StandingOrder = {
  readonly id: string
  readonly number: string
  readonly orgId: string
  readonly hubId: string
  readonly day: string
  readonly buyerClass: BuyerClass
  readonly status: string
  readonly frozenAt: Date | null
  readonly totalFen: number
  readonly requestHash: string
  readonly version: number
  readonly hold: { id: string; debitAccountId: string; creditAccountId: string; amountFen: number } | null
  readonly promises: readonly { readonly lotId: string; readonly quantity: number }[]
  /** What it takes of contracts' quantities, base units. */
  readonly taken: readonly { readonly contractLineId: string; readonly quantity: number }[]
}

/** All that deciding needs, read once for a batch; lots, accounts and standing orders are locked. */
export type World = {
  readonly calendar: Calendar
  readonly sites: ReadonlyMap<string, BuyerSite>
  readonly skus: ReadonlyMap<string, OrderedSku>
  readonly lots: ReadonlyMap<string, OpenLot>
  /** Lots by `packAtHub`, first expired first. */
  readonly shelves: ReadonlyMap<string, readonly OpenLot[]>
  readonly accounts: ReadonlyMap<string, CreditAccount>
  readonly orders: ReadonlyMap<string, StandingOrder>
  /** Contracts' lines with a limited quantity; what is left (base units) moves as orders are decided. */
  readonly contracts: ReadonlyMap<string, { left: number }>
}

/** Takes base units of a contract's limited quantity; a negative number gives them back. */
export function spend(world: World, contractLineId: string, quantity: number): void {
  const contract = world.contracts.get(contractLineId)
  if (contract) contract.left -= quantity
}

/** Base units left of a contract's line; null = any quantity. */
export const contractLeft =
  (world: World): ContractLeft =>
  (lineId) =>
    world.contracts.get(lineId)?.left ?? null

export const packAtHub = (skuId: string, hubId: string): string => `${skuId}:${hubId}`

/** What is asked about, added up over a batch. */
export type Scope = {
  readonly orderIds: readonly string[]
  /** Orders that are to be changed: their promises are read and their lots locked too. */
  readonly changedIds: readonly string[]
  readonly siteIds: readonly string[]
  readonly skuIds: readonly string[]
  readonly days: readonly string[]
}

/** Lots by id and, those that may be promised, by pack and hub. */
export function shelvesOf(rows: readonly LotRow[]): Pick<World, 'lots' | 'shelves'> {
  const open = rows.filter((lot) => lot.open)
  const shelves = Map.groupBy(open, (lot) => packAtHub(lot.skuId, lot.hubId))
  for (const shelf of shelves.values()) shelf.sort(byExpiry)
  return { lots: new Map(rows.map((lot) => [lot.id, lot])), shelves }
}
export type LotRow = OpenLot & { readonly skuId: string; readonly hubId: string; readonly open: boolean }
