import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { Chance } from './chance.ts'
import type { Client, Who } from './client.ts'
import type { Clock } from './clock.ts'

export type Site = ContractReply<Contracts['accounts.writeSite']>
export type Offer = ContractReply<Contracts['catalogue.browse']>['items'][number]

/** A buyer of the night: one organisation of a class with its people and many doors. */
export type Buyer = {
  buyerClass: BuyerClass
  orgId: string
  purchaser: Who
  approver: Who
  acceptors: Who[]
  sites: Site[]
}

export type Staff = { admin: Who; lead: Who; receiver: Who; picker: Who; dispatcher: Who; safety: Who }

/** An order that stands after placing. */
export type Placed = { id: string; buyer: Buyer; siteId: string; lines: number }

/** What made a door late. */
export type Cause =
  | 'planned_late'
  | 'left_late'
  | 'road_closed'
  | 'slow_roads'
  | 'jams'
  | 'breakdown'
  | 'second_try'

/** What the night counts. */
export type Tally = {
  placed: number
  refused: Record<string, number>
  cancelled: number
  edited: number
  repeated: number
  lines: number
  orderedBase: number
  deliveredBase: number
  cuts: Record<string, number>
  routes: number
  stops: number
  unassigned: number
  delivered: number
  refusedAtDoor: number
  failed: number
  accepted: number
  /** Kilometres and cost of the first draft and of the plan that was driven. */
  draft: Figure | null
  planned: Figure | null
  brokenAtDock: number
  secondTrips: number
  relayed: number
  offline: number
  sentLater: number
  sentTwice: number
  recalls: number
  readings: number
  alarms: number
  decided: number
  alarmsOpen: number
  reached: number
  reachedInTime: number
  /** Trucks that left late, jams, and doors reached too late by what made them so. */
  leftLate: number
  jams: number
  lateBy: Record<string, number>
  worstLateMinutes: number
  /** Most doors in danger at once on the live board. */
  danger: number
  /** Stops whose buyers the product told that they come late, and how many of those that did. */
  told: Set<string>
  lateTold: number
  /** Doors that stayed shut, and what the desk decided. */
  shut: number
  decisions: Record<string, number>
  back: number
  /** Orders that found no vehicle, in words. */
  stranded: string[]
}

type Figure = { runs: number; metres: number; fen: number; unassigned: number }

export type Night = {
  client: Client
  clock: Clock
  chance: Chance
  seed: number
  orders: number
  trucks: number
  hubId: string
  day: string
  staff: Staff
  tally: Tally
  /** Whom to ask at the door, by order. */
  receivers: Map<string, Who>
  /** Says a line of progress. */
  say: (text: string) => void
}

export const emptyTally = (): Tally => ({
  placed: 0,
  refused: {},
  cancelled: 0,
  edited: 0,
  repeated: 0,
  lines: 0,
  orderedBase: 0,
  deliveredBase: 0,
  cuts: {},
  routes: 0,
  stops: 0,
  unassigned: 0,
  delivered: 0,
  refusedAtDoor: 0,
  failed: 0,
  accepted: 0,
  draft: null,
  planned: null,
  brokenAtDock: 0,
  secondTrips: 0,
  relayed: 0,
  offline: 0,
  sentLater: 0,
  sentTwice: 0,
  recalls: 0,
  readings: 0,
  alarms: 0,
  decided: 0,
  alarmsOpen: 0,
  reached: 0,
  reachedInTime: 0,
  leftLate: 0,
  jams: 0,
  lateBy: {},
  worstLateMinutes: 0,
  danger: 0,
  told: new Set(),
  lateTold: 0,
  shut: 0,
  decisions: {},
  back: 0,
  stranded: [],
})

export const count = (of: Record<string, number>, key: string, by = 1): void => {
  of[key] = (of[key] ?? 0) + by
}
