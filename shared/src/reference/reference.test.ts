import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type ServiceDay, serviceDay } from '../days.ts'
import { ALLERGEN_IDS } from './allergens.ts'
import { BUYER_CLASS_IDS, BUYER_CLASSES, isCanteen } from './buyer-classes.ts'
import { CATEGORIES, CATEGORY_IDS, categoryOf, isCategoryId, lotPapers, withLeaves } from './categories.ts'
import { LOT_PAPERS, PAPER_IDS, PAPERS } from './papers.ts'
import { minimumRemainingDays, nearExpiryThresholdDays } from './shelf-life.ts'
import { SELLER_TYPES, TAX_CLASS_IDS, taxRateBp, taxRule, VAT_RULES } from './taxes.ts'
import { judgeTemperature, temperatureText, ZONE_IDS, ZONES } from './zones.ts'

const day = serviceDay('2026-11-25')

describe('zones', () => {
  it('judges a reading', () => {
    expect(judgeTemperature('frozen', -180)).toBe('fine')
    expect(judgeTemperature('frozen', -150)).toBe('fine')
    expect(judgeTemperature('frozen', -149)).toBe('warn')
    expect(judgeTemperature('frozen', -120)).toBe('warn')
    expect(judgeTemperature('frozen', -119)).toBe('reject')
    expect(judgeTemperature('chilled_meat', 71)).toBe('reject')
    expect(judgeTemperature('chilled', -5)).toBe('warn')
    expect(judgeTemperature('ambient', 350)).toBe('warn')
    expect(temperatureText(-185)).toBe('−18.5 ℃')
  })

  it('warns before it rejects, and targets before it warns', () => {
    for (const zone of ZONE_IDS) {
      const { target, warn, reject } = ZONES[zone]
      if (warn) expect(warn.above, zone).toBeGreaterThan(target.max)
      if (warn && reject) expect(reject.above, zone).toBeGreaterThan(warn.above)
      expect(judgeTemperature(zone, target.max)).toBe('fine')
    }
  })
})

describe('shelf life', () => {
  it('walks the near-expiry ladder', () => {
    const ladder = [730, 365, 364, 180, 179, 90, 89, 30, 29, 16, 15, 3, 2, 1].map(nearExpiryThresholdDays)
    expect(ladder).toEqual([45, 45, 20, 20, 15, 15, 10, 10, 5, 5, 2, 2, 1, 1])
    expect(() => nearExpiryThresholdDays(0)).toThrow(RangeError)
  })

  it('asks two thirds at the warehouse and half at the buyer', () => {
    expect(minimumRemainingDays(270, 'hub')).toBe(180)
    expect(minimumRemainingDays(5, 'hub')).toBe(4)
    expect(minimumRemainingDays(5, 'buyer')).toBe(3)
  })
})

describe('papers', () => {
  it('asks lots only for papers of lots', () => {
    for (const paper of Object.values(LOT_PAPERS).flat(2)) expect(PAPERS[paper].of).toBe('lot')
    expect(new Set(PAPER_IDS.map((id) => PAPERS[id].zh)).size).toBe(PAPER_IDS.length)
  })
})

describe('categories', () => {
  it('has every category once, leaves under a group', () => {
    expect(new Set(CATEGORY_IDS).size).toBe(CATEGORY_IDS.length)
    expect(CATEGORIES.filter((one) => one.parent === null)).toHaveLength(19)
    expect(withLeaves('A1')).toContain('yam')
    expect(withLeaves('yam')).toEqual(['yam'])
    expect(isCategoryId('constructor')).toBe(false)
  })

  it('inherits the group and lets a leaf differ', () => {
    expect(categoryOf('yam')).toMatchObject({
      zone: 'cool',
      trace: 'vegetable',
      tax: 'vegetable',
      parent: 'A1',
    })
    expect(categoryOf('packed_rice')).toMatchObject({ nature: 'prepackaged', scClass: '101' })
    expect(categoryOf('cured_duck')).toMatchObject({ highRisk: true, trace: 'poultry' })
    expect(lotPapers('pork')).toEqual(LOT_PAPERS.pork)
  })

  it('asks a licence class of packed food and of nothing else', () => {
    for (const one of CATEGORIES) expect(one.scClass !== null, one.id).toBe(one.nature === 'prepackaged')
  })
})

describe('buyers', () => {
  it('knows seven classes, canteens with two acceptors', () => {
    expect(BUYER_CLASS_IDS).toHaveLength(7)
    expect(BUYER_CLASS_IDS.filter(isCanteen)).toEqual(['canteen_university', 'canteen_office'])
    for (const id of BUYER_CLASS_IDS) {
      const { window, cutOff, paymentTermDays, longestTermDays } = BUYER_CLASSES[id]
      expect(window.from, id).toBeLessThan(window.to)
      expect(cutOff.daysBefore, id).toBeGreaterThan(0)
      expect(paymentTermDays, id).toBeLessThanOrEqual(longestTermDays)
    }
  })
})

describe('taxes', () => {
  it('has one rule for every class and seller', () => {
    for (const taxClass of TAX_CLASS_IDS) {
      for (const sellerType of SELLER_TYPES) {
        const found = VAT_RULES.filter((one) => one.taxClass === taxClass && one.sellerType === sellerType)
        expect(found, `${taxClass} ${sellerType}`).toHaveLength(1)
        expect(found[0]?.exempt).toBe(found[0]?.rateBp === 0)
      }
    }
  })

  it('follows the law of 2026', () => {
    const rate = (taxClass: (typeof TAX_CLASS_IDS)[number], sellerType: (typeof SELLER_TYPES)[number]) =>
      taxRateBp(VAT_RULES, { taxClass, sellerType, day })
    expect(rate('agri', 'self_producer')).toBe(0)
    expect(rate('agri', 'general')).toBe(900)
    expect(rate('processed_food', 'general')).toBe(1300)
    expect(rate('processed_food', 'self_producer')).toBe(300)
    expect(rate('grain_product', 'general')).toBe(900)
    expect(rate('vegetable', 'small')).toBe(0)
    expect(rate('service', 'general')).toBe(600)
    expect(
      taxRateBp(VAT_RULES, { taxClass: 'agri', sellerType: 'general', day: serviceDay('2025-12-31') }),
    ).toBeNull()
  })

  it('takes the rule in force on the day, whatever the order of the rows', () => {
    const base = { taxClass: 'agri', sellerType: 'general', exempt: false, basis: 'test' } as const
    const change = serviceDay('2027-01-01')
    const rules = [
      { ...base, from: change, to: null, rateBp: 800 },
      { ...base, from: serviceDay('2026-01-01'), to: null as ServiceDay | null, rateBp: 900 },
    ]
    fc.assert(
      fc.property(fc.integer({ min: -365, max: 365 }), fc.boolean(), (shift, swap) => {
        const on = addDays(change, shift)
        const rows = swap ? rules.toReversed() : rules
        expect(taxRule(rows, { taxClass: 'agri', sellerType: 'general', day: on })?.rateBp).toBe(
          shift < 0 ? 900 : 800,
        )
      }),
    )
    const ended = [{ ...base, from: serviceDay('2026-01-01'), to: serviceDay('2026-06-30'), rateBp: 900 }]
    expect(taxRateBp(ended, { taxClass: 'agri', sellerType: 'general', day })).toBeNull()
  })
})

it('names the eight allergen groups', () => {
  expect(ALLERGEN_IDS).toHaveLength(8)
})
