import { testDb } from '@huming/db/test-db'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { type GoodsEdge, linkGoods } from '../stock/trace-edges.ts'
import { edgesOf } from './captured-edges.ts'
import { scopeOf } from './scope.ts'

const { db, close } = await testDb()
afterAll(close)

let world = 0
/** Ids of one run: a kind and a number. */
const idOf = (kind: number, number: number): string =>
  `${String(world).padStart(8, '0')}-0000-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`
const lotId = (n: number) => idOf(1, n)

type Step = {
  kind: 'made_of' | 'moved' | 'picked' | 'delivered'
  from: number
  to: number
  quantity: number
  lot: number
}

const lots = 14
/** Any graph at all: with cycles, several edges between two lots, and edges taken back in part or whole. */
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind'][]>('made_of', 'made_of', 'moved', 'picked', 'delivered'),
    from: fc.nat(lots - 1),
    to: fc.nat(lots - 1),
    quantity: fc.constantFrom(1, 5, 9, -1, -5, -9),
    lot: fc.nat(lots - 1),
  }),
  { maxLength: 60 },
)

const usable = ({ kind, from, to }: Step): boolean => kind === 'picked' || kind === 'delivered' || from !== to

function edge({ kind, from, to, quantity, lot }: Step): GoodsEdge {
  const said = { quantity, eventId: idOf(9, 1), at: new Date('2026-11-24T00:00:00Z') }
  if (kind === 'picked') return { kind, fromId: lotId(from), toId: idOf(2, to), ...said }
  if (kind === 'delivered')
    return { kind, fromId: idOf(2, from), toId: idOf(3, to), lotId: lotId(lot), ...said }
  if (kind === 'moved') return { kind, fromId: lotId(from), toId: lotId(to), ...said }
  return { kind, fromId: lotId(from), toId: lotId(to), toQuantity: quantity * 2, ...said }
}

const sums = (entries: readonly (readonly [string, number])[]): Map<string, number> => {
  const all = new Map<string, number>()
  for (const [key, quantity] of entries) all.set(key, (all.get(key) ?? 0) + quantity)
  return all
}

/** What the graph reaches, by going round until nothing new is found. */
function byHand(all: readonly Step[], start: readonly number[], direction: 'forward' | 'back') {
  const between = sums(
    all
      .filter((step) => step.kind === 'made_of' || step.kind === 'moved')
      .map((step) => [`${step.kind} ${step.from} ${step.to}`, step.quantity]),
  )
  const open = [...between]
    .filter(([, quantity]) => quantity > 0)
    .map(([key]) => key.split(' ') as [string, string, string])
  const reached = new Set(start)
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const [, from, to] of open) {
      const [here, there] = direction === 'forward' ? [from, to] : [to, from]
      if (reached.has(Number(here))) reached.add(Number(there))
    }
  }
  const picked = sums(
    all
      .filter((step) => step.kind === 'picked' && reached.has(step.from))
      .map((step) => [`${step.from} ${step.to}`, step.quantity]),
  )
  const handed = sums(
    all
      .filter((step) => step.kind === 'delivered' && reached.has(step.lot))
      .map((step) => [`${step.lot} ${step.to}`, step.quantity]),
  )
  const left = (map: Map<string, number>) => new Map([...map].filter(([, quantity]) => quantity !== 0))
  return { reached, picked: left(picked), handed: left(handed) }
}

const numberOf = (id: string): number => Number(id.slice(-12))

test('the scope over any genealogy is what going round by hand finds, with the same quantities', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.uniqueArray(fc.nat(lots - 1), { minLength: 1, maxLength: 3 }),
      async (drawn, start) => {
        world += 1
        const all = drawn.filter(usable)
        await db.transaction((tx) => linkGoods(tx, all.map(edge)))
        const asked = start.map(lotId)
        const expected = byHand(all, start, 'forward')
        const forward = await scopeOf(db, asked, 'forward')
        expect(new Set(forward.lots.map((lot) => numberOf(lot.lotId)))).toEqual(expected.reached)
        const pairs = (rows: readonly (readonly [string, string, number])[]) =>
          new Map(
            rows
              .filter(([, , quantity]) => quantity !== 0)
              .map(([a, b, quantity]) => [`${numberOf(a)} ${numberOf(b)}`, quantity]),
          )
        expect(pairs(forward.orders.map((one) => [one.lotId, one.orderId, one.picked]))).toEqual(
          expected.picked,
        )
        expect(pairs(forward.sites.map((one) => [one.lotId, one.siteId, one.quantity]))).toEqual(
          expected.handed,
        )
        const back = await scopeOf(db, asked, 'back')
        expect(new Set(back.lots.map((lot) => numberOf(lot.lotId)))).toEqual(
          byHand(all, start, 'back').reached,
        )
      },
    ),
    { numRuns: 120 },
  )
})

test('going forward from a lot finds it again going back from whatever it reached', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(lots - 1), async (drawn, start) => {
      world += 1
      await db.transaction((tx) => linkGoods(tx, drawn.filter(usable).map(edge)))
      const forward = await scopeOf(db, [lotId(start)], 'forward')
      const last = forward.lots.at(-1)
      const back = await scopeOf(db, [last?.lotId as string], 'back')
      expect(back.lots.map((lot) => lot.lotId)).toContain(lotId(start))
    }),
    { numRuns: 40 },
  )
})

test('what goes into a making and comes out of it is neither more nor less than its edges say', () => {
  const part = fc.record({ n: fc.nat(20), quantity: fc.integer({ min: 1, max: 1_000_000_000 }) })
  const partOf = ({ n, quantity }: { n: number; quantity: number }) => ({
    lot: { id: lotId(n), code: '', gtin: null, orgId: '', baseUnit: 'g' },
    quantity,
  })
  const distinct = { selector: ({ n }: { n: number }) => n, minLength: 1, maxLength: 6 }
  fc.assert(
    fc.property(fc.uniqueArray(part, distinct), fc.uniqueArray(part, distinct), (into, out) => {
      const outputs = out.map(({ n, quantity }) => partOf({ n: n + 100, quantity }))
      const edges = edgesOf(into.map(partOf), outputs)
      const of = (key: 'fromId' | 'toId', quantity: 'quantity' | 'toQuantity') =>
        sums(edges.map((one) => [one[key], one[quantity]]))
      expect(edges).toHaveLength(into.length * out.length)
      // A share too small for a whole unit counts as one, so sums may exceed by less than a unit per edge.
      for (const [id, used] of of('fromId', 'quantity')) {
        const whole = into.find(({ n }) => lotId(n) === id)?.quantity ?? 0
        expect(Math.abs(used - whole)).toBeLessThan(outputs.length)
      }
      for (const [id, made] of of('toId', 'toQuantity')) {
        const whole = outputs.find(({ lot }) => lot.id === id)?.quantity ?? 0
        expect(Math.abs(made - whole)).toBeLessThan(into.length)
      }
    }),
  )
})
