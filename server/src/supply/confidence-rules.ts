import type { ConfidenceTerms } from '../stock/confidence.ts'

/** A harvest week that is over: what was said when it began, what was called off, what the dock accepted. */
export type ForecastWeek = {
  /** How many weeks ago, 1 = the last one. */
  readonly ago: number
  readonly said: number
  readonly asked: number
  readonly brought: number
}
/** What a week tells: how much of what was expected came, and how much the week counts. */
export type Evidence = { readonly expected: number; readonly keptBp: number; readonly weight: number }

/**
 * What one week tells of a supplier. Goods that nobody asked for count neither for nor against: expected is what
 * was called off, up to what was said; a load sent without any call-off is expected to be all that was said. A week
 * counts by the share of the forecast that was put to the test, and fades by half every `halfLifeWeeks`.
 */
export function evidenceOf(week: ForecastWeek, terms: Pick<ConfidenceTerms, 'halfLifeWeeks'>): Evidence {
  const { said, asked, brought, ago } = week
  const tested = asked > 0 ? Math.max(Math.min(asked, said), Math.min(brought, said)) : brought > 0 ? said : 0
  if (said <= 0 || tested <= 0) return { expected: 0, keptBp: 0, weight: 0 }
  const keptBp = Math.floor((Math.min(brought, tested) / tested) * 10_000)
  const fading = 0.5 ** ((ago - 1) / terms.halfLifeWeeks)
  return { expected: tested, keptBp, weight: Math.round((tested / said) * fading * 100) }
}

/**
 * How far forecasts are trusted, basis points: the weighted mean of what was kept, drawn towards the prior by the
 * prior's own weight, so that one good or bad week moves little; within the bounds of the terms.
 */
export function confidenceBp(weeks: readonly ForecastWeek[], terms: ConfidenceTerms): number {
  let sum = terms.priorBp * terms.priorWeight
  let weight = terms.priorWeight
  for (const week of weeks) {
    if (week.ago < 1 || week.ago > terms.weeksBack) continue
    const evidence = evidenceOf(week, terms)
    sum += evidence.keptBp * evidence.weight
    weight += evidence.weight
  }
  return Math.min(terms.ceilingBp, Math.max(terms.floorBp, Math.floor(sum / weight)))
}

/** The weight of all weeks together, hundredths of a week. */
export const evidenceWeight = (weeks: readonly ForecastWeek[], terms: ConfidenceTerms): number =>
  weeks
    .filter((week) => week.ago >= 1 && week.ago <= terms.weeksBack)
    .reduce((sum, week) => sum + evidenceOf(week, terms).weight, 0)
