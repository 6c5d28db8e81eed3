import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type ServiceDay, serviceDay } from './days.ts'
import {
  type GateGoods,
  type HeldPaper,
  inForce,
  lastDayOf,
  type PaperRule,
  saleDays,
  sellerLack,
} from './gates.ts'

const today = serviceDay('2026-11-25')
const rule = (goods: string, need: string[][], over: Partial<PaperRule> = {}): PaperRule => ({
  subject: 'seller',
  goods,
  gates: ['list', 'promise', 'ship', 'receive'],
  need,
  validFrom: '2019-01-01',
  validTo: '2099-12-31',
  ...over,
})
const rules = [
  rule('*', [['business_licence']]),
  rule('prepackaged', [['production_licence']]),
  rule('prepackaged', [['type_inspection']]),
  rule('pork', [['trading_licence']]),
  rule('A8', [['edible_basis']]),
]
const paper = (kind: string, over: Partial<HeldPaper> = {}): HeldPaper => ({
  kind,
  scope: [],
  productIds: [],
  status: 'valid',
  validFrom: '2025-01-01',
  validTo: '2027-01-01',
  confirmedOn: null,
  ...over,
})
const goods = (category: string, over: Partial<GateGoods> = {}): GateGoods => ({
  category,
  productId: 'p',
  edibleBasis: null,
  ...over,
})
const licence = paper('business_licence')
const lack = (held: HeldPaper[], what: GateGoods, day: string = today) =>
  sellerLack(rules, held, what, { gate: 'list', day })

describe('what a seller lacks', () => {
  it('asks every seller for a business licence, reviewed and in force', () => {
    expect(lack([], goods('A1'))).toEqual({ paper: 'business_licence', why: 'missing' })
    expect(lack([paper('business_licence', { status: 'pending' })], goods('A1'))?.why).toBe('pending')
    expect(lack([paper('business_licence', { status: 'revoked' })], goods('A1'))?.why).toBe('missing')
    expect(lack([paper('business_licence', { status: 'refused' })], goods('A1'))?.why).toBe('missing')
    expect(lack([licence], goods('A1'), '2024-12-31')?.why).toBe('not_yet')
    expect(lack([licence], goods('A1'), '2027-01-02')?.why).toBe('expired')
    expect(lack([licence], goods('A1'), '2027-01-01')).toBeNull()
    expect(lack([licence], goods('A1'))).toBeNull()
  })

  it('asks packed food for a production licence of its class, and its own inspection', () => {
    const sc = (...scope: string[]) => paper('production_licence', { scope })
    const tested = paper('type_inspection', { productIds: ['p'] })
    expect(lack([licence, tested], goods('C1'))).toEqual({ paper: 'production_licence', why: 'missing' })
    expect(lack([licence, tested, sc('103')], goods('C1'))).toEqual({
      paper: 'production_licence',
      why: 'scope',
    })
    expect(lack([licence, tested, sc('103', '111')], goods('C1'))).toBeNull()
    const other = paper('type_inspection', { productIds: ['q'] })
    expect(lack([licence, other, sc('111')], goods('C1'))).toEqual({
      paper: 'type_inspection',
      why: 'missing',
    })
  })

  it('asks pork for a licence to trade food, not to serve it; forest goods for why they may be eaten', () => {
    expect(lack([licence, paper('trading_licence', { scope: ['2'] })], goods('pork'))?.why).toBe('scope')
    expect(lack([licence, paper('trading_licence', { scope: ['1'] })], goods('pork'))).toBeNull()
    expect(lack([licence], goods('edible_herb'))).toEqual({ paper: 'edible_basis', why: 'missing' })
    expect(lack([licence], goods('A8', { edibleBasis: 'dual_use_list' }))).toBeNull()
  })

  it('asks nothing before a rule is in force, and only rules for all of an unknown category', () => {
    const old = [rule('A1', [['gap']], { validFrom: '2027-01-01' })]
    const at = { gate: 'list' as const, day: today }
    expect(sellerLack(old, [], goods('A1'), at)).toBeNull()
    expect(sellerLack(old, [], goods('A1'), { ...at, day: '2027-01-01' })?.paper).toBe('gap')
    expect(sellerLack(old, [], goods('A1'), { gate: 'carry', day: '2027-01-01' })).toBeNull()
    expect(lack([], goods('Z9'))?.paper).toBe('business_licence')
    expect(lack([licence], goods('Z9'))).toBeNull()
  })

  it('lets 名特优新 lapse a year after its last confirmation', () => {
    const named = paper('named_special', { validFrom: '2024-06-01', validTo: '2028-05-31' })
    expect(lastDayOf(named)).toBe('2025-06-01')
    expect(inForce(named, today)).toBe(false)
    expect(inForce({ ...named, confirmedOn: '2026-05-20' }, today)).toBe(true)
    expect(lastDayOf({ ...named, confirmedOn: '2028-01-01' })).toBe('2028-05-31')
  })
})

describe('days of sale', () => {
  it('joins a licence and its renewal, and ends where there is a gap', () => {
    const renewal = paper('business_licence', { validFrom: '2027-01-02', validTo: '2030-01-01' })
    const later = paper('business_licence', { validFrom: '2027-01-03', validTo: '2030-01-01' })
    const days = (held: HeldPaper[], day: string = today) => saleDays(rules, held, goods('A1'), day)
    expect(days([licence])).toEqual({ from: '2000-01-01', until: '2027-01-01' })
    expect(days([licence, renewal])).toEqual({ from: '2000-01-01', until: '2030-01-01' })
    expect(days([licence, later])).toEqual({ from: '2000-01-01', until: '2027-01-01' })
    expect(days([licence, later], '2027-01-02')).toEqual({ from: '2027-01-03', until: '2030-01-01' })
    expect(days([licence], '2027-01-02')).toBeNull()
    expect(days([paper('business_licence', { validTo: '2099-12-31' })])?.until).toBe('2099-12-31')
  })

  it('says of every day up to its end what the gate says of that day', () => {
    const from = serviceDay('2026-11-01')
    const stretch = fc.tuple(fc.nat(60), fc.nat(40)).map(([start, length]) => ({
      validFrom: addDays(from, start),
      validTo: addDays(from, start + length),
    }))
    const held = fc.array(
      fc.record({
        days: stretch,
        kind: fc.constantFrom('business_licence', 'production_licence', 'type_inspection'),
        scope: fc.constantFrom([], ['111'], ['103']),
        status: fc.constantFrom('valid', 'valid', 'valid', 'pending', 'revoked'),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(
        held,
        fc.constantFrom('A1', 'C1'),
        fc.nat(100),
        fc.nat(100),
        (some, category, now, later) => {
          const papers = some.map(({ days, ...one }) =>
            paper(one.kind, { ...one, ...days, productIds: ['p'] }),
          )
          const [day, asked] = [addDays(from, now), addDays(from, now + later)] as [ServiceDay, ServiceDay]
          const free = sellerLack(rules, papers, goods(category), { gate: 'promise', day: asked }) === null
          const sale = saleDays(rules, papers, goods(category), day)
          const said = sale !== null && sale.from <= asked && asked <= sale.until
          // Beyond the first stretch nothing is promised that might be free again; never the other way round.
          if (said) expect(free).toBe(true)
          if (sale === null) expect(free).toBe(false)
          if (asked === day) expect(said).toBe(free)
          if (free && sale && asked < sale.from) expect.unreachable('a free day before the stretch')
        },
      ),
    )
  })
})
