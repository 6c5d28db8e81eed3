import { addDays, dayDiff, type ServiceDay } from './days.ts'
import { type Category, categoryOf, isCategoryId } from './reference/categories.ts'
import { isPaperId, PAPERS, type PaperId } from './reference/papers.ts'

/** Where goods are stopped that lack a paper. `carry` is asked of who drives them. */
export const gates = ['list', 'promise', 'ship', 'receive', 'carry'] as const
export type Gate = (typeof gates)[number]
export type GateSubject = 'seller' | 'lot' | 'hub' | 'carrier' | 'vehicle' | 'driver'

/**
 * No papers, but needed like them: a product says itself why it may be eaten, and the seller's licences were checked
 * against the register within the days of the rule (电子商务法 Art. 27).
 */
export type Needed = PaperId | 'edible_basis' | 'register_check'
/** A rule row: which papers goods need at which gates, from when until when. */
export type PaperRule = {
  readonly subject: string
  readonly goods: string
  readonly gates: readonly string[]
  readonly need: readonly (readonly string[])[]
  /** Of `register_check`: so many days a check lasts. */
  readonly days?: number | null
  readonly validFrom: string
  readonly validTo: string
}
/** A paper of an organisation as far as gates look at it. */
export type HeldPaper = {
  readonly kind: string
  readonly scope: readonly string[]
  readonly productIds: readonly string[]
  readonly status: string
  readonly validFrom: string
  readonly validTo: string
  readonly confirmedOn: string | null
  /** Day of the last check against the register. */
  readonly verifiedOn?: string | null
}
/** What is to pass. */
export type GateGoods = {
  readonly category: string
  readonly productId: string
  readonly edibleBasis: string | null
}
/** The paper that stops the goods, and why: none, not reviewed yet, not begun, run out, another class, too little. */
export type Lack = {
  readonly paper: Needed
  readonly why: 'missing' | 'pending' | 'not_yet' | 'expired' | 'scope' | 'short'
}
/** A paper of a lot as far as gates look at it; `quantity` in base units. */
export type LotPaper = {
  readonly kind: string
  readonly quantity: number
  readonly validTo: string | null
}

/** Kinds that lapse without a confirmation each year, and how many days one lasts. */
const confirmedFor: Partial<Record<PaperId, number>> = { named_special: 365 }

/** The last day a paper counts, its yearly confirmation reckoned in. */
export function lastDayOf(paper: Pick<HeldPaper, 'kind' | 'validFrom' | 'validTo' | 'confirmedOn'>): string {
  const days = confirmedFor[paper.kind as PaperId]
  if (days === undefined) return paper.validTo
  const since = paper.confirmedOn ?? paper.validFrom
  if (dayDiff(since as ServiceDay, paper.validTo as ServiceDay) <= days) return paper.validTo
  return addDays(since as ServiceDay, days)
}

/** Does a reviewed paper count on the day? */
export const inForce = (paper: HeldPaper, day: string): boolean =>
  paper.status === 'valid' && paper.validFrom <= day && day <= lastDayOf(paper)

/** Does the rule speak of goods of this category on the day? An unknown category meets only the rules for all. */
export function ruleFits(
  rule: PaperRule,
  at: { gate: Gate; subject: GateSubject; category: string; day: string },
): boolean {
  if (rule.subject !== at.subject || !rule.gates.includes(at.gate)) return false
  if (at.day < rule.validFrom || at.day > rule.validTo) return false
  if (rule.goods === '*') return true
  const category = knownCategory(at.category)
  return (
    category !== null && [category.papers, category.id, category.parent].some((one) => one === rule.goods)
  )
}

const knownCategory = (category: string): Category | null =>
  isCategoryId(category) ? categoryOf(category) : null

