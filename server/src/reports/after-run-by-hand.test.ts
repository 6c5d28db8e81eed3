import { planningWeights } from '@huming/db/schema/planning'
import { newId } from '@huming/shared/ids'
import { afterAll, expect, test } from 'vitest'
import { road } from '../delivery/test-road.ts'
import { testApp } from '../test-app.ts'

const t = await testApp()
afterAll(() => t.close())

/** A run of two doors due north of its hub, 0.1° and 0.2° away, every figure of it set. */
async function northward() {
  const r = await road(t, { sites: [{}, {}], zones: ['chilled'] })
  const { runId, hub, orders, day } = { ...r, day: (await r.read()).day }
  await t.sql`update hubs set lng_e6 = 121400000, lat_e6 = 31000000 where id = ${hub.id}`
  for (const [i, order] of orders.entries())
    await t.sql`update sites set lng_e6 = 121400000, lat_e6 = ${31_100_000 + i * 100_000}
      where id = (select site_id from orders where id = ${order.id})`
  await t.sql`update skus set gross_grams_per_unit = base_per_order_unit * 1.05 where id = ${r.packs[0]?.sku.id as string}`
  await t.sql`update vehicles set fixed_fen = 20000, drive = 'diesel', gross_kg = 4495
    where id = (select vehicle_id from runs where id = ${runId})`
  await t.db.insert(planningWeights).values({
    id: newId(),
    hubId: hub.id,
    fenPerKm: 200,
    fenPerHour: 4000,
    lateFenPerMinute: 0,
    overtimeFenPerHour: 0,
    movedFen: 0,
    unservedFen: 1,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  })
  const first = orders[0]?.id as string
  const at = (time: string) => `${day}T${time}:00+08:00`
  // The first door is reached four minutes after its window, which five minutes allow; the second six minutes after.
  for (const [order, arrived, closed] of [
    [first, '04:04', '04:14'],
    [orders[1]?.id as string, '05:06', '05:26'],
  ] as const)
    await t.sql`update stops s set window_to_at = ${at(order === first ? '04:00' : '05:00')},
        arrived_at = ${at(arrived)}, finished_at = ${at(closed)}, status = 'delivered'
      from stop_orders so where so.stop_id = s.id and so.order_id = ${order}`
  await t.sql`update runs set status = 'finished', finished_at = ${at('06:00')} where id = ${runId}`
  await t.sql`insert into run_odometers (run_id, out_km, back_km, written_at) values (${runId}, 5000, 5042, now())`
  return { ...r, first, leave: at('03:00') }
}

test('a run reckoned by hand: punctuality, drop time, kilometres, cost, CO₂e, and what falls on each order', async () => {
  const { runId, dispatcher, first, leave } = await northward()
  // As the phone said, whenever that arrived here.
  await t.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update events set payload = payload || jsonb_build_object('at', ${leave}::text)
      where subject_id = ${runId} and type = 'run.departed'`
  })
  const { body } = await t.call('reports.afterRunOrders', { params: { id: runId } }, dispatcher)
  const { run, orders } = body
  // 5042 − 5000 km; 20 000 fen fixed + 42 km × 200 + 3 h × 4000; 42 km × 400 g × 1.18 with cooling.
  expect([run.actualMetres, run.costFen, run.gramsCo2e]).toEqual([42_000, 40_400, 19_824])
  expect([run.arrived, run.onTime, run.dropStops, run.dropSeconds]).toEqual([2, 1, 2, 1800])
  // 10 kg at 1.05 gross; 0.1° and 0.2° of a meridian (111 195 m a degree): 10.5 kg × 11 120 m and × 22 239 m.
  const near = orders.find((order) => order.orderId === first)
  const far = orders.find((order) => order.orderId !== first)
  expect([near?.grams, near?.tonneMetres, far?.tonneMetres]).toEqual([10_500, 117, 234])
  // One part and two parts of three; the odd fen goes where the larger remainder is.
  expect([near?.costFen, far?.costFen, near?.gramsCo2e, far?.gramsCo2e]).toEqual([
    13_467, 26_933, 6608, 13_216,
  ])
  expect([near?.onTime, near?.dropSeconds, far?.onTime, far?.dropSeconds]).toEqual([true, 600, false, 1200])
  // 19.824 kg over 0.351 tonne-kilometres.
  expect(Math.round((run.gramsCo2e / run.tonneMetres) * 100) / 100).toBe(56.48)
  expect(run.factor).toMatchObject({ gramsPerKm: 400, coolingBp: 1800, certainty: 'estimated' })
  const range = { from: run.day, to: run.day }
  const list = (await t.call('reports.afterRun', { query: range }, dispatcher)).body
  const used = list.factors.filter((one) => one.drive === 'diesel' && one.minGrossKg <= 4495).at(-1)
  expect(used).toMatchObject({ gramsPerKm: 400, source: expect.stringMatching(/\S/) as string })
})

test('the desk of the hub may write the odometer down; another hub’s may not', async () => {
  const { runId, dispatcher } = await road(t)
  const write = (who: typeof dispatcher) =>
    t.call('reports.writeOdometer', { params: { id: runId }, body: { outKm: 10, backKm: 52 } }, who)
  expect((await write((await road(t)).dispatcher)).status).toBe(404)
  expect((await write(dispatcher)).body).toEqual({ runId, outKm: 10, backKm: 52 })
})
