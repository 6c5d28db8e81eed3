import type { DishAnswers } from '@huming/shared/reference/prepared-dish'

/** What the label of a pack says beyond its name: ingredients in falling order of weight, standard, dish answers. */
export type PackLabel = {
  readonly names: readonly string[]
  readonly standard: string
  readonly answers: DishAnswers
}

const staple: DishAnswers = { prepackaged: true, staple: true }
const coldDish: DishAnswers = { prepackaged: true, staple: false, only_cut: false, eaten_cold: true }
const dish: DishAnswers = {
  prepackaged: true,
  staple: false,
  only_cut: false,
  eaten_cold: false,
  central_kitchen: false,
  industrial_dish: true,
}
const seasoning: DishAnswers = { ...dish, industrial_dish: false }

/** Labels of prepackaged packs, by pack code (示例: recipes and house standards are made up). */
export const packLabels: Readonly<Record<string, PackLabel>> = {
  'SX-ZJ-01': {
    names: ['小麦粉', '猪肉', '大白菜', '饮用水', '酱油', '食用盐', '白砂糖'],
    standard: 'GB 19295',
    answers: staple,
  },
  'SX-BR-01': {
    names: ['猪后腿肉', '小麦粉', '饮用水', '酱油', '食用盐', '白砂糖'],
    standard: 'GB 19295',
    answers: staple,
  },
  'SX-SM-01': {
    names: ['糯米', '小麦粉', '猪肉', '香菇', '酱油', '食用盐'],
    standard: 'GB 19295',
    answers: staple,
  },
  'SX-YJ-01': {
    names: ['芋头', '木薯淀粉', '猪肉', '笋', '酱油', '食用盐'],
    standard: 'GB 19295',
    answers: staple,
  },
  'SX-BP-01': { names: ['小麦粉', '饮用水', '食用碱'], standard: 'Q/XMMM 0001S（示例）', answers: staple },
  'SX-MT-01': {
    names: ['小麦粉', '饮用水', '食用盐', '食用碱'],
    standard: 'Q/XMMM 0002S（示例）',
    answers: staple,
  },
  'SX-MD-01': { names: ['大米', '饮用水', '食用碱'], standard: 'Q/XMMM 0003S（示例）', answers: staple },
  'SX-BX-01': { names: ['猪后腿肉', '饮用水', '酱油', '食用盐'], standard: 'SB/T 10379', answers: seasoning },
  'SX-DG-01': { names: ['饮用水', '猪排骨', '黄精', '食用盐'], standard: 'SB/T 10379', answers: dish },
  'SX-DG-02': { names: ['饮用水', '乌鸡', '茯苓', '食用盐'], standard: 'SB/T 10379', answers: dish },
  'SX-YT-02': {
    names: ['鸭腿', '饮用水', '酱油', '白砂糖', '食用盐', '香辛料'],
    standard: 'GB 2726',
    answers: coldDish,
  },
  'SX-HS-01': { names: ['花生仁', '植物油', '食用盐'], standard: 'LS/T 3217', answers: seasoning },
  'SX-HS-02': { names: ['花生仁', '植物油', '食用盐'], standard: 'LS/T 3217', answers: seasoning },
  'SX-JY-01': {
    names: ['饮用水', '大豆', '小麦', '食用盐', '白砂糖'],
    standard: 'GB/T 18186',
    answers: seasoning,
  },
  'SX-LJ-01': {
    names: ['辣椒', '大蒜', '食用盐', '植物油'],
    standard: 'GB 31644',
    answers: seasoning,
  },
  'SX-ST-01': { names: ['大豆油', '大蒜', '食用盐'], standard: 'GB 31644', answers: seasoning },
}
