import { expect, test } from 'vitest'
import type { ServiceDay } from '../days.ts'
import { classifyDish, DISH_RULES, type DishAnswers, dishFlaws, knownAnswers } from './prepared-dish.ts'

const day = '2026-11-25'
const dish: DishAnswers = {
  prepackaged: true,
  staple: false,
  only_cut: false,
  eaten_cold: false,
  central_kitchen: false,
  industrial_dish: true,
}

test('a stew that is heated before eating is a prepared dish', () => {
  expect(classifyDish('C4', dish, day)).toEqual({ dishClass: 'prepared_dish' })
})

test.each([
  ['not packed', { ...dish, prepackaged: false }, 'other'],
  ['staple food', { ...dish, staple: true }, 'staple'],
  ['only cut', { ...dish, only_cut: true }, 'agri'],
  ['eaten as it is', { ...dish, eaten_cold: true }, 'ready_to_eat'],
  ['a central kitchen’s own', { ...dish, central_kitchen: true }, 'central_kitchen'],
  ['not pre-processed', { ...dish, industrial_dish: false }, 'other'],
] as const)('%s is none', (_, answers, expected) => {
  expect(classifyDish('C4', answers, day)).toEqual({ dishClass: expected })
})

test('the first yes decides, whatever is answered after it', () => {
  expect(classifyDish('C4', { ...dish, staple: true, eaten_cold: true }, day)).toEqual({
    dishClass: 'staple',
  })
})

test('an open question is told, not guessed', () => {
  expect(classifyDish('C4', { prepackaged: true, staple: false }, day)).toEqual({ open: 'only_cut' })
})

test('dumplings and noodles are staple food by their category', () => {
  for (const category of ['C1', 'frozen_dumpling', 'C2', 'wrapper'])
    expect(classifyDish(category, knownAnswers(category), day)).toEqual({ dishClass: 'staple' })
})

test('packaging is no food, and goods as harvested stay agricultural goods', () => {
  expect(classifyDish('D1', dish, day)).toEqual({ dishClass: 'not_food' })
  expect(classifyDish('A1', dish, day)).toEqual({ dishClass: 'agri' })
})

test('a preservative stops a prepared dish and nothing else', () => {
  const pack = { additives: ['preservative', 'thickener'], shelfLifeDays: 270 }
  expect(dishFlaws({ ...pack, dishClass: 'prepared_dish' }, day).map((one) => one.effect)).toEqual(['refuse'])
  expect(dishFlaws({ ...pack, dishClass: 'staple' }, day)).toEqual([])
  expect(dishFlaws({ ...pack, dishClass: null }, day)).toEqual([])
})

test('more than a year of life warns from the day of the draft on', () => {
  const pack = { additives: [], shelfLifeDays: 367, dishClass: 'prepared_dish' as const }
  expect(dishFlaws(pack, day).map((one) => one.effect)).toEqual(['warn'])
  expect(dishFlaws({ ...pack, shelfLifeDays: 366 }, day)).toEqual([])
  expect(dishFlaws(pack, '2026-02-05')).toEqual([])
})

test('rows hold on their days only', () => {
  const ended = DISH_RULES.map((row) => ({ ...row, to: '2026-11-24' as ServiceDay }))
  expect(classifyDish('C4', dish, day, ended)).toEqual({ open: null })
  expect(classifyDish('C4', dish, '2024-03-20')).toEqual({ open: null })
})
