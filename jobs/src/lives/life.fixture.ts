import type { House, Who } from './house.fixture.ts'

type Ordered = { id: string; version: number }
type Paying = {
  id: string
  version: number
  method: string
  amountFen: number
  payCode: string
  /** Its money may have come. */
  isPaid: boolean
  /** Shares of it that were asked back. */
  refunds: { id: string; version: number; askedBy: number }[]
}
type Claimed = {
  id: string
  version: number
  lines: { id: string; quantity: number; supplierOrgId: string }[]
}
type Stated = { id: string; version: number; transferId: string; disputes: string[]; closingFen: number }
export type Task = { id: string; lot: string; quantity: number; catchWeight: boolean }
export type Handed = {
  orderId: string
  orderLineId: string
  lotId: string
  quantity: number
  catchWeight: boolean
}

/** One buyer from the first basket to the last payment, and what its people know. */
export type Life = {
  readonly orgId: string
  readonly name: string
  readonly siteId: string
  readonly photoId: string
  readonly who: Who & { personId: string; orgId: string }
  readonly orders: Ordered[]
  readonly payments: Paying[]
  readonly bankLines: string[]
  readonly claims: Claimed[]
  readonly statements: Stated[]
  tasks: Task[]
  stopId: string | null
  aboard: Handed[]
  isDelivered: boolean
  /** Somebody is handing over just now. */
  isAtDoor: boolean
}
/** One thing somebody may do for a life now; weight 0: there is nothing to do it to. */
export type Move = {
  readonly name: string
  readonly weight: (life: Life, house: House) => number
  readonly run: (life: Life, house: House) => Promise<unknown>
}