/** Does the paper speak of these goods: the class of the licence, the product of the report? */
export function covers(paper: Pick<HeldPaper, 'kind' | 'scope' | 'productIds'>, goods: GateGoods): boolean {
  const kind = paper.kind as PaperId
  if (isPaperId(kind) && PAPERS[kind].of === 'product') return paper.productIds.includes(goods.productId)
  if (kind === 'trading_licence') return paper.scope.includes('1')
  if (kind !== 'production_licence') return true
  const scClass = knownCategory(goods.category)?.scClass ?? null
  return scClass === null || paper.scope.includes(scClass)
}

/**
 * What the seller's papers lack on the day for the goods to pass; null when nothing. Of alternatives the one with
 * the fewest lacks is told, so that the seller hears the shortest way.
 */
export function sellerLack(
  rules: readonly PaperRule[],
  held: readonly HeldPaper[],
  goods: GateGoods,
  at: { gate: Gate; day: string },
): Lack | null {
  for (const rule of rules) {
    if (!ruleFits(rule, { ...at, subject: 'seller', category: goods.category })) continue
    const lack = lackOf(rule.need, (paper) => sellerPaperLack(paper, held, goods, { ...rule, day: at.day }))
    if (lack) return lack
  }
  return null
}

/** The first lack of the alternative nearest to complete; null when one is complete or nothing is needed. */
export function lackOf(need: PaperRule['need'], test: (paper: Needed) => Lack['why'] | null): Lack | null {
  let best: Lack[] | null = null
  for (const alternative of need) {
    const lacks = alternative.flatMap((paper) => {
      const why = test(paper as Needed)
      return why ? [{ paper: paper as Needed, why }] : []
    })
    if (best === null || lacks.length < best.length) best = lacks
  }
  return best?.[0] ?? null
}

function sellerPaperLack(
  paper: Needed,
  held: readonly HeldPaper[],
  goods: GateGoods,
  { day, days }: { day: string; days?: number | null },
): Lack['why'] | null {
  if (paper === 'edible_basis') return goods.edibleBasis ? null : 'missing'
  if (paper === 'register_check') return uncheckedLack(held, day, days ?? 0)
  const mine = held.filter((one) => one.kind === paper)
  const fitting = mine.filter((one) => covers(one, goods))
  if (paperLack(fitting, day) === null) return null
  if (mine.some((one) => inForce(one, day)) && PAPERS[paper].of !== 'product') return 'scope'
  return paperLack(fitting, day)
}

/** The day after which a licence needs another check against the register; null for papers no register has. */
const checkedUntil = (paper: HeldPaper, days: number): string | null => {
  if (!isPaperId(paper.kind) || PAPERS[paper.kind].of !== 'organisation') return null
  return paper.verifiedOn ? addDays(paper.verifiedOn as ServiceDay, days) : ''
}

/** `expired` when a licence in force was not checked against the register for longer than the rule lets it. */
function uncheckedLack(held: readonly HeldPaper[], day: string, days: number): Lack['why'] | null {
  const late = held.some((one) => inForce(one, day) && (checkedUntil(one, days) ?? day) < day)
  return late ? 'expired' : null
}

/**
 * What the papers of a lot lack for `quantity` base units of it to pass; null when nothing. Papers of a kind add up,
 * for a lot may be packed under several 合格证.
 */
export function lotLack(
  rules: readonly PaperRule[],
  papers: readonly LotPaper[],
  lot: { readonly category: string; readonly quantity: number },
  at: { gate: Gate; day: string },
): Lack | null {
  for (const rule of rules) {
    if (!ruleFits(rule, { ...at, subject: 'lot', category: lot.category })) continue
    const lack = lackOf(rule.need, (kind) => {
      const mine = papers.filter((one) => one.kind === kind)
      const counting = mine.filter((one) => one.validTo === null || at.day <= one.validTo)
      if (counting.length === 0) return mine.length > 0 ? 'expired' : 'missing'
      return counting.reduce((sum, one) => sum + one.quantity, 0) < lot.quantity ? 'short' : null
    })
    if (lack) return lack
  }
  return null
}

