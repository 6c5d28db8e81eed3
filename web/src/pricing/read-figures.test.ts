import { expect, test } from 'vitest'
import { readFigures } from './read-figures.ts'

const row = '江桥\t大白菜\t一级\t2026/11/3\t1.8\t2.00\t2.4\t公斤'
const figure = {
  market: '江桥',
  product: '大白菜',
  grade: '一级',
  day: '2026-11-03',
  lowCentifen: 18_000,
  averageCentifen: 20_000,
  highCentifen: 24_000,
  per: 1000,
}

test('rows by tabs or commas are read, headings and empty lines passed over', () => {
  const text = `\uFEFF市场\t品名\t规格\t日期\t最低\t平均\t最高\t单位\r\n${row}\n\n江桥,大白菜,,2026-11-03,,1.00,,元/斤`
  expect(readFigures(text)).toEqual({
    figures: [
      figure,
      { ...figure, grade: '', lowCentifen: null, averageCentifen: 10_000, highCentifen: null, per: 500 },
    ],
    bad: [],
  })
})

test('what cannot be read is named by its row, and nothing is guessed', () => {
  const wrong = [
    row.replace('2026/11/3', '2026-02-30'),
    row.replace('2.00', '2.00000'),
    row.replace('公斤', '箱'),
    row.replace('1.8', '约1.8'),
    row.replace('江桥', ''),
  ]
  const read = readFigures([row, ...wrong].join('\n'))
  expect(read.figures).toEqual([figure])
  expect(read.bad.map((one) => one.n)).toEqual([2, 3, 4, 5, 6])
})
