import type { LocalText } from '../locale.ts'
import { mod1110, tidyCode } from './check-digits.ts'

/** Classes of food production licences, the second and third digit of an SC number. */
export const SC_CLASSES: Readonly<Record<string, LocalText>> = {
  '01': { zh: '粮食加工品', en: 'Grain products' },
  '02': { zh: '食用油', en: 'Edible oil' },
  '03': { zh: '调味品', en: 'Seasonings' },
  '04': { zh: '肉制品', en: 'Meat products' },
  '05': { zh: '乳制品', en: 'Dairy products' },
  '06': { zh: '饮料', en: 'Beverages' },
  '07': { zh: '方便食品', en: 'Convenience food' },
  '08': { zh: '饼干', en: 'Biscuits' },
  '09': { zh: '罐头', en: 'Canned food' },
  '10': { zh: '冷冻饮品', en: 'Frozen drinks' },
  '11': { zh: '速冻食品', en: 'Quick-frozen food' },
  '12': { zh: '薯类和膨化食品', en: 'Potato and puffed food' },
  '13': { zh: '糖果制品', en: 'Confectionery' },
  '14': { zh: '茶叶及相关制品', en: 'Tea' },
  '15': { zh: '酒类', en: 'Alcoholic drinks' },
  '16': { zh: '蔬菜制品', en: 'Vegetable products' },
  '17': { zh: '水果制品', en: 'Fruit products' },
  '18': { zh: '炒货食品及坚果制品', en: 'Roasted seeds and nuts' },
  '19': { zh: '蛋制品', en: 'Egg products' },
  '20': { zh: '可可及焙烤咖啡产品', en: 'Cocoa and coffee' },
  '21': { zh: '食糖', en: 'Sugar' },
  '22': { zh: '水产制品', en: 'Aquatic products' },
  '23': { zh: '淀粉及淀粉制品', en: 'Starch products' },
  '24': { zh: '糕点', en: 'Pastries' },
  '25': { zh: '豆制品', en: 'Soy products' },
  '26': { zh: '蜂产品', en: 'Bee products' },
  '27': { zh: '保健食品', en: 'Health food' },
  '28': { zh: '特殊医学用途配方食品', en: 'Food for special medical purposes' },
  '29': { zh: '婴幼儿配方食品', en: 'Infant formula' },
  '30': { zh: '特殊膳食食品', en: 'Special dietary food' },
  '31': { zh: '其他食品', en: 'Other food' },
}

export type ScResult =
  | {
      readonly ok: true
      readonly number: string
      /** Food, or food additives (numbers beginning with 2). */
      readonly of: 'food' | 'additive'
      /** Main class only; what the holder may make stands in its detail list, not in the number. */
      readonly mainClass: string
      readonly division: string
      readonly sequence: string
    }
  | { readonly ok: false; readonly reason: 'shape' | 'class' | 'check_digit' }

/** Checks a food production licence number: SC, 3 digits class, 6 division, 4 sequence, 1 check digit. */
export function checkSc(text: string): ScResult {
  const number = tidyCode(text)
  const match = /^SC(([12])(\d{2})(\d{6})(\d{4}))(\d)$/.exec(number)
  if (!match) return { ok: false, reason: 'shape' }
  const [, body = '', kind, mainClass = '', division = '', sequence = '', check] = match
  if (kind === '1' && !Object.hasOwn(SC_CLASSES, mainClass)) return { ok: false, reason: 'class' }
  if (mod1110(body) !== check) return { ok: false, reason: 'check_digit' }
  return { ok: true, number, of: kind === '1' ? 'food' : 'additive', mainClass, division, sequence }
}

/** A number with its check digit, for sample data. `category` is '1' + class, e.g. '111'. */
export function buildSc(category: string, division: string, sequence: number): string {
  const body = `${category}${division}${String(sequence).padStart(4, '0')}`
  const number = `SC${body}${mod1110(body)}`
  if (!checkSc(number).ok) throw new RangeError(`not the parts of an SC number: ${number}`)
  return number
}
