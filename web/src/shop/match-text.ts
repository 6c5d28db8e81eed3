import { type OrderTextLine, readOrderText } from '@huming/shared/order-text'
import { api } from '../app/api.ts'
import { recall, remember } from '../app/remember.ts'
import { isRemark, isWish, nearestFirst } from './paste-rules.ts'
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

type Read = { matches: Match[]; wishes: string[] }

/** Reads a message and looks every line of goods up in the catalogue, a few at a time; wishes are kept apart. */
export async function matchText(text: string, where: Where): Promise<Read> {
  const all = readOrderText(text)
  const lines = all.filter((line) => !isRemark(line))
  const wishes = all.filter((line) => isRemark(line) && isWish(line.name)).map((line) => line.text)
  const matches: Match[] = []
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    matches.push(
      ...(await Promise.all(lines.slice(from, from + AT_ONCE).map((line) => matchLine(line, where)))),
    )
  }
  return { matches, wishes }
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
  const offers = alias ? [alias, ...others] : nearestFirst(others, line)
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
