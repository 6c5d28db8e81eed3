import type { Dice } from '../ids.ts'

const surnames = [...'林陈黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄吕江何罗高萧潘简朱钟彭詹胡施沈余']
const words =
  '小满 立春 清和 秋实 晓峰 海燕 志远 文静 建国 丽华 春梅 冬青 雨晴 嘉禾 永福 长安 明珠 晨曦 思源 若水 守信 勤生 巧云 兰芳'
const given = words.split(' ')

/** A made-up person's name; the mark 示例 is part of it. */
export const personName = (dice: Dice): string => `${dice.one(surnames)}${dice.one(given)}（示例）`

/** The 示例 mark on a name of an organisation, place or person. */
export const marked = (name: string): string => `${name}（示例）`

/** A phone number of the 154 range, which no operator gives out; `n` below 10 000 000. */
export const samplePhone = (n: number): string => String(15_400_000_000 + n)
