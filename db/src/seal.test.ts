import { expect, test } from 'vitest'
import { requireSealKey, seal, unseal } from './seal.ts'

test('a sealed number is opened again, differs each time, and no changed one opens', () => {
  const sealed = seal('6222020200112233445')
  expect(sealed).not.toContain('6222')
  expect(seal('6222020200112233445')).not.toBe(sealed)
  expect(unseal(sealed)).toBe('6222020200112233445')
  const [version, iv, tag, body = ''] = sealed.split('.')
  const other = Buffer.from(body, 'base64')
  other[0] = (other[0] ?? 0) ^ 1
  expect(() => unseal([version, iv, tag, other.toString('base64')].join('.'))).toThrow('authenticate')
  expect(() => unseal('6222020200112233445')).toThrow('not a sealed text')
})

test('another key opens nothing', () => {
  const sealed = seal('6222020200112233445')
  process.env['SEAL_KEY'] = 'another key of this house'
  try {
    expect(() => unseal(sealed)).toThrow('authenticate')
    expect(unseal(seal('1'))).toBe('1')
  } finally {
    delete process.env['SEAL_KEY']
  }
})

test('real data need a key of their own, sample data do not', () => {
  expect(() => requireSealKey({}, false)).toThrow(/^SEAL_KEY must be set when SAMPLE_DATA is "off"/)
  expect(() => requireSealKey({ SEAL_KEY: '' }, false)).toThrow('SEAL_KEY')
  expect(() => requireSealKey({}, true)).not.toThrow()
  expect(() => requireSealKey({ SEAL_KEY: 'a long secret' }, false)).not.toThrow()
})
