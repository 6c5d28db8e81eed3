import { addDays, dayDiff, type ServiceDay } from './days.ts'
import { type HeldPaper, lastDayOf } from './gates.ts'
import { checkJy } from './identifiers/jy.ts'
import { checkSc, SC_CLASSES } from './identifiers/sc.ts'
import { checkUscc } from './identifiers/uscc.ts'
import { isPaperId, PAPERS, type PaperId } from './reference/papers.ts'

/** What a paper is on a day: what was decided of it, and for a valid one what the day makes of it. */
export const paperStandings = [
  'pending',
  'refused',
  'revoked',
  'withdrawn',
  'upcoming',
  'valid',
  'expiring',
  'expired',
] as const
export type PaperStanding = (typeof paperStandings)[number]

/** Days left at which a holder is warned; 0 is told when the paper has run out. */
export const warnSteps = [90, 60, 30, 0] as const
export type WarnStep = (typeof warnSteps)[number]

/** Licences are checked against the register again after so many days (电子商务法 Art. 27; half a year). */
export const verifyEveryDays = 183
/** Licences to make or sell food are given for five years at most (食品生产许可管理办法, 食品经营许可和备案管理办法). */
const foodLicenceDaysMax = 5 * 366
/** Kinds given for so many days at most: 健康证 for a year (食品安全法 Art. 45), a disinfection for a month. */
const daysMax: Partial<Record<PaperId, number>> = {
  production_licence: foodLicenceDaysMax,
  trading_licence: foodLicenceDaysMax,
  health_certificate: 366,
  disinfection_record: 31,
}

type Dated = Pick<HeldPaper, 'kind' | 'validFrom' | 'validTo' | 'confirmedOn'>

export function standingOf(paper: Dated & { readonly status: string }, day: string): PaperStanding {
  if (paper.status !== 'valid') return paper.status as PaperStanding
  if (paper.validFrom > day) return 'upcoming'
  const step = warnStepOf(paper, day)
  return step === null ? 'valid' : step === 0 ? 'expired' : 'expiring'
}

/** Days from this one to the last on which the paper counts; negative when it has run out. */
export const daysLeftOf = (paper: Dated, day: string): number =>
  dayDiff(day as ServiceDay, lastDayOf(paper) as ServiceDay)

/** The step a paper has come to: 90, 60 or 30 days left or fewer, 0 = run out; null = nothing to warn of yet. */
export function warnStepOf(paper: Dated, day: string): WarnStep | null {
  const left = daysLeftOf(paper, day)
  if (left < 0) return 0
  // What is given for a month at most is not news when a month is left.
  const whole = dayDiff(paper.validFrom as ServiceDay, lastDayOf(paper) as ServiceDay)
  return warnSteps.findLast((step) => step > 0 && left <= step && step < whole) ?? null
}

/** The day by which a valid paper is to be checked against the register again; null for what is not. */
export function verifyDueOn(paper: {
  kind: string
  status: string
  verifiedOn: string | null
}): string | null {
  if (paper.status !== 'valid' || !isPaperId(paper.kind)) return null
  if (!['organisation', 'mark'].includes(PAPERS[paper.kind].of)) return null
  return paper.verifiedOn === null ? null : addDays(paper.verifiedOn as ServiceDay, verifyEveryDays)
}

/** Kinds of papers an organisation hands in, in the order of forms. */
export const heldKinds = (Object.keys(PAPERS) as PaperId[]).filter((kind) =>
  ['organisation', 'product', 'mark', 'vehicle', 'person'].includes(PAPERS[kind].of),
)
/** Certificates that may speak of the whole organisation. */
const wholeOrg: readonly string[] = ['gap', 'haccp', 'iso22000']
export const needsProducts = (kind: PaperId): boolean =>
  PAPERS[kind].of === 'product' || (PAPERS[kind].of === 'mark' && !wholeOrg.includes(kind))

/** Whose paper of an organisation it is: a vehicle's, a person's, or (null) its own. */
export const subjectOf = (kind: PaperId): 'vehicle' | 'person' | null => {
  const { of } = PAPERS[kind]
  return of === 'vehicle' || of === 'person' ? of : null
}

/** Classes a production licence may name: 1 and the two digits of the class. */
export const scScopes = Object.keys(SC_CLASSES).map((id) => `1${id}`)

export type PaperText = {
  readonly kind: string
  readonly number: string
  readonly scope: readonly string[]
  readonly productIds: readonly string[]
  readonly vehicleId?: string | null
  readonly personId?: string | null
  readonly validFrom: string
  readonly validTo: string
}
export type PaperFlaw = { readonly pointer: string; readonly reason: string }

/**
 * What is wrong with a paper as written: check digits and structure of USCC, SC, JY and YB numbers, a holder's code
 * that is not the organisation's, classes that are none or leave out the main class, days the wrong way round or
 * longer than such a licence is given for, no product where it speaks of products.
 */
