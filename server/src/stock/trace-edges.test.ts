import { traceEdges } from '@huming/db/schema/tracing'
import { testDb } from '@huming/db/test-db'
import { newId } from '@huming/shared/ids'
import { asc, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { linkGoods } from './trace-edges.ts'

const { db, sql, close } = await testDb()
afterAll(close)

const at = new Date('2026-11-24T02:00:00Z')
const said = () => ({ eventId: newId(), at })

test('an edge once written is neither changed nor deleted', async () => {
  const [fromId, toId] = [newId(), newId()]
  await db.transaction((tx) => linkGoods(tx, [{ kind: 'picked', fromId, toId, quantity: 5, ...said() }]))
  await expect(sql`update trace_edges set quantity = 4 where from_id = ${fromId}`).rejects.toThrow(
    'append-only',
  )
  await expect(sql`delete from trace_edges where from_id = ${fromId}`).rejects.toThrow('append-only')
})

test('goods do not become themselves, and a made lot has a quantity of the same sign', async () => {
  const id = newId()
  const write = (edge: Parameters<typeof linkGoods>[1][number]) =>
    db.transaction((tx) => linkGoods(tx, [edge]))
  await expect(write({ kind: 'moved', fromId: id, toId: id, quantity: 5, ...said() })).rejects.toMatchObject({
    cause: { constraint_name: 'edge_leads_on' },
  })
  await expect(
    write({ kind: 'made_of', fromId: id, toId: newId(), quantity: 5, toQuantity: -5, ...said() }),
  ).rejects.toMatchObject({ cause: { constraint_name: 'edge_quantities' } })
})

test('edges keep both quantities, the lot that was handed over, and leave out nothing but zeros', async () => {
  const [raw, made, order, site] = [newId(), newId(), newId(), newId()]
  await db.transaction((tx) =>
    linkGoods(tx, [
      { kind: 'made_of', fromId: raw, toId: made, quantity: 900, toQuantity: 30, ...said() },
      { kind: 'picked', fromId: made, toId: order, quantity: 12, ...said() },
      { kind: 'picked', fromId: made, toId: order, quantity: -12, ...said() },
      { kind: 'delivered', fromId: order, toId: site, lotId: made, quantity: 10, ...said() },
      { kind: 'delivered', fromId: order, toId: site, lotId: raw, quantity: 0, ...said() },
    ]),
  )
  const rows = await db.select().from(traceEdges).where(eq(traceEdges.at, at)).orderBy(asc(traceEdges.id))
  const own = rows.filter((row) => [raw, made, order].includes(row.fromId))
  expect(own.map((row) => [row.kind, row.lotId, row.quantity, row.toQuantity])).toEqual([
    ['made_of', null, 900, 30],
    ['picked', null, 12, 12],
    ['picked', null, -12, -12],
    ['delivered', made, 10, 10],
  ])
})
