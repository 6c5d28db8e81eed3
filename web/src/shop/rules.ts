import { inSeason, type SeasonWindow, serviceDay } from '@huming/shared/days'
import type { OrderTextLine } from '@huming/shared/order-text'
import { toBase } from '@huming/shared/quantity'
import { UNITS } from '@huming/shared/units'
import type { Reply } from '../app/api.ts'

type Offer = Reply<'catalogue.browse'>['items'][number]
type Order = Reply<'orders.read'>

type Rule = { minUnits: number; stepUnits: number; maxUnits: number }

/**
 * The number of order units that comes of what was pressed or typed: nothing, or at least the minimum and whole
 * steps. One step down from the minimum takes the line out.
 */
export function fitUnits(rule: Rule, wanted: number, before: number): number {
  const step = Math.max(1, rule.stepUnits)
  const lowest = Math.max(step, Math.ceil(rule.minUnits / step) * step)
  if (wanted <= 0 || (before === lowest && wanted === lowest - 1)) return 0
  const rounded = wanted < before ? Math.floor(wanted / step) * step : Math.ceil(wanted / step) * step
  return Math.min(Math.max(lowest, rounded), Math.floor(rule.maxUnits / step) * step)
}

/** The tier that holds for so many units: the last one reached, or the first. */
export function tierAt(tiers: Offer['tiers'], units: number): Offer['tiers'][number] | undefined {
  return tiers.findLast((tier) => tier.fromUnits <= units) ?? tiers[0]
}

type PastedUnits = {
  units: number
  /** "3 公斤" when the units were reckoned from another amount than theirs. */
  converted: string | null
  /** "10 斤" when that cannot be told in this pack: the person has to say how many. */
  mismatch: string | null
}

/** How many order units the written amount is; another unit is converted upwards and said so, or left open. */
export function unitsFor(line: OrderTextLine, offer: Offer): PastedUnits {
  const { quantityText, unit } = line
  if (quantityText === null) return { units: 0, converted: null, mismatch: null }
  const plain = Number(quantityText)
  if (unit === null || unit === offer.orderUnit) {
    const units = fitUnits(offer, Math.ceil(plain), 0)
    const same = Number.isInteger(plain) && units === plain
    return { units, converted: same ? null : quantityText, mismatch: null }
  }
  const told = `${quantityText} ${UNITS[unit].zh}`
  const base = toBase(quantityText, unit, { baseUnit: offer.baseUnit, conversions: [] })
  if (!base.ok) return { units: 0, converted: null, mismatch: told }
  const wanted = Math.ceil(base.quantity / offer.basePerOrderUnit)
  return { units: fitUnits(offer, wanted, 0), converted: told, mismatch: null }
}

/** The way of an order; each step with the events that reach it and the statuses that lie behind it. */
const steps = [
  { step: 'placed', events: ['order.placed'], past: [] },
  { step: 'approved', events: ['order.approved'], past: ['awaiting_approval'] },
  { step: 'frozen', events: ['order.frozen'], past: ['placed'] },
  { step: 'picked', events: ['order.picked'], past: ['frozen', 'picking'] },
  { step: 'loaded', events: ['order.loaded'], past: ['picked'] },
  { step: 'delivered', events: ['order.delivered'], past: ['loaded'] },
  { step: 'accepted', events: ['order.accepted'], past: ['delivered'] },
] as const

type Seen = { step: (typeof steps)[number]['step']; done: boolean; at: string | undefined }

/** Which steps lie behind the order, and when they were taken. */
export function stepsOf({ status, timeline }: Pick<Order, 'status' | 'timeline'>): Seen[] {
  const asked = status === 'awaiting_approval' || timeline.some((one) => one.type === 'order.approved')
  const shown = steps.filter((one) => one.step !== 'approved' || asked)
  const stopped = status === 'cancelled' || status === 'failed'
  const at = shown.findIndex((one) => (one.past as readonly string[]).includes(status))
  return shown.map(({ step, events }, index) => {
    const event = timeline.findLast((one) => (events as readonly string[]).includes(one.type))
    const done = stopped ? event !== undefined : at === -1 || index < at
    return { step, done, at: done ? event?.at : undefined }
  })
}

export type Season = SeasonWindow & { peak?: boolean | undefined }
type Level = 'peak' | 'inSeason' | 'off'

/** How a month lies in the seasons: at the peak, in season on any of its days looked at, or out of it. */
export function monthLevel(seasons: readonly Season[], month: number): Level {
  const days = ['05', '15', '25'].map((date) => serviceDay(`2001-${String(month).padStart(2, '0')}-${date}`))
  const within = (season: Season) => days.some((day) => inSeason(day, season))
  if (seasons.some((season) => season.peak && within(season))) return 'peak'
  return seasons.some(within) ? 'inSeason' : 'off'
}
