import { expect, test } from 'vitest'
import { fill, numbered } from './messages.ts'

test('one and many are told apart by the count', () => {
  const text = '{{count}} [lot|lots] [is|are] held at {{hub}}'
  expect(fill(text, { count: 1, hub: 'Jiading' })).toBe('1 lot is held at Jiading')
  expect(fill(text, { count: 0, hub: 'Jiading' })).toBe('0 lots are held at Jiading')
  expect(fill(text, { hub: '[a|b]' })).toBe('{{count}} lots are held at [a|b]')
  expect(numbered('已收 {{count}} 批', 1)).toBe('已收 {{count}} 批')
})