/** Why none of these papers counts on the day, the hint that helps most; null when one does. */
export function paperLack(papers: readonly HeldPaper[], day: string): Lack['why'] | null {
  if (papers.some((one) => inForce(one, day))) return null
  if (papers.some((one) => one.status === 'pending' && day <= lastDayOf(one))) return 'pending'
  const valid = papers.filter((one) => one.status === 'valid')
  if (valid.some((one) => one.validFrom > day)) return 'not_yet'
  return valid.length > 0 ? 'expired' : 'missing'
}

/** No paper tells of days outside. */
const firstDay = '2000-01-01'
const lastDay = '2099-12-31'

/**
 * The days on which goods may be sold as far as papers and rules on file tell: the unbroken stretch that holds
 * today, else the next one to come; null when there is none.
 */
export function saleDays(
  rules: readonly PaperRule[],
  held: readonly HeldPaper[],
  goods: GateGoods,
  today: string,
): { readonly from: string; readonly until: string } | null {
  const free = (day: string) => sellerLack(rules, held, goods, { gate: 'promise', day }) === null
  const turns = [today, ...turningDays(rules, held, today)]
  const start = turns.findIndex(free)
  if (start < 0) return null
  const end = turns.slice(start + 1).find((day) => !free(day))
  return {
    from: start === 0 ? firstDay : (turns[start] as string),
    until: end === undefined ? lastDay : addDays(end as ServiceDay, -1),
  }
}

/** The days after `today` on which a paper or rule begins, or no longer counts; between them nothing changes. */
function turningDays(rules: readonly PaperRule[], held: readonly HeldPaper[], today: string): string[] {
  const checks = rules.flatMap(({ need, days }) =>
    need.flat().includes('register_check') ? held.flatMap((one) => checkedUntil(one, days ?? 0) ?? []) : [],
  )
  const ends = [...rules.map((rule) => rule.validTo), ...held.map(lastDayOf), ...checks]
  const turns = [
    ...[...rules, ...held].map((one) => one.validFrom),
    ...ends.filter((day) => day >= today && day < lastDay).map((day) => addDays(day as ServiceDay, 1)),
  ]
  return [...new Set(turns)].filter((day) => day > today).sort()
}

/** A mark on a product's page, with the days it may be shown on. */
export type DatedMark = { type: string; text: string; from: string; until: string }

/**
 * The marks certificates on file give a product: those that name it, and those of the whole organisation, which
 * name none. 农产品质量安全法 Art. 74: no mark without the right to it.
 */
export function marksOf(
  held: readonly (HeldPaper & { readonly number: string })[],
  productId: string,
  today: string,
): DatedMark[] {
  return held
    .filter((one) => isPaperId(one.kind) && PAPERS[one.kind].of === 'mark' && one.status === 'valid')
    .filter((one) => one.productIds.length === 0 || one.productIds.includes(productId))
    .map((one) => ({
      type: one.kind,
      text: PAPERS[one.kind as PaperId].zh + (one.number === '' ? '' : `（${one.number}）`),
      from: one.validFrom,
      until: lastDayOf(one),
    }))
    .filter((mark) => mark.until >= today)
    .sort((a, b) => (`${a.type} ${a.from}` < `${b.type} ${b.from}` ? -1 : 1))
}

/** The marks that may be shown on the day. */
export const marksOn = <M extends DatedMark>(marks: readonly M[], day: string): M[] =>
  marks.filter((mark) => mark.from <= day && day <= mark.until)

/** May goods be promised today for delivery on the day, by the papers on file? */
export const onSale = (
  sku: { readonly saleFrom: string; readonly saleUntil: string },
  at: { readonly today: string; readonly day: string },
): boolean => sku.saleFrom !== '' && sku.saleFrom <= at.today && at.day <= sku.saleUntil
