import { plans, runs, stopOrders, stops } from '@huming/db/schema/routes'
import { planWave } from '@huming/server/picking/plan-wave'
import { releaseWave } from '@huming/server/picking/release-wave'
import { newId } from '@huming/shared/ids'
import { buying } from './buying.fixture.ts'
import { pick, picking } from './handling.fixture.ts'
import type { House } from './house.fixture.ts'
import type { Handed, Life, Task } from './life.fixture.ts'
import { paying } from './paying.fixture.ts'
import { play } from './play.fixture.ts'

/** The night: the wave is released while buyers still try to change, its goods are picked, and stand on the truck. */
export async function pickAll(house: House, lives: readonly Life[], day: string): Promise<void> {
  const { t, hub } = house
  const waveId = await planWave(house.system(), { hubId: hub.id, day })
  if (waveId === null) return
  await releaseWave(house.lead(), waveId)
  const open = () => t.sql<(Task & { orgId: string })[]>`
    select p.id, l.code as lot, p.quantity, k.catch_weight as "catchWeight", o.org_id as "orgId"
    from pick_tasks p join orders o on o.id = p.order_id join lots l on l.id = p.lot_id join skus k on k.id = l.sku_id
    where p.wave_id = ${waveId} and p.status = 'open' order by p.id`
  const tasks = Map.groupBy(await open(), (task) => task.orgId)
  for (const life of lives) life.tasks = tasks.get(life.orgId) ?? []
  await play(house, lives, [...picking, ...buying, ...paying], { budget: 2 })
  for (let rest = await open(); rest.length > 0; rest = await open())
    for (const task of rest) await pick(lives.find((life) => life.orgId === task.orgId) as Life, house, task)
  await load(house, lives, waveId, day)
}

/** A truck with all that was picked, at every door at once: how it got there moves no money. */
async function load(house: House, lives: readonly Life[], waveId: string, day: string): Promise<void> {
  const { t, hub, vehicle, driver, clock } = house
  const goods = await t.sql<(Handed & { orgId: string })[]>`
    select t.order_id as "orderId", t.order_line_id as "orderLineId", t.lot_id as "lotId", sum(t.picked_quantity)::int8 as quantity,
      k.catch_weight as "catchWeight", o.org_id as "orgId"
    from pick_tasks t join orders o on o.id = t.order_id and o.status = 'picked' join lots l on l.id = t.lot_id join skus k on k.id = l.sku_id
    where t.wave_id = ${waveId} and t.picked_quantity > 0 group by 1, 2, 3, 5, 6 order by 2, 3`
  const byBuyer = Map.groupBy(goods, (one) => one.orgId)
  const going = lives.filter((life) => byBuyer.has(life.orgId))
  if (going.length === 0) return
  const [planId, runId] = [newId(), newId()]
  await t.db.insert(plans).values({
    id: planId,
    hubId: hub.id,
    day,
    waveId,
    status: 'dispatched',
    method: 'manual',
    matrixSource: '示例',
    metres: 0,
    unassigned: [],
    createdAt: clock.now,
    dispatchedAt: clock.now,
  })
  await t.db.insert(runs).values({
    id: runId,
    planId,
    hubId: hub.id,
    day,
    seq: 1,
    vehicleId: vehicle.id,
    driverPersonId: driver.personId,
    status: 'on_road',
    metres: 0,
    departAt: clock.now,
    dispatchedAt: clock.now,
    tripsGone: 1,
  })
  const ids = going.map(() => newId())
  await t.db.insert(stops).values(
    going.map((life, i) => ({
      id: ids[i] as string,
      runId,
      siteId: life.siteId,
      seq: i + 1,
      status: 'arrived',
      plannedArriveAt: clock.now,
      windowFromAt: clock.now,
      windowToAt: clock.now,
      arrivedAt: clock.now,
      photoFileIds: [],
    })),
  )
  const served = going.flatMap((life, i) =>
    [...new Set(byBuyer.get(life.orgId)?.map((one) => one.orderId))].map((orderId) => ({
      orderId,
      stopId: ids[i] as string,
    })),
  )
  await t.db.insert(stopOrders).values(served)
  const orderIds = served.map((one) => one.orderId)
  await t.sql`update totes set status = 'loaded', loaded_at = ${clock.now} where order_id = any(${orderIds}) and status in ('open', 'sealed')`
  await t.sql`update orders set status = 'loaded', version = version + 1 where id = any(${orderIds})`
  for (const [i, life] of going.entries())
    Object.assign(life, { stopId: ids[i], aboard: byBuyer.get(life.orgId) ?? [] } satisfies Partial<Life>)
}
