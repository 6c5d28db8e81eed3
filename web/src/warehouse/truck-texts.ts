import { minutesText, parseMinutes } from '@huming/shared/days'
import { truckRuleMessages } from '@huming/shared/i18n/truck-rules'
import { BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { Reply } from '../app/api.ts'
import { addTexts, named, t, textOf } from '../app/i18n.ts'

// These screens come later than the console's home, and their sentences with them.
addTexts(truckRuleMessages)

export type TruckRules = Reply<'routes.readRules'>
export type SiteRules = Reply<'routes.listSiteRules'>['items'][number]

export const truckReads = ['routes.readRules', 'routes.listSiteRules'] as const
export const knownSkills = ['city_pass', 'tail_lift'] as const

export const skillText = (skill: string): string => textOf(`truckRules.skill.${skill}`, skill)

type Size = { length: number | null; height: number | null; gross: number | null }

/** Length × height in metres and gross weight in tonnes, as far as known. */
export function sizeText({ length, height, gross }: Size): string {
  const metres = (cm: number | null) => (cm === null ? '—' : `${(cm / 100).toFixed(2)} m`)
  const parts = length === null && height === null ? [] : [`${metres(length)} × ${metres(height)}`]
  if (gross !== null) parts.push(`${gross / 1000} t`)
  return parts.join(' · ') || '—'
}

/** A class of buyers; null is all of them. */
export const classText = (id: BuyerClass | null): string =>
  id === null ? t('truckRules.allClasses') : named(BUYER_CLASSES[id])

/** Days a rule holds; one without an end only says since when. */
export const validText = ({ validFrom, validTo }: { validFrom: string; validTo: string }): string =>
  validTo >= '2099' ? t('truckRules.sinceDay', { day: validFrom }) : `${validFrom} – ${validTo}`

export const spanText = ({ from, to }: { from: number; to: number }): string =>
  `${minutesText(from)}-${minutesText(to)}`

/** Times of the day written as `04:00-06:00, 13:00-14:30`; null when they cannot be read. */
export function readSpans(text: string): { from: number; to: number }[] | null {
  const parts = text.split(/[,，;；\s]+/).filter(Boolean)
  const spans = parts.map((part) => {
    const [from, to] = part.split(/[-–—~]/).map((one) => parseMinutes(one.trim()))
    return from != null && to != null && from < to ? { from, to } : null
  })
  return spans.every((span) => span !== null) ? spans : null
}

export const asksText = (site: SiteRules): string =>
  [
    site.windows.map(spanText).join('，'),
    sizeText({ length: site.largestLengthCm, height: site.largestHeightCm, gross: site.largestGrossKg }),
    site.needs.map(skillText).join('，'),
    site.planPriority > 0 ? textOf(`truckRules.priority.${site.planPriority}`, '') : '',
  ]
    .filter((part) => part !== '' && part !== '—')
    .join(' · ') || t('truckRules.anything')
