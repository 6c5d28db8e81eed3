import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import type {
  callOffTimes,
  confidenceRules,
  makingLeads,
  offerRules,
  timelineSteps,
} from '../../schema/inbound.ts'
import type { dockSlots } from '../../schema/way.ts'
import { sampleId } from '../ids.ts'
import { samplePacks, skuId } from './goods.ts'
import { centralHubId, hubRows } from './places.ts'

const always = { validFrom: '2024-01-01', validTo: '2099-12-31' }
const hours = (count: number) => Math.round(count * 60)

/**
 * How long each step takes (示例). The road from Shaxian is some 785 km, 10 to 12 hours of driving with two drivers;
 * rail freight takes days, parcels by high-speed rail and air go door to door within half a day.
 */
const steps: readonly { step: string; minutes: number; buyerClass?: string; zone?: string; mode?: string }[] =
  [
    { step: 'answer', minutes: hours(1) },
    { step: 'load', minutes: hours(1.5) },
    { step: 'line_haul', mode: 'road', minutes: hours(13) },
    { step: 'line_haul', mode: 'rail', minutes: hours(96) },
    { step: 'line_haul', mode: 'rail', zone: 'chilled', minutes: hours(12) },
    { step: 'line_haul', mode: 'air', minutes: hours(9) },
    { step: 'dock', minutes: hours(2) },
    { step: 'dock', zone: 'live', minutes: hours(1) },
    { step: 'wave', minutes: hours(2.5) },
    { step: 'wave', buyerClass: 'snack_shop', minutes: 90 },
    { step: 'delivery', minutes: hours(1) },
  ]

export function timelineStepRows(): (typeof timelineSteps.$inferInsert)[] {
  return hubRows.flatMap((hub) =>
    steps.map(({ buyerClass = null, zone = null, mode = null, ...one }) => ({
      id: sampleId(`step ${hub.id} ${one.step} ${buyerClass} ${zone} ${mode}`),
      hubId: hub.id,
      ...one,
      buyerClass,
      zone,
      mode,
      countyCode: null,
      ...always,
      isSample: true,
    })),
  )
}

/** Goods at the bases are called off at four in the afternoon, two days before they are delivered. */
export function callOffTimeRows(): (typeof callOffTimes.$inferInsert)[] {
  return hubRows.flatMap((hub) =>
    BUYER_CLASS_IDS.map((buyerClass) => ({
      id: sampleId(`call-off time ${hub.id} ${buyerClass}`),
      hubId: hub.id,
      buyerClass,
      daysBefore: 2,
      minutes: hours(16),
      ...always,
      isSample: true,
    })),
  )
}

/** Vegetables and mushrooms are cut, noodles and wrappers made after the call-off; the rest lies ready. */
export function makingLeadRows(): (typeof makingLeads.$inferInsert)[] {
  const needed: Record<string, number> = { A1: 4, A2: 4, C2: 6 }
  return samplePacks.flatMap(({ pack, product }) => {
    const makingHours = needed[product.category]
    return makingHours ? [{ skuId: skuId(pack), makingHours, mode: 'road', isSample: true }] : []
  })
}

/** Another lot of the same pack that keeps three days longer than buyers need is taken without asking. */
export function offerRuleRows(): (typeof offerRules.$inferInsert)[] {
  const rule = (kind: string, spareDays: number | null) => ({
    id: sampleId(`offer rule ${kind}`),
    kind,
    spareDays,
    ...always,
  })
  return [rule('other_lot', 3), rule('other_pack', null), rule('later_day', null)]
}

export function confidenceRuleRows(): (typeof confidenceRules.$inferInsert)[] {
  return [
    {
      id: sampleId('confidence rule'),
      priorBp: 7000,
      priorWeight: 300,
      halfLifeWeeks: 8,
      weeksBack: 26,
      floorBp: 3000,
      ceilingBp: 9500,
      ...always,
    },
  ]
}

/** The docks take trucks by the hour from six to two, then every two hours until ten in the evening. */
export function dockSlotRows(): (typeof dockSlots.$inferInsert)[] {
  const early = Array.from({ length: 8 }, (_, i) => [6 + i, 7 + i] as const)
  const late = Array.from({ length: 4 }, (_, i) => [14 + 2 * i, 16 + 2 * i] as const)
  return hubRows.flatMap((hub) =>
    [...early, ...late].map(([from, to]) => ({
      id: sampleId(`dock slot ${hub.id} ${from}`),
      hubId: hub.id,
      weekday: null,
      fromMinute: hours(from),
      toMinute: hours(to),
      capacity: hub.id === centralHubId ? 6 : 3,
      ...always,
      isSample: true,
    })),
  )
}
