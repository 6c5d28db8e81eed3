import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explode } from './explode.ts'
import {
  differs,
  expectedFrom,
  grossOf,
  type Input,
  keepsLimit,
  madeOfEach,
  missingFrom,
  needsOf,
  offRecipe,
  type Recipe,
  weighedInputs,
  yieldIsOff,
} from './rules.ts'

const input = (skuId: string, quantity: number, lossBp = 0, baseUnit: Input['baseUnit'] = 'g'): Input => ({
  skuId,
  quantity,
  lossBp,
  baseUnit,
})
const dumplings: Recipe = {
  batchQuantity: 10_000,
  toleranceBp: 300,
  inputs: [input('flour', 6000), input('pork', 4500, 1000), input('bag', 10, 0, 'piece')],
}

test('loss is added on top and rounded up', () => {
  expect(grossOf({ quantity: 4500, lossBp: 1000 })).toBe(5000)
  expect(grossOf({ quantity: 100, lossBp: 1 })).toBe(101)
  expect(grossOf({ quantity: 7, lossBp: 0 })).toBe(7)
})

test('a batch needs its share of each input, never too little', () => {
  expect([...needsOf(dumplings, 5000)]).toEqual([
    ['flour', 3000],
    ['pork', 2500],
    ['bag', 5],
  ])
  expect(needsOf(dumplings, 1).get('flour')).toBe(1)
})

test('pieces do not weigh, unless there is nothing else', () => {
  expect(weighedInputs(dumplings).map((one) => one.skuId)).toEqual(['flour', 'pork'])
  const ducks: Recipe = { batchQuantity: 10, toleranceBp: 0, inputs: [input('duck', 10, 0, 'piece')] }
  expect(expectedFrom(ducks, new Map([['duck', 7]]))).toBe(7)
})

