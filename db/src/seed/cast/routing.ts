import type { ServiceDay } from '@huming/shared/days'
import type { accessBans, planningWeights } from '../../schema/planning.ts'
import { sampleId } from '../ids.ts'
import { centralHubId, subHubId } from './places.ts'

const always = { validFrom: '2026-01-01' as ServiceDay, validTo: '2099-12-31' as ServiceDay }

/**
 * A day ban for trucks within the inner ring, as cities have them. Hours, weight and area are our assumption: the
 * police's notice in force must be looked up before anybody relies on it.
 */
export const accessBanRows = (): (typeof accessBans.$inferInsert)[] => [
  {
    id: sampleId('access ban inner ring'),
    name: '内环内日间货车限行（示例，待核实）',
    districtCode: null,
    lngE6: 121_473_700,
    latE6: 31_230_400,
    radiusMetres: 6000,
    fromMinute: 7 * 60,
    toMinute: 20 * 60,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    minGrossKg: 4500,
    unlessSkill: 'city_pass',
    ...always,
    source: '示例：假定值，以上海市公安局现行货运机动车通行公告为准',
    isSample: true,
  },
]

/** Trade figures of a small carrier in Shanghai, 2026-11 (assumption). */
export const planningWeightRows = (): (typeof planningWeights.$inferInsert)[] =>
  [centralHubId, subHubId].map((hubId) => ({
    id: sampleId(`planning weights ${hubId}`),
    hubId,
    fenPerKm: 180,
    fenPerHour: 4500,
    lateFenPerMinute: 300,
    overtimeFenPerHour: 3000,
    movedFen: 1500,
    unservedFen: 2_000_000,
    ...always,
    isSample: true,
  }))

type Box = { zones: string[]; grams: number; millilitres: number }

/** A box with a movable bulkhead: frozen goods before it, all else behind, in five positions. */
export function movableBulkhead(grams: number, millilitres: number): Box[][] {
  const others = ['chilled_meat', 'chilled', 'cool', 'ambient']
  const part = (zones: string[], quarters: number): Box => ({
    zones,
    grams: (grams / 4) * quarters,
    millilitres: (millilitres / 4) * quarters,
  })
  return [0, 1, 2, 3, 4].map((frozen) => [
    ...(frozen > 0 ? [part(['frozen'], frozen)] : []),
    ...(frozen < 4 ? [part(others, 4 - frozen)] : []),
  ])
}
