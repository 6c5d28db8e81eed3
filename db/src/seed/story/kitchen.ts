import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { dumplingId } from '../cast/kitchen.ts'
import { supplierId } from '../cast/parties.ts'
import { centralHubId } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { batchOf, whole } from './kitchen-batches.ts'
import { bought, codeOf, type LotRow } from './kitchen-lots.ts'
import { onTheWay, sent } from './kitchen-sendings.ts'
import type { Scene } from './orders.ts'

const hour = 3_600_000

/**
 * How two bases make dumplings together (示例): flour becomes wrappers at 夏茂, wrappers go to 沙县, pork and cabbage
 * become filling there, both become the dumplings that came to the city. Another batch runs, one waits for its check,
 * one is planned on the lot that orders stand on, and wrappers are on their way.
 */
export function noteKitchen(scene: Scene): void {
  const { book, now } = scene
  const today = serviceDayOf(now)
  const ago = (hours: number) => new Date(now.getTime() - hours * hour)
  const mine = book.lots.filter((lot) => lot.skuId === dumplingId && lot.hubId === centralHubId)
  const done = mine.filter((lot) => lot.stage === 'received' && lot.madeOn && lot.madeOn < today).at(-1)
  const planned = mine.filter((lot) => lot.stage === 'planned').at(0)
  if (!done?.madeOn) return
  finished(scene, done)
  const weight = 2_000_000
  const flour = bought(scene, 'flour', weight, 50)
  const wrappers = whole(scene, 'wrapper', weight / 2, [{ lot: flour, quantity: weight * 0.37 }], 40)
  sent(scene, wrappers, weight * 0.45, 30)
  const raw = (['pork', 'cabbage', 'seasoning'] as const).map((key) => bought(scene, key, weight, 45))
  const [pork, cabbage, seasoning] = raw as [LotRow, LotRow, LotRow]
  const fresh = whole(
    scene,
    'filling',
    120_000,
    [
      { lot: pork, quantity: 56_000 },
      { lot: cabbage, quantity: 65_000 },
      { lot: seasoning, quantity: 10_800 },
    ],
    9,
  )
  running(scene, today, fresh)
  if (planned) batchOf(scene, 'dumpling', planned, 'planned', ago(5), [])
  onTheWay(scene, wrappers, today)
}

/** The dumplings in the city, and before them all that went into them: nothing of it is left. */
function finished(scene: Scene, done: LotRow): void {
  const madeAt = new Date(done.createdAt.getTime() - 2 * hour)
  const before = (hours: number) => (scene.now.getTime() - madeAt.getTime()) / hour + hours
  const part = (share: number) => Math.ceil(done.quantity * share)
  const flour = bought(scene, 'flour', part(0.33), before(30))
  const wrappers = whole(scene, 'wrapper', part(0.444), [{ lot: flour, quantity: part(0.33) }], before(20))
  const inStore = sent(scene, wrappers, part(0.444), before(10))
  const filling = whole(
    scene,
    'filling',
    part(0.57),
    (
      [
        ['pork', 0.268],
        ['cabbage', 0.309],
        ['seasoning', 0.052],
      ] as const
    ).map(([key, share]) => ({ lot: bought(scene, key, part(share), before(25)), quantity: part(share) })),
    before(18),
  )
  batchOf(scene, 'dumpling', done, 'released', madeAt, [
    { lot: filling, quantity: part(0.57) },
    { lot: inStore, quantity: part(0.444) },
  ])
}

/** Filling is in the kettle for a new lot; wrappers are still to be taken. */
function running(scene: Scene, today: ServiceDay, filling: LotRow): void {
  const at = new Date(scene.now.getTime() - 2 * hour)
  const lot: LotRow = {
    id: sampleId('kitchen running lot', at),
    code: `SX-ZJ-01-B${codeOf(today)}`,
    skuId: dumplingId,
    orgId: supplierId('shaxianFrozen'),
    hubId: centralHubId,
    stage: 'planned',
    quantity: 200_000,
    promisable: 160_000,
    promised: 0,
    onHand: 0,
    capBp: 8000,
    madeOn: null,
    readyDay: addDays(today, 2),
    useByDay: addDays(today, 300),
    certificate: '',
    holdReason: null,
    isSample: true,
    createdAt: at,
    version: 1,
    originLotId: null,
  }
  scene.book.lots.push(lot)
  batchOf(scene, 'dumpling', lot, 'running', at, [{ lot: filling, quantity: 60_000 }])
}
