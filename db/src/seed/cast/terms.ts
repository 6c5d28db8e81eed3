import { addDays, type ServiceDay, serviceDay } from '@huming/shared/days'
import { BUYER_CLASS_IDS, BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import type { closedDays, cutOffRules, guideItems } from '../../schema/orders.ts'
import { diceOf, sampleEpoch, sampleId } from '../ids.ts'
import { samplePacks, skuId } from './goods.ts'
import { buyerSites, hubRows, subHubId } from './places.ts'
import { tasteOf } from './taste.ts'

/** Cut-off and minimum order of each hub and class; shops across the river close half an hour earlier. */
export function cutOffRuleRows(): (typeof cutOffRules.$inferInsert)[] {
  return hubRows.flatMap((hub) =>
    BUYER_CLASS_IDS.map((buyerClass) => {
      const { cutOff, minimumOrderFen } = BUYER_CLASSES[buyerClass]
      return {
        id: sampleId(`cut-off ${hub.id} ${buyerClass}`),
        hubId: hub.id,
        buyerClass,
        daysBefore: cutOff.daysBefore,
        minutes: cutOff.minutes - (hub.id === subHubId ? 30 : 0),
        minimumFen: minimumOrderFen,
        validFrom: '2024-01-01',
        validTo: '2099-12-31',
      }
    }),
  )
}

/** First day of the Spring Festival. */
const springFestivals = [
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
]

/** No deliveries on New Year's Day and the first two days of the next Spring Festival. */
export function closedDayRows(today: ServiceDay): (typeof closedDays.$inferInsert)[] {
  const newYear = serviceDay(`${Number(today.slice(0, 4)) + 1}-01-01`)
  const festival = springFestivals.find((day) => day > addDays(today, 1))
  const days = [
    { day: newYear, reason: '元旦' },
    ...(festival
      ? [
          { day: serviceDay(festival), reason: '春节初一' },
          { day: addDays(serviceDay(festival), 1), reason: '春节初二' },
        ]
      : []),
  ]
  return hubRows.flatMap((hub) => days.map((one) => ({ hubId: hub.id, ...one })))
}

/** What the first sites pinned by hand, with the usual quantity. */
export function guideRows(): (typeof guideItems.$inferInsert)[] {
  return buyerSites()
    .slice(0, 60)
    .flatMap(({ row, buyer }) => {
      const dice = diceOf(`guide ${row.id}`)
      const liked = samplePacks.filter(({ pack, product }) => tasteOf(buyer.buyerClass, pack, product) >= 4)
      return liked
        .filter(() => dice.chance(70))
        .slice(0, 9)
        .map(({ pack }) => ({
          siteId: row.id,
          skuId: skuId(pack),
          parUnits: dice.chance(60) ? dice.whole(1, 6) : null,
          pinnedAt: sampleEpoch,
        }))
    })
}
