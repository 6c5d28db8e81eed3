import { JY_BUSINESSES } from '@huming/shared/identifiers/jy'
import { SC_CLASSES } from '@huming/shared/identifiers/sc'
import type { PaperStanding } from '@huming/shared/paper-rules'
import { isPaperId, PAPERS } from '@huming/shared/reference/papers'
import { ApiProblem } from '../app/api.ts'
import { locale, named, t, textOf } from '../app/i18n.ts'
import type { Tone } from '../kit/badge.tsx'
import './texts.ts'

/** The name of a paper, or of what is needed like one. */
export const paperName = (kind: string): string =>
  isPaperId(kind) ? named(PAPERS[kind]) : textOf(`papers.${kind}`, kind)

/** A day with its year: papers last for years. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  if (locale() === 'zh') return `${year}年${month}月${date}日`
  const noon = new Date(`${day}T12:00:00Z`)
  return noon.toLocaleDateString('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
}

export const standingTone: Readonly<Record<PaperStanding, Tone>> = {
  pending: 'warn',
  refused: 'bad',
  revoked: 'bad',
  withdrawn: 'plain',
  upcoming: 'info',
  valid: 'good',
  expiring: 'warn',
  expired: 'bad',
}

/** A class of a licence in words. */
export function scopeName(kind: string, scope: string): string {
  if (kind === 'trading_licence') {
    const business = JY_BUSINESSES[Number(scope) as keyof typeof JY_BUSINESSES]
    return business ? named(business) : scope
  }
  const known = SC_CLASSES[scope.slice(1)]
  return kind === 'production_licence' && known ? named(known) : scope
}

/** What a refused write says about single fields, by JSON pointer. */
export function paperFlawsOf(error: unknown): (pointer: string) => string | undefined {
  const pointers = error instanceof ApiProblem ? (error.problem.pointers ?? []) : []
  return (pointer) => {
    const flaw = pointers.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
    return flaw && textOf(`papers.flaw.${flaw.reason}`, t('papers.flaw.other'))
  }
}
