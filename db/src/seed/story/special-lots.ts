import { addDays, minutesOf, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { samplePacks } from '../cast/goods.ts'
import { houseId, supplierId } from '../cast/parties.ts'
import { centralHubId } from '../cast/places.ts'
import { tell } from './book.ts'
import { daysOf, type Lot, lotOf } from './lots.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'
import { noteDestroyed } from './stocking.ts'
import { noteConsignment, noteLots } from './supply.ts'

const packOf = (code: string) =>
  samplePacks.find(({ pack }) => pack.code === code) as (typeof samplePacks)[number]

function extra(code: string, madeOn: ServiceDay, now: Date, over: Partial<Lot>, days = 1): Lot {
  const { pack, product } = packOf(code)
  const lot = lotOf(pack, product, centralHubId, madeOn, now, 'X')
  return { ...lot, left: daysOf(pack, centralHubId, days), ...over }
}

/** Lots in the stages that need somebody: on the way, at the dock, being loaded, held, recalled, expired, gone. */
export function noteSpecialLots(scene: Scene, today: ServiceDay): void {
  noteTroubled(scene, today)
  noteOnTheWay(scene)
  noteAtTheDock(scene)
  noteDraft(scene, today)
}

function noteTroubled(scene: Scene, today: ServiceDay): void {
  const { now, book } = scene
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const held = extra(
    'SX-LJ-01',
    addDays(today, -9),
    now,
    { stage: 'held', holdReason: '标签净含量待核（示例）' },
    0.4,
  )
  const recalled = extra(
    'SX-LL-01',
    addDays(today, -12),
    now,
    { stage: 'recalled', holdReason: '供应商主动召回（示例）' },
    0.3,
  )
  const expired = extra('SX-MT-01', addDays(today, -7), now, { stage: 'expired' }, 0.1)
  const destroyed = extra('JL-SHQ-08', addDays(today, -10), now, { stage: 'destroyed' }, 0.1)
  const withdrawn = extra('YA-HS-10', addDays(today, 6), now, { stage: 'withdrawn' }, 2)
  noteLots(scene, [held, recalled, expired, destroyed, withdrawn])
  const safety = houseId('operations')
  const officer = { personId: oneOf(safety, 'food_safety'), actorOrgId: safety }
  const about = ({ id, product, hubId }: Lot) => ({
    subjectId: id,
    orgId: supplierId(product.supplier),
    hubId,
  })
  const say = (type: string, lot: Lot, hours: number, reason: string | null) =>
    tell(book, { type, at: ago(hours), ...about(lot), ...officer, payload: { code: lot.code, reason } })
  say('lot.held', held, 3, held.holdReason)
  say('lot.recalled', recalled, 2.5, recalled.holdReason)
  say('lot.withdrawn', withdrawn, 2, '采收推迟（示例）')
  const eventId = say('lot.destroyed', destroyed, 2, '过期销毁（示例）')
  noteDestroyed(scene, destroyed, ago(2), eventId)
}

/** Left the base six hours ago, seven more to go. */
function noteOnTheWay(scene: Scene): void {
  const departsAt = new Date(scene.now.getTime() - 6 * 3_600_000)
  const expectedAt = new Date(scene.now.getTime() + 7 * 3_600_000)
  const made = serviceDayOf(new Date(departsAt.getTime() - 6 * 3_600_000))
  const readyDay = firstDayServed(expectedAt)
  const lots = ['SX-ZJ-01', 'SX-BR-01', 'SX-DG-01'].map((code) =>
    extra(code, made, scene.now, { stage: 'shipped', readyDay }, 2),
  )
  noteLots(scene, lots)
  noteConsignment(scene, lots, { status: 'shipped', departsAt, expectedAt })
}

/** Reached the dock twenty-five minutes ago and waits to be counted. */
function noteAtTheDock(scene: Scene): void {
  const arrivedAt = new Date(scene.now.getTime() - 25 * 60_000)
  const departsAt = new Date(scene.now.getTime() - 13 * 3_600_000)
  const made = serviceDayOf(new Date(departsAt.getTime() - 5 * 3_600_000))
  const readyDay = firstDayServed(arrivedAt)
  const lots = ['SX-BP-01', 'SX-MT-01', 'SX-DF-01'].map((code) =>
    extra(code, made, scene.now, { stage: 'shipped', readyDay }),
  )
  noteLots(scene, lots)
  noteConsignment(scene, lots, { status: 'arrived', departsAt, expectedAt: arrivedAt, arrivedAt })
}

/** Made today and being loaded. */
function noteDraft(scene: Scene, today: ServiceDay): void {
  const lots = ['SX-SM-01', 'SX-YJ-01'].map((code) => extra(code, today, scene.now, { stage: 'made' }, 3))
  noteLots(scene, lots)
  const departsAt = new Date(scene.now.getTime() + 2 * 3_600_000)
  noteConsignment(scene, lots, { status: 'draft', departsAt, expectedAt: departsAt })
}

/** Goods at the dock until two in the morning are picked the same night. */
function firstDayServed(at: Date): ServiceDay {
  const day = serviceDayOf(at)
  return minutesOf(at) <= 120 ? day : addDays(day, 1)
}
