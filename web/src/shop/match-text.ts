import { type OrderTextLine, readOrderText } from '@huming/shared/order-text'
import { api } from '../app/api.ts'
import { recall, remember } from '../app/remember.ts'
import { unitsFor } from './rules.ts'
import type { Offer } from './words.ts'

/** A line of a pasted message with the packs it may mean. Nothing of it is ordered unasked. */
export type Match = {
  line: OrderTextLine
  /** Best first. */
  offers: readonly Offer[]
  offer: Offer | null
  units: number
  sure: boolean
  /** "3 公斤" when the amount was told in another unit than the pack's. */
  converted: string | null
  /** "10 斤" when the pack is not sold by anything that tells it. */
  mismatch: string | null
  skipped: boolean
}

type Where = { siteId: string | undefined; day: string | null }
const AT_ONCE = 4
const SHOWN = 6

/** Reads a message and looks every line up in the catalogue, a few at a time. */
export async function matchText(text: string, where: Where): Promise<Match[]> {
  const lines = readOrderText(text)
  const matches: Match[] = []
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    matches.push(
      ...(await Promise.all(lines.slice(from, from + AT_ONCE).map((line) => matchLine(line, where)))),
    )
  }
  return matches
}

async function matchLine(line: OrderTextLine, { siteId, day }: Where): Promise<Match> {
  const at = { ...(siteId && { siteId }), ...(day && { day }) }
  const learnt = aliases()[line.name]
  const [known, found] = await Promise.all([
    learnt ? api('catalogue.browse', { query: { skuIds: learnt, ...at } }) : null,
    line.name
      ? api('catalogue.browse', { query: { search: line.name.slice(0, 60), limit: SHOWN, ...at } })
      : null,
  ])
  const alias = known?.items[0]
  const others = (found?.items ?? []).filter((one) => one.skuId !== alias?.skuId)
  const offers = alias ? [alias, ...others] : byUnit(others, line)
  const offer = offers[0] ?? null
  const amount = offer ? unitsFor(line, offer) : { units: 0, converted: null, mismatch: null }
  const alone = offers.length === 1 || offer?.name === line.name || alias !== undefined
  return {
    line,
    offers,
    offer,
    ...amount,
    sure: line.confident && alone && amount.converted === null && amount.units > 0,
    skipped: false,
  }
}

/** Of packs found alike, the one sold in the unit that was written goes first. */
function byUnit(offers: readonly Offer[], line: OrderTextLine): readonly Offer[] {
  const same = offers.find((one) => one.orderUnit === line.unit && one.name === offers[0]?.name)
  return same ? [same, ...offers.filter((one) => one !== same)] : offers
}

const KEY = 'order-aliases'
const MOST = 300

function aliases(): Record<string, string> {
  try {
    return JSON.parse(recall(KEY) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}

/** What this device's people call a pack, learnt when they confirm a line: 大葱 is then found at once. */
export function learnAlias(name: string, skuId: string): void {
  if (!name) return
  const { [name]: _before, ...rest } = aliases()
  const kept = Object.entries({ ...rest, [name]: skuId }).slice(-MOST)
  remember(KEY, JSON.stringify(Object.fromEntries(kept)))
}
