import type { vehicles } from '../../schema/routes.ts'
import { sampleId } from '../ids.ts'
import { houseId } from './parties.ts'
import { driverId } from './people.ts'
import { centralHubId, subHubId } from './places.ts'
import { movableBulkhead } from './routing.ts'

/** 4.2 m trucks with a frozen and a chilled box carry everything; electric vans everything but frozen goods. */
const kinds = {
  reefer: {
    kind: '4.2 m 双温冷藏车',
    drive: 'diesel',
    grossKg: 4495,
    capacityGrams: 1_500_000,
    capacityMillilitres: 14_000_000,
    zones: ['frozen', 'chilled_meat', 'chilled', 'cool', 'ambient'],
    layouts: movableBulkhead(1_500_000, 14_000_000),
    lengthCm: 599,
    heightCm: 320,
    fixedFen: 26_000,
    plate: (i: number) => `沪D00${String(i).padStart(3, '0')}`,
  },
  van: {
    kind: '纯电动厢式车',
    drive: 'electric',
    grossKg: 3500,
    capacityGrams: 800_000,
    capacityMillilitres: 6_000_000,
    zones: ['chilled_meat', 'chilled', 'cool', 'ambient'],
    layouts: null,
    lengthCm: 530,
    heightCm: 245,
    fixedFen: 18_000,
    plate: (i: number) => `沪AD00${String(i).padStart(3, '0')}`,
  },
}

const fleet: readonly { hubId: string; kind: keyof typeof kinds; count: number }[] = [
  { hubId: centralHubId, kind: 'reefer', count: 42 },
  { hubId: subHubId, kind: 'reefer', count: 6 },
  { hubId: centralHubId, kind: 'van', count: 8 },
  { hubId: subHubId, kind: 'van', count: 2 },
]

/** Vehicles of the carrier with a driver each; plates of a range that looks right and is not given out. */
export function vehicleRows(): (typeof vehicles.$inferInsert)[] {
  const all = fleet.flatMap(({ hubId, kind, count }) =>
    Array.from({ length: count }, () => ({ hubId, kind })),
  )
  const counted = { reefer: 0, van: 0 }
  return all.map(({ hubId, kind }, i) => {
    const { plate, ...facts } = kinds[kind]
    counted[kind] += 1
    const number = plate(counted[kind])
    return {
      id: sampleId(`vehicle ${number}`),
      orgId: houseId('carrier'),
      hubId,
      ...facts,
      plate: number,
      driverPersonId: driverId(i),
      // Electric vans and every third truck have a pass for the city by day.
      skills: [
        ...(kind === 'van' || counted[kind] % 3 === 0 ? ['city_pass'] : []),
        ...(kind === 'reefer' && counted[kind] % 2 === 0 ? ['tail_lift'] : []),
      ],
      outOfService: kind === 'van' && counted.van === 8 ? '年检（示例）' : null,
      isSample: true,
    }
  })
}
