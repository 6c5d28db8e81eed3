import { newId } from '@huming/shared/ids'
import { ALLERGEN_IDS, type Allergen } from '@huming/shared/reference/allergens'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSound } from '../orders/test-market.ts'
import { type TestApp, testApp } from '../test-app.ts'
import { type Base, testBase, well } from './test-base.ts'

let t: TestApp
let base: Base
let neighbour: Base
beforeAll(async () => {
  t = await testApp()
  base = await testBase(t)
  neighbour = await testBase(t, 'base', base.hub.id)
})
afterAll(() => t.close())

const genealogy = async (id: string, who = base.lister) =>
  t.call('production.genealogy', { params: { id } }, who)

test('filling and wrapper become dumplings across two companies, and both ways are seen', async () => {
  const [pork, flour] = [
    await neighbour.material({ name: '猪肉', category: 'A5', allergens: [] }),
    await base.material({ allergens: ['gluten'] }),
  ]
  const filling = await neighbour.sku({ allergens: ['soy'] }, 'C3')
  well(
    await neighbour.label(filling.id, {
      answers: {
        staple: false,
        only_cut: false,
        eaten_cold: false,
        central_kitchen: false,
        industrial_dish: false,
      },
    }),
  )
  const fillingRecipe = await neighbour.recipe(filling.id, 10_000, [[pork, 10_000]])
  const porkLot = await neighbour.buy(pork, 20_000)
  const fillingLot = await neighbour.make(fillingRecipe, 10_000, [[porkLot.code, 10_000]])
  const sending = newId()
  const body = { lotId: fillingLot.id, toOrgId: base.org.id, quantity: 6000 }
  well(await t.call('production.sendMaterial', { params: { id: sending }, body }, neighbour.lister))
  const receive = { orgId: base.org.id, accepted: 6000 }
  const bought = well(
    await t.call('production.receiveMaterial', { params: { id: sending }, body: receive }, base.lister),
  )

  const wrapper = await base.sku({ allergens: ['gluten'] }, 'C2')
  well(await base.label(wrapper.id))
  const wrapperRecipe = await base.recipe(wrapper.id, 1000, [[flour, 1000]])
  const wrapperLot = await base.make(wrapperRecipe, 4500, [[(await base.buy(flour, 5000)).code, 4500]], {
    hubId: null,
  })
  const silent = await base.sku({ allergens: ['gluten'] })
  const refused = {
    skuId: silent.id,
    batchQuantity: 10_000,
    validFrom: base.today,
    inputs: [{ skuId: filling.id, quantity: 6000 }],
  }
  expect(
    (await t.call('production.writeRecipe', { params: { id: newId() }, body: refused }, base.lister)).problem
      .code,
  ).toBe('allergens_missing')
  const dumpling = await base.sku({ allergens: ['gluten', 'soy'] })
  well(await base.label(dumpling.id))
  const recipe = await base.recipe(dumpling.id, 10_000, [
    [filling.id, 6000],
    [wrapper.id, 4500],
  ])
  const made = await base.make(recipe, 10_000, [
    [bought.lotCode as string, 6000],
    [wrapperLot.code, 4500],
  ])
  const tree = well(await genealogy(made.id))
  const depthOf = new Map(tree.nodes.map((node) => [node.lotId, node.depth]))
  expect([
    depthOf.get(made.id),
    depthOf.get(bought.lotId as string),
    depthOf.get(fillingLot.id),
    depthOf.get(porkLot.id),
  ]).toEqual([0, -1, -2, -3])
  expect(tree.edges.find((edge) => edge.fromId === fillingLot.id)).toEqual({
    fromId: fillingLot.id,
    toId: bought.lotId,
    kind: 'moved',
    quantity: 6000,
    toQuantity: 6000,
  })
  expect(tree.nodes.find((node) => node.lotId === made.id)?.allergens).toEqual(['gluten', 'soy'])
  // The neighbour sees where its filling went, and a stranger nothing.
  const forwards = well(await genealogy(fillingLot.id, neighbour.lister)).nodes
  expect(forwards.find((node) => node.lotId === made.id)?.depth).toBe(2)
  const stranger = await testBase(t)
  expect((await genealogy(made.id, stranger.lister)).status).toBe(404)
  expect(await base.lot(bought.lotId as string)).toMatchObject({ stage: 'used_up', on_hand: 0 })
  expect(await base.lot(wrapperLot.id)).toMatchObject({ stage: 'used_up', quantity: 0 })
  await expectSound(t)
})

