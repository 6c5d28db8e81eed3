import { expect, test } from 'vitest'
import { handlingOf, separationOf } from './handling.ts'

test('farm goods are raw, cooked meats ready to eat, the rest packed', () => {
  expect([
    handlingOf('A1'),
    handlingOf('A5'),
    handlingOf('C6'),
    handlingOf('C1'),
    handlingOf('none'),
  ]).toEqual(['raw', 'raw', 'ready_to_eat', 'packed', 'packed'])
})

test('peanut goods have classes of their own', () => {
  expect([separationOf('packed', ['soy', 'peanut']), separationOf('raw', ['soy'])]).toEqual([
    'packed_peanut',
    'raw',
  ])
})
