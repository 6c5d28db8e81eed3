import { expect, test } from 'vitest'
import { gb18030 } from './gb18030.ts'

test('GB 18030 bytes are those of the standard and read back as they were', () => {
  expect(gb18030('沪明 A1').toString('hex')).toBe('bba6c3f7204131')
  // Rare characters of names take four bytes.
  const text = '合作社（示例）㐂,"1,234.50"€\r\n'
  expect(new TextDecoder('gb18030').decode(gb18030(text))).toBe(text)
  expect(gb18030('😀').toString()).toBe('?')
})