test('a lot never goes into what it was made from', async () => {
  const [flour, dough] = [await base.material(), await base.sku({}, 'C2')]
  well(await base.label(dough.id))
  const recipe = await base.recipe(dough.id, 1000, [[flour, 1000]])
  const flourLot = await base.buy(flour, 5000)
  const lot = await base.make(recipe, 1000, [[flourLot.code, 1000]], { hubId: null })
  // The rows are forced into a ring of recipes, as if a check had failed elsewhere.
  const ring = await base.running(recipe, 1000)
  await t.sql`update recipe_inputs set sku_id = ${dough.id} where recipe_id = ${recipe}`
  await t.sql`insert into trace_edges (from_id, to_id, kind, quantity, to_quantity, event_id, at)
    values (${ring.lotId}, ${lot.id}, 'made_of', 1, 1, ${newId()}, now())`
  expect((await base.take(ring.id, lot.code, 1)).problem.code).toBe('genealogy_cycle')
})

test('batches that race for one material lot never take more than there is', async () => {
  const [flour, dough] = [await base.material(), await base.sku({}, 'C2')]
  well(await base.label(dough.id))
  const recipe = await base.recipe(dough.id, 1000, [[flour, 1000]])
  const lot = await base.buy(flour, 10_000)
  const batches = await Promise.all(Array.from({ length: 8 }, () => base.running(recipe, 1000)))
  const answers = await Promise.all(
    batches.flatMap((batch, i) =>
      [700, 900, 1100].map((quantity) => base.take(batch.id, lot.code, quantity + i)),
    ),
  )
  const won = answers.filter((one) => one.status === 200).length
  expect(answers.filter((one) => one.status !== 200).every((one) => one.problem.code === 'input_short')).toBe(
    true,
  )
  expect(won).toBeGreaterThan(0)
  expect(won).toBeLessThan(answers.length)
  const [sums] = await t.sql`select l.on_hand::int as "onHand", l.promisable::int as promisable,
    (select sum(quantity) from batch_inputs where lot_id = l.id)::int as taken,
    (select sum(quantity) from movements where lot_id = l.id)::int as moved,
    (select sum(quantity) from bin_stock where lot_id = l.id)::int as binned,
    (select sum(quantity) from trace_edges where from_id = l.id)::int as linked from lots l where l.id = ${lot.id}`
  const { onHand, taken } = sums as { onHand: number; taken: number }
  expect(onHand).toBeGreaterThanOrEqual(0)
  expect(onHand).toBeLessThan(1107)
  expect(sums).toMatchObject({ promisable: onHand, moved: onHand, binned: onHand, linked: taken })
  expect(onHand + taken).toBe(10_000)
  await expectSound(t)
})

type Made = { id: string; code: string; skuId: string; left: number }

/** Independent of the product's own reckoning: a walk over the edges as they stand. */
async function expectTree(
  lotIds: readonly string[],
  allergensOf: ReadonlyMap<string, readonly Allergen[]>,
): Promise<void> {
  const edges = await t.sql<{ from: string; to: string; q: number }[]>`
    select from_id as from, to_id as to, sum(quantity)::int as q from trace_edges
    where to_id = any(${lotIds as string[]}) and kind in ('made_of', 'moved') group by 1, 2 having sum(quantity) > 0`
  const parents = Map.groupBy(edges, (edge) => edge.to)
  const walk = (id: string, path: readonly string[]): Set<Allergen> => {
    expect(path).not.toContain(id)
    const found = new Set<Allergen>(allergensOf.get(id) ?? [])
    for (const { from } of parents.get(id) ?? []) for (const one of walk(from, [...path, id])) found.add(one)
    return found
  }
  const labels = new Map(
    (
      await t.sql<
        { id: string; allergens: Allergen[] }[]
      >`select lot_id as id, allergens from lot_labels where lot_id = any(${lotIds as string[]})`
    ).map((row) => [row.id, row.allergens]),
  )
  for (const id of lotIds) {
    const inside = walk(id, [])
    expect([...inside].filter((one) => !labels.get(id)?.includes(one))).toEqual([])
  }
}

