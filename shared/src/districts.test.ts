import { describe, expect, it } from 'vitest'
import {
  currentDistrict,
  districtOf,
  districtText,
  RETIRED_DISTRICTS,
  SANMING_COUNTIES,
  SHANGHAI_DISTRICTS,
} from './districts.ts'
import { metresBetween, pointOf } from './geo.ts'

const all = [...SHANGHAI_DISTRICTS, ...SANMING_COUNTIES]

describe('districts', () => {
  it('holds 16 districts and 11 counties, each once', () => {
    expect([SHANGHAI_DISTRICTS.length, SANMING_COUNTIES.length]).toEqual([16, 11])
    expect(new Set(all.map((one) => one.code)).size).toBe(27)
    expect(new Set(all.map((one) => one.name.zh)).size).toBe(27)
  })

  it('puts every point in its own city', () => {
    for (const one of SHANGHAI_DISTRICTS) {
      expect(one.code.startsWith('310')).toBe(true)
      expect(metresBetween(one.point, pointOf(121.47, 31.23)), one.name.zh).toBeLessThan(70_000)
    }
    for (const one of SANMING_COUNTIES) {
      expect(one.code.startsWith('3504')).toBe(true)
      expect(metresBetween(one.point, pointOf(117.6, 26.27)), one.name.zh).toBeLessThan(110_000)
    }
  })

  it('tells confirmed pairs from inferred ones', () => {
    expect(SHANGHAI_DISTRICTS.filter((one) => one.paired).map((one) => one.name.zh)).toEqual([
      '虹口区',
      '杨浦区',
      '嘉定区',
      '浦东新区',
    ])
    expect(districtOf('350428')?.pair).toEqual({ code: '310109', status: 'confirmed' })
    expect(districtOf('350424')?.pair).toEqual({ code: '310114', status: 'confirmed' })
    expect(districtOf('350425')?.pair?.status).toBe('inferred')
    expect(districtOf('350426')?.pair).toBeNull()
    for (const { pair } of all) if (pair) expect(districtOf(pair.code)?.paired).toBe(true)
  })

  it('leads every retired code to a district of today', () => {
    for (const one of RETIRED_DISTRICTS) {
      expect(districtOf(one.code), one.code).toBeNull()
      expect(currentDistrict(one.code)?.code).toBe(one.successor)
    }
    expect(currentDistrict('350427')?.name.zh).toBe('沙县区')
    expect(currentDistrict('110101')).toBeNull()
    expect(districtText('350427', 'zh')).toBe('三明市沙县区')
    expect(districtText('310115', 'en')).toBe('Pudong, Shanghai')
    expect(districtText('440300', 'en')).toBe('440300')
  })
})