test('a reason is needed beyond the tolerance, not at it', () => {
  const taken = new Map([
    ['flour', 6000],
    ['pork', 5000],
  ])
  expect([9699, 9700, 10_300, 10_301].map((made) => yieldIsOff(dumplings, taken, made))).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('nothing taken gives nothing, so anything made is off', () => {
  expect(expectedFrom(dumplings, new Map())).toBe(0)
  expect(yieldIsOff(dumplings, new Map(), 1)).toBe(true)
  expect(differs(0, 0, 0)).toBe(false)
})

test('a mixture that is off names what it is off in', () => {
  expect(
    offRecipe(
      dumplings,
      new Map([
        ['flour', 5000],
        ['pork', 6000],
      ]),
    ),
  ).toEqual(['flour', 'pork'])
  expect(
    offRecipe(
      dumplings,
      new Map([
        ['flour', 6000],
        ['pork', 5000],
      ]),
    ),
  ).toEqual([])
  expect(offRecipe({ ...dumplings, inputs: [input('flour', 6000)] }, new Map([['flour', 1]]))).toEqual([])
})

test('limits hold on both sides, and without a reading only where there is none', () => {
  expect(keepsLimit({ minDeciC: 700, maxDeciC: null }, 700)).toBe(true)
  expect(keepsLimit({ minDeciC: 700, maxDeciC: null }, 699)).toBe(false)
  expect(keepsLimit({ minDeciC: null, maxDeciC: -180 }, -179)).toBe(false)
  expect(keepsLimit({ minDeciC: null, maxDeciC: -180 }, null)).toBe(false)
  expect(keepsLimit({ minDeciC: null, maxDeciC: null }, null)).toBe(true)
})

const amount = fc.integer({ min: 1, max: 50_000_000 })
const inputs = fc
  .array(fc.record({ quantity: amount, lossBp: fc.integer({ min: 0, max: 9000 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((list) => list.map((one, i) => input(`s${i}`, one.quantity, one.lossBp)))
const recipe = fc.record({ batchQuantity: amount, toleranceBp: fc.integer({ min: 0, max: 5000 }), inputs })

describe('mass balance, for any recipe and batch', () => {
  test('what a batch needs gives at least what was planned, and no more than rounding up adds', () => {
    fc.assert(
      fc.property(recipe, amount, (one, quantity) => {
        const expected = expectedFrom(one, needsOf(one, quantity))
        const gross = one.inputs.reduce((sum, each) => sum + grossOf(each), 0)
        // Each input is rounded up by less than one base unit.
        const most = Math.ceil((one.inputs.length * one.batchQuantity) / gross) + 1
        expect(expected).toBeGreaterThanOrEqual(quantity)
        expect(expected - quantity).toBeLessThanOrEqual(most)
      }),
    )
  })

  test('after the loss there is what the recipe asks for', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 9000 }), (quantity, lossBp) => {
        const gross = BigInt(grossOf({ quantity, lossBp }))
        expect(gross * BigInt(10_000 - lossBp) >= BigInt(quantity) * 10_000n).toBe(true)
        expect((gross - 1n) * BigInt(10_000 - lossBp) < BigInt(quantity) * 10_000n).toBe(true)
      }),
    )
  })

  test('what stands for the lots of one input sums to what was made, but for lots of next to nothing', () => {
    const lots = fc.array(fc.record({ group: fc.integer({ min: 0, max: 3 }), quantity: amount }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(lots, amount, (list, made) => {
        const used = list.map((lot, i) => ({
          lotId: `l${i}`,
          skuId: `s${lot.group}`,
          quantity: lot.quantity,
        }))
        const shares = madeOfEach(used, made)
        for (const group of Map.groupBy(used, (lot) => lot.skuId).values()) {
          const sum = group.reduce((total, lot) => total + (shares.get(lot.lotId) as number), 0)
          expect(sum).toBeGreaterThanOrEqual(made)
          expect(sum - made).toBeLessThan(group.length)
        }
      }),
    )
  })

  test('the label lacks exactly what goods hold and it does not name', () => {
    const names = fc.array(fc.constantFrom<string[]>('gluten', 'soy', 'egg', 'peanut', 'milk'))
    fc.assert(
      fc.property(names, names, (label, goods) => {
        const missing = missingFrom(label, goods)
        expect(new Set([...label, ...missing])).toEqual(new Set([...label, ...goods]))
        expect(missing.some((one) => label.includes(one))).toBe(false)
      }),
    )
  })
})

describe('explosion', () => {
  const own = (id: string, batchQuantity: number, list: Input[]) => ({
    id,
    batchQuantity,
    toleranceBp: 0,
    inputs: list,
  })
  const recipes = new Map([
    ['dumpling', own('r1', 100, [input('filling', 60), input('wrapper', 45)])],
    ['wrapper', own('r2', 100, [input('flour', 80)])],
    ['filling', own('r3', 100, [input('pork', 50), input('cabbage', 50, 5000), input('flour', 10)])],
  ])
  const of = (rows: ReturnType<typeof explode>) => new Map(rows.map((row) => [row.skuId, row]))

  test('goes down to what is bought, stock first', () => {
    const rows = of(
      explode(
        new Map([['dumpling', 1000]]),
        recipes,
        new Map([
          ['filling', 100],
          ['flour', 1000],
        ]),
      ),
    )
    expect(rows.get('filling')).toMatchObject({ needed: 600, onHand: 100, missing: 500 })
    expect(rows.get('cabbage')).toMatchObject({ needed: 500, missing: 500, recipe: null })
    expect(rows.get('flour')).toMatchObject({ needed: 360 + 50, missing: 0 })
    expect(rows.get('pork')).toMatchObject({ needed: 250, missing: 250 })
  })

  test('what two products share is added up before stock is taken off', () => {
    const rows = of(
      explode(
        new Map([
          ['wrapper', 100],
          ['filling', 100],
        ]),
        recipes,
        new Map([['flour', 50]]),
      ),
    )
    expect(rows.get('flour')).toMatchObject({ needed: 90, onHand: 50, missing: 40 })
  })

  test('ends even where rows form a ring', () => {
    const ring = new Map([
      ['a', own('ra', 1, [input('b', 1)])],
      ['b', own('rb', 1, [input('a', 1)])],
    ])
    expect(explode(new Map([['a', 5]]), ring, new Map()).length).toBeLessThanOrEqual(2)
  })

  test('a product always comes before everything that goes into it', () => {
    const graph = fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(graph, (levels) => {
        // Inputs have larger numbers, so there is no ring.
        const made = new Map(
          levels.flatMap((steps, i) => {
            const list = [...new Set(steps.map((step) => i + step))].map((n) => input(`n${n}`, 10))
            return list.length > 0 ? [[`n${i}`, own(`r${i}`, 10, list)] as const] : []
          }),
        )
        const rows = explode(new Map([['n0', 100]]), made, new Map())
        const at = new Map(rows.map((row, i) => [row.skuId, i]))
        for (const row of rows)
          for (const one of row.recipe?.inputs ?? [])
            expect(at.get(one.skuId) as number).toBeGreaterThan(at.get(row.skuId) as number)
      }),
    )
  })
})
