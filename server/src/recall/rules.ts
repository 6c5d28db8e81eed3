import { instantAt, serviceDayOf } from '@huming/shared/days'
import { addWorkingDays, type Holidays } from '@huming/shared/working-days'

/** One dated clock of the rules. */
export type ClockRule = {
  readonly clock: string
  readonly level: number | null
  readonly amount: number
  readonly unit: string
  readonly version: string
  readonly source: string
  readonly verify: boolean
  readonly validFrom: string
  readonly validTo: string
}

export type Clocks = {
  readonly startDueAt: Date
  readonly finishDueAt: Date
  readonly incidentDueAt: Date | null
  readonly answerMinutes: number
  readonly ruleVersion: string
}

const hourMs = 3_600_000

/**
 * When a recall known at this instant is due to start, to finish and, as an incident, to be reported, by the rules in
 * force on that day; working days are counted by the holidays. A clock without a rule for the level is a defect of the data and throws.
 */
export function clocksOf(
  rules: readonly ClockRule[],
  recall: { readonly level: number; readonly knownAt: Date; readonly incident: boolean },
  holidays: Holidays,
): Clocks {
  const after = (from: Date, rule: ClockRule) => clockAfter(from, rule, holidays)
  const day = serviceDayOf(recall.knownAt)
  const rule = (clock: string): ClockRule => {
    const found = rules
      .filter((one) => one.clock === clock && (one.level === null || one.level === recall.level))
      .filter((one) => one.validFrom <= day && day <= one.validTo)
      .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
    if (!found) throw new Error(`no recall rule for ${clock}, level ${recall.level}, on ${day}`)
    return found
  }
  const answer = rule('answer')
  return {
    startDueAt: after(recall.knownAt, rule('start')),
    finishDueAt: after(recall.knownAt, rule('finish')),
    incidentDueAt: recall.incident ? after(recall.knownAt, rule('incident')) : null,
    answerMinutes: Math.round((after(recall.knownAt, answer).getTime() - recall.knownAt.getTime()) / 60_000),
    ruleVersion: rule('start').version,
  }
}

function clockAfter(from: Date, { amount, unit }: ClockRule, holidays: Holidays): Date {
  if (unit === 'hours') return new Date(from.getTime() + amount * hourMs)
  // Told as the last minute of the day: midnight reads like the day after.
  return instantAt(addWorkingDays(serviceDayOf(from), amount, holidays), 1439)
}

/** A clock as shown: late when done after its time, or not done and its time has passed. */
export function clockState(dueAt: Date, doneAt: Date | null, now: Date): { late: boolean } {
  return { late: (doneAt ?? now) > dueAt }
}

/** Where goods of one lot are, in base units, as read from the books. */
export type Whereabouts = {
  /** Came into our books: received, moved in, or declared while at the base. */
  readonly entered: number
  readonly onShelf: number
  readonly apart: number
  /** Taken for orders and not yet handed over, at the hub and on the road. */
  readonly inTotes: number
  readonly onTrucks: number
  /** Refused at the door and not put apart yet. */
  readonly backAtDoor: number
  readonly delivered: number
  /** Of what was delivered, by the buyers’ answers and our collecting. */
  readonly kept: number
  readonly used: number
  readonly recovered: number
  readonly destroyed: number
  readonly lost: number
  readonly madeInto: number
  readonly movedOn: number
}

export type Balance = Omit<Whereabouts, 'delivered' | 'kept' | 'used'> & {
  readonly withBuyers: number
  readonly usedByBuyers: number
  readonly notTold: number
  readonly unexplained: number
}

/**
 * The mass balance of a recalled lot: what entered is on the shelf, apart, in totes, on trucks, with buyers, used,
 * destroyed, lost, made into other lots or moved on. `notTold` is what buyers have and have not answered for yet;
 * `unexplained` is what no record explains: below zero, more was found than ever entered.
 */
export function balanceOf(at: Whereabouts): Balance {
  const { delivered, kept, used, recovered, ...rest } = at
  // What came back lies apart or is destroyed already; a buyer may give back more than it had set aside.
  const withBuyers = Math.max(0, kept - recovered)
  const usedByBuyers = used
  const notTold = Math.max(0, delivered - recovered - withBuyers - usedByBuyers)
  const found =
    at.onShelf +
    at.apart +
    at.inTotes +
    at.onTrucks +
    at.backAtDoor +
    withBuyers +
    usedByBuyers +
    notTold +
    at.destroyed +
    at.lost +
    at.madeInto +
    at.movedOn
  return { ...rest, recovered, withBuyers, usedByBuyers, notTold, unexplained: at.entered - found }
}
