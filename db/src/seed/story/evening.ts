import { addDays, instantAt, type ServiceDay } from '@huming/shared/days'
import type { Dice } from '../ids.ts'
import type { Draft, DraftLine } from './draft.ts'
import type { Share } from './lots.ts'
import type { LineFate } from './orders.ts'

/** What was taken of one lot for a line, and what of it was handed over. */
export type Portion = Share & {
  readonly picked: number
  readonly delivered: number
  readonly refused: number
}

export type DoneLine = {
  readonly line: DraftLine
  readonly fate: LineFate
  readonly portions: readonly Portion[]
}

/** An order that went all the way; a failed one came back whole. */
export type DoneOrder = {
  readonly draft: Draft
  readonly lines: readonly DoneLine[]
  readonly failed: boolean
}

/** A night that is over: one hub, one delivery day. */
export type Night = {
  readonly hubId: string
  readonly day: ServiceDay
  readonly drafts: readonly Draft[]
  readonly sharesOf: (line: DraftLine, quantity: number) => readonly Share[]
  readonly dice: Dice
  /** Some buyers have not yet signed for the last night. */
  readonly isLast: boolean
  readonly stopsPerRun: number
  /** Number of its wave among those of the hub and day. */
  readonly waveSeq: number
}

/** The evening before, at so many minutes of that day. */
export const eveningBefore = (day: ServiceDay, minutes: number): Date => instantAt(addDays(day, -1), minutes)
