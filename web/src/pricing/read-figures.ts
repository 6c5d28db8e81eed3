import { isServiceDay } from '@huming/shared/days'
import { parseUnitPrice } from '@huming/shared/money'

/** A row of a market's price list as it is sent. */
export type Figure = {
  market: string
  product: string
  grade: string
  day: string
  lowCentifen: number | null
  averageCentifen: number
  highCentifen: number | null
  per: number
}

const units: Readonly<Record<string, number>> = {
  公斤: 1000,
  千克: 1000,
  kg: 1000,
  '元/公斤': 1000,
  '元/kg': 1000,
  斤: 500,
  '元/斤': 500,
}

/**
 * Reads rows pasted from a sheet or a CSV file: market, product, grade, day, low, average, high, unit, by tabs or
 * commas. A first row of headings is passed over; a row that cannot be read is given back with its number.
 */
export function readFigures(text: string): { figures: Figure[]; bad: { n: number; text: string }[] } {
  const figures: Figure[] = []
  const bad: { n: number; text: string }[] = []
  for (const [i, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue
    const cells = line
      .split(line.includes('\t') ? '\t' : /[,，]/)
      .map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const figure = figureOf(cells)
    if (figure) figures.push(figure)
    else if (i > 0 || parseUnitPrice(cells[5] ?? '') !== null) bad.push({ n: i + 1, text: line.slice(0, 60) })
  }
  return { figures, bad }
}

function figureOf(cells: readonly string[]): Figure | null {
  const [market = '', product = '', grade = '', date = '', low = '', average = '', high = '', unit = ''] =
    cells
  const day = date.replaceAll('/', '-').replace(/-(\d)(?=-|$)/g, '-0$1')
  const averageCentifen = parseUnitPrice(average)
  const per = units[unit.toLowerCase()]
  const lowCentifen = low === '' ? null : parseUnitPrice(low)
  const highCentifen = high === '' ? null : parseUnitPrice(high)
  const readable = (low === '' || lowCentifen !== null) && (high === '' || highCentifen !== null)
  if (!market || !product || !isServiceDay(day) || !averageCentifen || !per || !readable) return null
  return { market, product, grade, day, lowCentifen, averageCentifen, highCentifen, per }
}
