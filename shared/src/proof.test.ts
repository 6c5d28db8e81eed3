import { expect, test } from 'vitest'
import { type HandOver, isScaleError, judgeHandOver, missingProof } from './proof.ts'

const line = (zone: string, delivered = 1) => ({ zone, delivered })
const full: HandOver = {
  keyDrop: false,
  lines: [line('ambient')],
  receiverName: '示例',
  signatureFileId: 's',
  photoFileIds: [],
  temperatureDeciC: null,
}

test.each<[string, Partial<HandOver>, ReturnType<typeof missingProof>]>([
  ['complete', {}, null],
  ['no name', { receiverName: ' ' }, 'receiverName'],
  ['no signature', { signatureFileId: null }, 'signatureFileId'],
  ['cold without reading', { lines: [line('chilled')] }, 'temperatureDeciC'],
  ['refused cold goods are measured too', { lines: [line('frozen', 0)] }, 'temperatureDeciC'],
  ['cool goods need none', { lines: [line('cool')] }, null],
  ['a reading of 0.0 is a reading', { lines: [line('chilled')], temperatureDeciC: 0 }, null],
  ['too warm and taken', { lines: [line('frozen')], temperatureDeciC: -50 }, 'photoFileIds'],
  [
    'too warm, taken, photographed',
    { lines: [line('frozen')], temperatureDeciC: -50, photoFileIds: ['p'] },
    null,
  ],
  ['too warm but all refused', { lines: [line('frozen', 0)], temperatureDeciC: -50 }, null],
  [
    'too warm, only the ambient goods taken',
    { lines: [line('frozen', 0), line('ambient')], temperatureDeciC: -50 },
    null,
  ],
  ['key-drop without photo', { keyDrop: true }, 'photoFileIds'],
  [
    'key-drop needs nobody',
    { keyDrop: true, photoFileIds: ['p'], receiverName: '', signatureFileId: null },
    null,
  ],
  ['all refused, nothing', { lines: [line('ambient', 0)], signatureFileId: null }, 'photoFileIds'],
  ['all refused, signed', { lines: [line('ambient', 0)], receiverName: '' }, null],
])('%s', (_name, over, missing) => {
  expect(missingProof({ ...full, ...over })).toBe(missing)
})

test('the rule says what proves that somebody took the goods', () => {
  const photo = { ...full, signatureFileId: null, photoFileIds: ['p'] }
  expect(missingProof(photo, ['pin', 'photo'])).toBeNull()
  expect(missingProof(photo, ['signature'])).toBe('signatureFileId')
  expect(missingProof(full, ['pin', 'photo'])).toBe('receiverPin')
  expect(missingProof({ ...full, signatureFileId: null }, ['photo'])).toBe('photoFileIds')
  expect(missingProof({ ...photo, receiverName: '' }, ['photo'])).toBe('receiverName')
  expect(missingProof({ ...photo, keyDrop: true }, ['signature'])).toBeNull()
})

test('the coldest goods decide how a reading is judged', () => {
  const mixed = { ...full, lines: [line('chilled'), line('frozen')] }
  expect(judgeHandOver({ ...mixed, temperatureDeciC: 20 })).toBe('reject')
  expect(judgeHandOver({ ...mixed, temperatureDeciC: -190 })).toBe('fine')
  expect(judgeHandOver({ ...full, temperatureDeciC: 300 })).toBeNull()
})

test('a scale may differ by its tolerance, and by no gram more', () => {
  expect([isScaleError(10_000, 50, 50), isScaleError(10_000, 51, 50)]).toEqual([true, false])
  expect([isScaleError(10_000, 0, 0), isScaleError(10_000, 1, 0)]).toEqual([true, false])
})
