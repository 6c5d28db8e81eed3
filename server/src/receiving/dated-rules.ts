import type { lifeRules, secondPersonRules, temperatureLimits } from '@huming/db/schema/receiving'
import type { secondPersonKinds } from '@huming/shared/contracts/receiving'
import { categoryOf, isCategoryId } from '@huming/shared/reference/categories'

export type LimitRow = typeof temperatureLimits.$inferSelect
export type LifeRow = typeof lifeRules.$inferSelect
export type SecondRow = typeof secondPersonRules.$inferSelect
export type SecondWhy = (typeof secondPersonKinds)[number]

type Dated = { readonly validFrom: string; readonly validTo: string }
const inForce =
  (day: string) =>
  (row: Dated): boolean =>
    row.validFrom <= day && day <= row.validTo
/** Of several rows in force the one that began last holds. */
const newest = <T extends Dated>(rows: readonly T[]): T | undefined =>
  rows.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]

/** The limits for goods of a pack on a day: its own label first, then its zone. Without any, nothing is limited. */
export function limitsOn(
  rows: readonly LimitRow[],
  goods: { zone: string; skuId: string | null },
  day: string,
) {
  const known = rows.filter(inForce(day)).filter((row) => row.zone === goods.zone)
  const row =
    newest(known.filter((one) => one.skuId !== null && one.skuId === goods.skuId)) ??
    newest(known.filter((one) => one.skuId === null))
  return {
    warnAboveDeciC: row?.warnAboveDeciC ?? null,
    warnForMinutes: row?.warnForMinutes ?? null,
    surfaceMaxDeciC: row?.surfaceMaxDeciC ?? null,
    coreMaxDeciC: row?.coreMaxDeciC ?? null,
    tripLogNeeded: row?.tripLogNeeded ?? false,
    source: row?.source ?? '',
  }
}

/** The fewest days that must be left at the dock: the share of the shelf life in force, rounded up. */
export function neededDaysOn(
  rows: readonly LifeRow[],
  goods: { category: string; shelfLifeDays: number },
  day: string,
): number {
  const known = rows.filter(inForce(day))
  const group = isCategoryId(goods.category) ? categoryOf(goods.category).parent : null
  const row =
    newest(known.filter((one) => one.category === goods.category)) ??
    newest(known.filter((one) => one.category !== null && one.category === group)) ??
    newest(known.filter((one) => one.category === null))
  return row ? Math.ceil((goods.shelfLifeDays * row.part) / row.of) : 0
}

/** Why two people must see goods before they are in stock; none when no rule asks for it. */
export function secondPersonOn(
  rows: readonly SecondRow[],
  goods: { category: string; valueFen: number; buyerClasses: readonly string[] },
  day: string,
): SecondWhy[] {
  const highRisk = isCategoryId(goods.category) && categoryOf(goods.category).highRisk
  const asks = (row: SecondRow): boolean =>
    (row.kind === 'high_risk' && highRisk) ||
    (row.kind === 'value_above' && goods.valueFen > (row.aboveFen ?? 0)) ||
    (row.kind === 'buyer_class' && goods.buyerClasses.includes(row.buyerClass ?? ''))
  const kinds = rows.filter(inForce(day)).filter(asks)
  return [...new Set(kinds.map((row) => row.kind as SecondWhy))].toSorted()
}