export function paperFlaws(paper: PaperText, holder: { readonly uscc: string | null }): PaperFlaw[] {
  if (!isPaperId(paper.kind) || !heldKinds.includes(paper.kind))
    return [{ pointer: '/body/kind', reason: 'unknown' }]
  const flaws: PaperFlaw[] = []
  const number = numberFlaw(paper, holder)
  if (number) flaws.push({ pointer: '/body/number', reason: number })
  const scope = scopeFlaw(paper)
  if (scope) flaws.push({ pointer: '/body/scope', reason: scope })
  if (paper.validTo < paper.validFrom) flaws.push({ pointer: '/body/validTo', reason: 'before_from' })
  else if (daysOf(paper) > (daysMax[paper.kind] ?? Number.POSITIVE_INFINITY))
    flaws.push({ pointer: '/body/validTo', reason: 'too_long' })
  if (needsProducts(paper.kind) && paper.productIds.length === 0)
    flaws.push({ pointer: '/body/productIds', reason: 'missing' })
  for (const [subject, field] of [['vehicle', 'vehicleId'] as const, ['person', 'personId'] as const])
    if ((subjectOf(paper.kind) === subject) !== Boolean(paper[field]))
      flaws.push({ pointer: `/body/${field}`, reason: paper[field] ? 'unknown' : 'missing' })
  return flaws
}

const daysOf = (paper: PaperText): number =>
  dayDiff(paper.validFrom as ServiceDay, paper.validTo as ServiceDay)

function numberFlaw({ kind, number }: PaperText, holder: { readonly uscc: string | null }): string | null {
  if (kind === 'business_licence') {
    const code = checkUscc(number)
    if (!code.ok) return code.reason === 'length' || code.reason === 'character' ? 'shape' : 'check_digit'
    return holder.uscc !== null && holder.uscc !== code.code ? 'other_holder' : null
  }
  if (kind === 'production_licence') {
    const sc = checkSc(number)
    return sc.ok ? null : sc.reason
  }
  if (kind === 'trading_licence') {
    const jy = checkJy(number)
    return jy.ok ? null : jy.reason
  }
  if (kind === 'prepackaged_filing') return /^YB\d{14}$/.test(number) ? null : 'shape'
  return number.length >= 3 ? null : 'shape'
}

function scopeFlaw({ kind, number, scope }: PaperText): string | null {
  if (kind === 'trading_licence') {
    const jy = checkJy(number)
    return jy.ok && (scope.length !== 1 || scope[0] !== String(jy.business)) ? 'other_kind' : null
  }
  if (kind !== 'production_licence') return null
  if (scope.length === 0) return 'missing'
  if (scope.some((one) => !scScopes.includes(one))) return 'unknown'
  const sc = checkSc(number)
  return sc.ok && sc.of === 'food' && !scope.includes(`1${sc.mainClass}`) ? 'main_class' : null
}

/** Papers of a lot, in the order of forms. */
export const lotKinds = (Object.keys(PAPERS) as PaperId[]).filter((kind) => PAPERS[kind].of === 'lot')
/** Papers that count only with a picture or PDF of them. */
export const withFile: readonly string[] = [
  'test_report',
  'quarantine_certificate',
  'meat_quality_certificate',
  'swine_fever_test',
  'checkpoint_stamp',
]
/** Papers that count for a while only, so their last day must be told. */
export const withLastDay: readonly string[] = ['test_report', 'quarantine_certificate', 'swine_fever_test']

export const conformityForms = ['producer', 'collector'] as const
export const conformityBases = ['controlled', 'self_tested', 'lab_tested'] as const

export type LotPaperText = {
  readonly kind: string
  readonly form: string | null
  readonly basis: readonly string[]
  readonly tested: string
  readonly origin: string
  readonly issuedOn: string
  readonly validTo: string | null
  readonly fileId: string | null
  readonly fromPaperIds: readonly string[]
}

/**
 * What is wrong with a lot's paper as written. A 承诺达标合格证 (农业农村部令2025年第4号) is form 1 of the producer,
 * or form 2 of a collector who names the certificates it stands on; it says on what it rests, what was tested where
 * that is a test, and where the goods come from.
 */
export function lotPaperFlaws(paper: LotPaperText, today: string): PaperFlaw[] {
  if (!(lotKinds as string[]).includes(paper.kind)) return [{ pointer: '/body/kind', reason: 'unknown' }]
  const flaws: PaperFlaw[] = []
  const add = (field: string, reason: string) => flaws.push({ pointer: `/body/${field}`, reason })
  if (paper.issuedOn > today) add('issuedOn', 'future')
  if (paper.validTo !== null && paper.validTo < paper.issuedOn) add('validTo', 'before_from')
  if (withFile.includes(paper.kind) && paper.fileId === null) add('fileId', 'missing')
  if (withLastDay.includes(paper.kind) && paper.validTo === null) add('validTo', 'missing')
  if (paper.kind === 'conformity_certificate') {
    if (paper.form === null) add('form', 'missing')
    if (paper.basis.length === 0) add('basis', 'missing')
    if (paper.origin === '') add('origin', 'missing')
    if (paper.basis.some((one) => one !== 'controlled') && paper.tested === '') add('tested', 'missing')
    if (paper.form === 'collector' && paper.fromPaperIds.length === 0) add('fromPaperIds', 'missing')
  } else if (paper.form !== null) add('form', 'unknown')
  return flaws
}