test('random factories keep mass balance, acyclic descent and the union of allergens', {
  timeout: 120_000,
}, async () => {
  const step = fc.record({
    inputs: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
    own: fc.subarray([...ALLERGEN_IDS], { maxLength: 2 }),
    loss: fc.integer({ min: 0, max: 3000 }),
    hides: fc.boolean(),
    yieldPercent: fc.integer({ min: 80, max: 120 }),
  })
  const plan = fc.record({
    raw: fc.array(fc.subarray([...ALLERGEN_IDS], { maxLength: 2 }), { minLength: 2, maxLength: 3 }),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ raw, steps }) => {
      const allergensOf = new Map<string, readonly Allergen[]>()
      const known = new Map<string, readonly Allergen[]>()
      const lots: Made[] = []
      for (const allergens of raw) {
        const skuId = await base.material({ allergens })
        const lot = await base.buy(skuId, 100_000)
        allergensOf.set(lot.id, allergens)
        known.set(skuId, allergens)
        lots.push({ ...lot, skuId, left: 100_000 })
      }
      for (const one of steps) {
        const inputs = [
          ...new Map(
            one.inputs.map((n) => lots[n % lots.length] as Made).map((lot) => [lot.skuId, lot]),
          ).values(),
        ]
        const inside = [...new Set(inputs.flatMap((lot) => known.get(lot.skuId) ?? []))]
        const named = one.hides ? one.own : [...new Set([...one.own, ...inside])]
        const pack = await base.sku({ allergens: named }, 'C2')
        well(await base.label(pack.id))
        const body = {
          skuId: pack.id,
          batchQuantity: 1000,
          validFrom: base.today,
          toleranceBp: 300,
          inputs: inputs.map((lot) => ({ skuId: lot.skuId, quantity: 500, lossBp: one.loss })),
        }
        const id = newId()
        const written = await t.call('production.writeRecipe', { params: { id }, body }, base.lister)
        const lacks = inside.filter((allergen) => !named.includes(allergen))
        expect([written.status, written.problem.code]).toEqual(
          lacks.length > 0 ? [422, 'allergens_missing'] : [200, undefined],
        )
        if (lacks.length > 0) continue
        const batch = await base.running(id, 1000, { hubId: null })
        let all = true
        for (const lot of inputs) {
          const need = batch.needs.find((want) => want.skuId === lot.skuId)?.needed as number
          const answer = await base.take(batch.id, lot.code, need)
          expect(answer.status === 200).toBe(need <= lot.left)
          if (answer.status === 200) lot.left -= need
          else all = false
        }
        if (!all) continue
        const quantity = one.yieldPercent * 10
        const bare = await base.finish(batch.id, quantity)
        const off =
          Math.abs(quantity - bare.body.expectedQuantity) * 10_000 > bare.body.expectedQuantity * 300
        if (bare.status !== 200) {
          expect(bare.problem.code).toBe('yield_out_of_tolerance')
          well(await base.finish(batch.id, quantity, { reason: '示例' }))
        } else expect(off).toBe(false)
        const done = well(await base.inspect(batch.id))
        allergensOf.set(done.lotId, named)
        known.set(pack.id, named)
        lots.push({ id: done.lotId, code: done.lotCode, skuId: pack.id, left: quantity })
      }
      await expectTree(
        lots.map((lot) => lot.id),
        allergensOf,
      )
      const rows = await t.sql<{ id: string; left: number }[]>`
        select id, case when stage = 'made' then quantity else on_hand end::int as left from lots
        where id = any(${lots.map((lot) => lot.id)})`
      const left = new Map(rows.map((row) => [row.id, row.left]))
      for (const lot of lots) expect([lot.code, left.get(lot.id)]).toEqual([lot.code, lot.left])
    }),
    { numRuns: 12 },
  )
  await expectSound(t)
})
