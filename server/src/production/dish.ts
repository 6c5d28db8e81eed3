import type { skuLabels } from '@huming/db/schema/production'
import {
  classifyDish,
  type DishAnswers,
  type DishClass,
  dishFlaws,
  knownAnswers,
} from '@huming/shared/reference/prepared-dish'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import type { Additive } from './contents.ts'

type Pack = { readonly category: string; readonly shelfLifeDays: number }
type Label = Pick<typeof skuLabels.$inferSelect, 'answers'>

/** What a pack is under the 预制菜 rules of the day, as far as its label's answers tell. */
export function dishClassOf(pack: Pack, label: Label | null, day: string): DishClass | null {
  const answers: DishAnswers = { ...knownAnswers(pack.category), ...label?.answers }
  const told = classifyDish(pack.category, answers, day)
  return 'dishClass' in told ? told.dishClass : null
}

/** Refuses what the rules of the day forbid in goods of this class: a preservative in a prepared dish. */
export function refuseDishFlaws(
  ctx: Pick<Ctx, 'locale'>,
  pack: Pack,
  dishClass: DishClass | null,
  additives: readonly Additive[],
  day: string,
): void {
  const classes = additives.map((one) => one.additiveClass)
  const flaw = dishFlaws({ ...pack, dishClass, additives: classes }, day).find(
    (one) => one.effect === 'refuse',
  )
  if (!flaw) return
  const names = additives.filter((one) => one.additiveClass === flaw.additive).map((one) => one.name)
  throw new Fault('preservative_in_prepared_dish', flaw.basis, {
    params: { names: [...new Set(names)].join(ctx.locale === 'zh' ? '、' : ', ') },
    basis: flaw.basis,
  })
}
