import { type Fen, fen, shareByLargestRemainder, sumFen, taxIncludedFen } from './money.ts'

export const claimKinds = ['shortage', 'quality', 'temperature', 'wrong_goods'] as const
export type ClaimKind = (typeof claimKinds)[number]

/** Who bears an accepted claim; of `nobody` the operations centre carries the cost. */
export const claimParties = ['supplier', 'hub', 'carrier', 'nobody'] as const
export type ClaimParty = (typeof claimParties)[number]

export const goodsClasses = ['fresh', 'frozen', 'dry'] as const
export type GoodsClass = (typeof goodsClasses)[number]

/** Goods by how fast they change, from their temperature zone. */
export function claimClassOf(zone: string): GoodsClass {
  if (zone === 'frozen') return 'frozen'
  return zone === 'ambient' ? 'dry' : 'fresh'
}

/** A rule as its dated row holds it. */
export type ClaimRule = {
  readonly id: string
  readonly goodsClass: string
  readonly kind: string | null
  readonly skuId: string | null
  readonly hours: number
  readonly photosMin: number
  readonly autoUpToFen: number
  readonly contestHours: number
  readonly validFrom: string
  readonly validTo: string
}

/** The rule in force on a day: of the pack, then of class and kind, then of the class; of equals the latest begun. */
export function claimRuleFor(
  rules: readonly ClaimRule[],
  goods: { readonly skuId: string; readonly zone: string; readonly kind: ClaimKind; readonly day: string },
): ClaimRule | null {
  const rank = (rule: ClaimRule) => (rule.skuId === null ? 0 : 2) + (rule.kind === null ? 0 : 1)
  const goodsClass = claimClassOf(goods.zone)
  let found: ClaimRule | null = null
  for (const rule of rules) {
    if (rule.validFrom > goods.day || rule.validTo < goods.day) continue
    if (rule.skuId !== null ? rule.skuId !== goods.skuId : rule.goodsClass !== goodsClass) continue
    if (rule.kind !== null && rule.kind !== goods.kind) continue
    const better =
      !found || rank(rule) > rank(found) || (rank(rule) === rank(found) && rule.validFrom > found.validFrom)
    if (better) found = rule
  }
  return found
}

/**
 * What `quantity` of a delivered line cost, after `before` of it was credited already. Reckoned on the running total,
 * so that credits of parts never pass the line's sum and those of the whole make it exactly.
 */
export function creditFen(line: {
  readonly finalFen: Fen
  readonly delivered: number
  readonly before: number
  readonly quantity: number
}): Fen {
  const { finalFen, delivered, before, quantity } = line
  if (before < 0 || quantity < 0 || before + quantity > delivered)
    throw new RangeError('more than was delivered')
  const upTo = (part: number): Fen =>
    delivered === 0 ? 0 : (shareByLargestRemainder(finalFen, [part, delivered - part])[0] ?? 0)
  return fen(upTo(before + quantity) - upTo(before))
}

export type CreditLine = { readonly grossFen: Fen; readonly taxRateBp: number }

/** The tax within a credit note: rounded once per rate, shared among the lines of the rate by largest remainder. */
export function creditTaxes(lines: readonly CreditLine[]): Fen[] {
  const taxes = lines.map(() => 0)
  for (const [rate, own] of Map.groupBy(lines.entries(), ([, line]) => line.taxRateBp)) {
    const gross = own.map(([, line]) => line.grossFen)
    const total = sumFen(gross)
    if (total === 0) continue
    const shares = shareByLargestRemainder(taxIncludedFen(total, rate), gross)
    for (const [n, [index]] of own.entries()) taxes[index] = shares[n] ?? 0
  }
  return taxes
}

/** What is known of goods on their way, as far as it tells who may bear a claim. */
export type ClaimEvidence = {
  /** A temperature alarm of the run over these goods. */
  readonly alarm: boolean
  /** The door's own reading was too warm. */
  readonly warmAtDoor: boolean
  /** The dock refused a part, or let the lot in by an exception. */
  readonly receiptFindings: boolean
  /** Every tote of the order was scanned or counted at the door. */
  readonly totesScanned: boolean
  /** The picker or packer noted less than was asked, or a tote failed its check. */
  readonly pickingFindings: boolean
}

/** Who seems to bear a claim, and by which evidence (codes of `claim.why.*`); a person decides. */
export function proposeParty(kind: ClaimKind, seen: ClaimEvidence): { party: ClaimParty; why: string[] } {
  if (kind === 'temperature') {
    if (seen.alarm) return { party: 'carrier', why: ['run_alarm'] }
    if (seen.warmAtDoor) return { party: 'carrier', why: ['door_warm'] }
    return { party: 'nobody', why: ['no_alarm'] }
  }
  if (kind === 'shortage') {
    if (seen.pickingFindings) return { party: 'hub', why: ['picking_findings'] }
    return seen.totesScanned
      ? { party: 'hub', why: ['totes_all_scanned'] }
      : { party: 'carrier', why: ['totes_not_scanned'] }
  }
  if (kind === 'wrong_goods') return { party: 'hub', why: ['picked_here'] }
  if (seen.alarm) return { party: 'carrier', why: ['run_alarm'] }
  return seen.receiptFindings
    ? { party: 'supplier', why: ['receipt_findings'] }
    : { party: 'supplier', why: ['quality_of_goods'] }
}

/**
 * Does the rule decide by itself? Small sums with the photos it asks for; warm goods with an alarm on the run;
 * goods short only where no complete scan speaks against it. `openDoubts`: the buyer's claims that wait already.
 */
export function ruleAccepts(
  rule: ClaimRule,
  line: { readonly kind: ClaimKind; readonly askedFen: Fen; readonly photos: number },
  seen: ClaimEvidence,
): boolean {
  if (line.askedFen > rule.autoUpToFen || line.photos < rule.photosMin) return false
  if (line.kind === 'temperature') return seen.alarm || seen.warmAtDoor
  if (line.kind === 'shortage') return seen.pickingFindings || !seen.totesScanned
  return line.photos > 0
}

/** Weighted claims per 1,000 delivered lines, in hundredths; null when nothing was delivered. */
export function scorePerThousand(
  deliveredLines: number,
  byKind: Readonly<Record<string, { readonly lines: number; readonly weight: number }>>,
): number | null {
  if (deliveredLines === 0) return null
  const weighted = Object.values(byKind).reduce((sum, { lines, weight }) => sum + lines * weight, 0)
  return Math.floor((weighted * 1000 * 2 + deliveredLines) / (2 * deliveredLines))
}
