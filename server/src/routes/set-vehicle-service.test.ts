import { makeHub, makeOrg } from '@huming/db/factories'
import { vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'

let t: TestApp
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t.close())

test('a dispatcher of the hub takes a vehicle out and back; nobody else does', async () => {
  const hub = await makeHub(t.db)
  const carrier = await makeOrg(t.db, 'carrier')
  const id = newId()
  await t.db.insert(vehicles).values({
    id,
    orgId: carrier.id,
    hubId: hub.id,
    plate: id.slice(-8),
    kind: 'van',
    capacityGrams: 1,
    capacityMillilitres: 1,
    zones: ['ambient'],
  })
  const [own] = await t.sql<
    { id: string; kind: string }[]
  >`select id, kind from organisations where id = ${hub.orgId}`
  const dispatcher = await t.guest(own as { id: string; kind: string }, ['dispatcher'])
  const other = await t.guest(await makeOrg(t.db, 'warehouse'), ['dispatcher'])
  const set = (outOfService: string | null, who = dispatcher) =>
    t.call('routes.setVehicleService', { params: { id }, body: { outOfService } }, who)
  expect((await set('爆胎（示例）', other)).problem.code).toBe('not_found')
  expect((await set('爆胎（示例）', await t.guest(carrier, ['driver']))).problem.code).toBe('forbidden')
  expect((await set('')).problem.code).toBe('bad_input')
  for (let i = 0; i < 2; i++) expect((await set('爆胎（示例）')).body.outOfService).toBe('爆胎（示例）')
  expect((await set(null)).body.outOfService).toBe(null)
  expect((await t.sql`select 1 from events where type = 'vehicle.service_set'`).length).toBe(2)
})
