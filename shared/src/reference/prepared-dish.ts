import type { ServiceDay } from '../days.ts'
import type { LocalText } from '../locale.ts'
import type { AdditiveClass } from './additives.ts'
import { type Category, categoryOf, isCategoryId } from './categories.ts'

/** What a pack is under the 预制菜 rules. Only `prepared_dish` is 预制菜. */
export const DISH_CLASSES = [
  'not_food',
  'agri',
  'staple',
  'ready_to_eat',
  'central_kitchen',
  'prepared_dish',
  'other',
] as const
export type DishClass = (typeof DISH_CLASSES)[number]

export const DISH_CLASS_NAMES = {
  not_food: { zh: '非食品', en: 'No food' },
  agri: { zh: '食用农产品（含净菜）', en: 'Agricultural goods, also cut vegetables' },
  staple: { zh: '主食类，不属预制菜', en: 'Staple food, no prepared dish' },
  ready_to_eat: { zh: '即食食品，不属预制菜', en: 'Ready to eat, no prepared dish' },
  central_kitchen: {
    zh: '中央厨房自用，不属预制菜',
    en: 'Central kitchen for its own shops, no prepared dish',
  },
  prepared_dish: { zh: '预制菜', en: 'Prepared dish' },
  other: { zh: '其他，不属预制菜', en: 'Other, no prepared dish' },
} as const satisfies Record<DishClass, LocalText>

/** The questions in the order of the notice, each answered yes or no. */
export const DISH_QUESTIONS = [
  'prepackaged',
  'staple',
  'only_cut',
  'eaten_cold',
  'central_kitchen',
  'industrial_dish',
] as const
export type DishQuestion = (typeof DISH_QUESTIONS)[number]
export type DishAnswers = Partial<Record<DishQuestion, boolean>>

/** One dated row: in force from `from` up to and including `to`, null until changed. */
type Dated = { readonly from: ServiceDay; readonly to: ServiceDay | null; readonly basis: string }
export type DishRule = Dated & {
  readonly seq: number
  readonly question: DishQuestion
  /** The class that follows from the answer; null: ask on. */
  readonly yes: DishClass | null
  readonly no: DishClass | null
}
/** What a class may not hold or should not be: `refuse` stops making it, `warn` tells its maker. */
export type DishLimit = Dated & {
  readonly dishClass: DishClass
  readonly additive: AdditiveClass | null
  readonly shelfLifeDaysMax: number | null
  readonly effect: 'refuse' | 'warn'
}

const NOTICE = '市场监管总局等六部门关于加强预制菜食品安全监管的通知（2024-03）'
const DRAFT = '食品安全国家标准 预制菜（征求意见稿，2026-02-06）'
const since = '2024-03-21' as ServiceDay
const rule = (
  seq: number,
  question: DishQuestion,
  yes: DishClass | null,
  no: DishClass | null,
): DishRule => ({
  seq,
  question,
  yes,
  no,
  from: since,
  to: null,
  basis: NOTICE,
})

/** The decision table, asked from the first row on until a class is given. */
export const DISH_RULES: readonly DishRule[] = [
  rule(1, 'prepackaged', null, 'other'),
  rule(2, 'staple', 'staple', null),
  rule(3, 'only_cut', 'agri', null),
  rule(4, 'eaten_cold', 'ready_to_eat', null),
  rule(5, 'central_kitchen', 'central_kitchen', null),
  rule(6, 'industrial_dish', 'prepared_dish', 'other'),
]

/** No preservative by the notice; at most twelve months by the draft standard, which is not in force. */
export const DISH_LIMITS: readonly DishLimit[] = [
  {
    dishClass: 'prepared_dish',
    additive: 'preservative',
    shelfLifeDaysMax: null,
    effect: 'refuse',
    from: since,
    to: null,
    basis: NOTICE,
  },
  {
    dishClass: 'prepared_dish',
    additive: null,
    shelfLifeDaysMax: 366,
    effect: 'warn',
    from: '2026-02-06' as ServiceDay,
    to: null,
    basis: DRAFT,
  },
]

const inForce = <T extends Dated>(rows: readonly T[], day: string): T[] =>
  rows.filter((row) => row.from <= day && (row.to === null || day <= row.to))

/**
 * The class that the answers give on a day, or the question that is still open. Packaging is no food and goods as
 * harvested are agricultural goods whatever is answered.
 */
export function classifyDish(
  category: string,
  answers: DishAnswers,
  day: string,
  rules: readonly DishRule[] = DISH_RULES,
): { readonly dishClass: DishClass } | { readonly open: DishQuestion | null } {
  const facts: Category | null = isCategoryId(category) ? categoryOf(category) : null
  if (facts?.nature === 'food_related') return { dishClass: 'not_food' }
  if (facts?.nature === 'edible_agri') return { dishClass: 'agri' }
  for (const row of inForce(rules, day).sort((a, b) => a.seq - b.seq)) {
    const answer = answers[row.question]
    if (answer === undefined) return { open: row.question }
    const dishClass = answer ? row.yes : row.no
    if (dishClass !== null) return { dishClass }
  }
  return { open: null }
}

/** What stands against a pack of the class on a day. */
export function dishFlaws(
  pack: {
    readonly dishClass: DishClass | null
    readonly additives: Iterable<string>
    readonly shelfLifeDays: number
  },
  day: string,
  limits: readonly DishLimit[] = DISH_LIMITS,
): DishLimit[] {
  const additives = new Set(pack.additives)
  return inForce(limits, day).filter(
    (limit) =>
      limit.dishClass === pack.dishClass &&
      ((limit.additive !== null && additives.has(limit.additive)) ||
        (limit.shelfLifeDaysMax !== null && pack.shelfLifeDays > limit.shelfLifeDaysMax)),
  )
}

/** What the category itself answers: frozen dough goods, noodles and wrappers are staple food. */
export function knownAnswers(category: string): DishAnswers {
  if (!isCategoryId(category)) return {}
  const { id, parent, nature } = categoryOf(category)
  return {
    ...(nature === 'prepackaged' ? { prepackaged: true } : {}),
    ...(['C1', 'C2'].includes(parent ?? id) ? { staple: true } : {}),
  }
}
