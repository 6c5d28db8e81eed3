import { addDays, type ServiceDay, weekdayOf } from '@huming/shared/days'
import { skuId } from '../cast/goods.ts'
import { supplierId } from '../cast/parties.ts'
import { diceOf } from '../ids.ts'
import type { Lot } from './lots.ts'
import type { Scene } from './orders.ts'

const weekOf = (day: ServiceDay): ServiceDay => addDays(day, 1 - weekdayOf(day))

/** Suppliers differ in how well they know their fields: so many of a hundred forecasts come out too high. */
const optimismOf = (lot: Lot): number =>
  diceOf(`optimism ${lot.product.supplier} ${lot.pack.code}`).whole(15, 80)

/** What was said of each harvest before it came: of the past, a little more than was brought; of what is ahead, all. */
export function noteForecasts({ book, now }: Scene, lots: readonly Lot[], today: ServiceDay): void {
  for (const lot of lots) {
    const made = lot.picked + lot.left
    const unit = lot.pack.order[1]
    if (made === 0 || lot.stage === 'withdrawn') continue
    const dice = diceOf(`said ${lot.id}`)
    const over = lot.madeOn < today && dice.chance(optimismOf(lot)) ? dice.whole(4, 22) : 0
    const week = weekOf(lot.madeOn)
    book.forecasts.push({
      lotId: lot.id,
      orgId: supplierId(lot.product.supplier),
      skuId: skuId(lot.pack),
      hubId: lot.hubId,
      week,
      harvestDay: lot.madeOn,
      saidQuantity: Math.ceil((made * (100 + over)) / 100 / unit) * unit,
      saidAt: new Date(Math.min(lot.createdAt.getTime(), now.getTime())),
      copied: dice.chance(60),
      isSample: true,
    })
  }
}
