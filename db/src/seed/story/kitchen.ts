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
  const weight = done.quantity
  const flour = bought(scene, 'flour', weight, 150)
  const wrappers = whole(
    scene,
    'wrapper',
    Math.ceil(weight * 0.5),
    [{ lot: flour, quantity: Math.ceil(weight * 0.37) }],
    140,
  )
  const inStore = sent(scene, wrappers, Math.ceil(weight * 0.45), 130)
  const raw = (['pork', 'cabbage', 'seasoning'] as const).map((key) => bought(scene, key, weight, 145))
  const [pork, cabbage, seasoning] = raw as [LotRow, LotRow, LotRow]
  const filling = whole(
    scene,
    'filling',
    Math.ceil(weight * 0.58),
    [
      { lot: pork, quantity: Math.ceil(weight * 0.272) },
      { lot: cabbage, quantity: Math.ceil(weight * 0.314) },
      { lot: seasoning, quantity: Math.ceil(weight * 0.052) },
    ],
    138,
  )
  const madeAt = new Date(done.createdAt.getTime() - 2 * hour)
  batchOf(scene, 'dumpling', done, 'released', madeAt, [
    { lot: filling, quantity: Math.ceil(weight * 0.57) },
    { lot: inStore, quantity: Math.ceil(weight * 0.444) },
  ])
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
