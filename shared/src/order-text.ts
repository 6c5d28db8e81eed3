import { chineseNumber, NUMERAL_CHARACTERS } from './numerals.ts'
import { UNIT_WORDS, type UnitId, unitOfWord } from './units.ts'

/** One line read from a pasted message. Nothing is ordered before the person has confirmed it. */
export type OrderTextLine = {
  /** The piece of the message it was read from. */
  readonly text: string
  readonly name: string
  /** Exact decimal text, null when no amount was given. */
  readonly quantityText: string | null
  readonly unit: UnitId | null
  /** Remarks beside it: 要嫩的, 明天送. */
  readonly note: string
  /** Name, amount and unit were all read plainly. */
  readonly confident: boolean
}

const LONGEST_MESSAGE = 5000
const MOST_LINES = 200
/** A single piece without any separator; longer ones are no order, and matching stays cheap. */
const LONGEST_PIECE = 1000

const NUMBER = `\\d{1,7}(?:\\.\\d{1,4})?|[${NUMERAL_CHARACTERS}]{1,10}`
const UNIT = UNIT_WORDS.map((word) => (/^[a-z]+$/.test(word) ? `${word}(?![a-z])` : word)).join('|')
/** An amount with its unit; 一斤半 carries its half behind. A numeral gives way to the unit 两 (三两). */
const AMOUNT = new RegExp(`(?<![\\d.])(${NUMBER}?)\\s*(${UNIT})(半)?`, 'giu')
const BARE_AMOUNT = /^(.*?[^\d.\s])[\s:=*×x+-]*(\d{1,7}(?:\.\d{1,4})?)$/iu
/** Words of asking: longer ones before anything, single characters only before an amount. */
const LEADING_WORDS =
  /^(?:(?:麻烦|老板|你好|请|帮我|给我|我要|再来|再要|再加)+|(?:要|来|加|订|拿|送)(?=[\d零〇一二两俩三四五六七八九十百半]))+/u
const TRAILING_WORDS = /(?<=.)(?:再?[要来加订拿]|各)$/u
/** "1." or "2、" before a line of a numbered list. */
const LIST_NUMBER = /^\s*\d{1,3}[.)、](?=\s*[^\s\d])/gmu
const JOINERS = /^[\s:=*×+\-~.。!,]+|[\s:=*×+\-~.。!,]+$/gu

type Amount = {
  readonly at: number
  readonly end: number
  readonly quantityText: string
  readonly unit: UnitId
}

/** Reads an order as people paste it from a chat: "花生酱10瓶，拌面料5包", "土豆-3斤 | 白菜=15斤", "两箱扁肉". */
export function readOrderText(message: string): OrderTextLine[] {
  const plain = message.slice(0, LONGEST_MESSAGE).normalize('NFKC').replace(LIST_NUMBER, '')
  const lines: OrderTextLine[] = []
  for (const piece of plain.split(/[,、;|\n\r。!]+/u)) {
    if (lines.length >= MOST_LINES) break
    lines.push(...readPiece(piece.slice(0, LONGEST_PIECE).trim()))
  }
  return lines.slice(0, MOST_LINES)
}

function readPiece(piece: string): OrderTextLine[] {
  const notes: string[] = []
  // "(要嫩的)" is a remark, not part of a name.
  const text = piece
    .replace(/\(([^()]*)\)/g, (_, inside: string) => {
      notes.push(inside.trim())
      return ' '
    })
    .replace(LEADING_WORDS, '')
    .trim()
  const note = notes.filter((one) => one !== '').join(' ')
  if (text === '') return []
  const amounts = amountsIn(text)
  const first = amounts[0]
  if (!first) return [withoutUnit(piece, text, note)]
  const endsWithAmount = text.slice(amounts.at(-1)?.end).replace(JOINERS, '') === ''
  if (text.slice(0, first.at).replace(JOINERS, '') !== '') return amountsAfter(text, amounts, note)
  if (endsWithAmount && amounts.length > 1) return sizedName(piece, text, amounts, note)
  return amountsBefore(text, amounts, note)
}

function amountsIn(text: string): Amount[] {
  const found: Amount[] = []
  for (const match of text.matchAll(AMOUNT)) {
    const amount = amountOf(match)
    if (amount) found.push(amount)
  }
  return found
}

function amountOf(match: RegExpExecArray): Amount | null {
  const [whole, number = '', word = '', half] = match
  const unit = unitOfWord(word)
  const quantity = /^\d/.test(number) ? number : chineseNumber(number)
  if (!unit || quantity === null || Number(quantity) === 0) return null
  if (half && quantity.includes('.')) return null
  const quantityText = half ? `${quantity}.5` : quantity.replace(/^0+(?=\d)/, '')
  return { at: match.index, end: match.index + whole.length, quantityText, unit }
}

function withoutUnit(piece: string, text: string, note: string): OrderTextLine {
  const bare = BARE_AMOUNT.exec(text)
  const name = (bare?.[1] ?? text).replace(JOINERS, '')
  return { text: piece, name, quantityText: bare?.[2] ?? null, unit: null, note, confident: false }
}

function nameOf(raw: string): string {
  return raw.replace(JOINERS, '').replace(TRAILING_WORDS, '').replace(JOINERS, '')
}

/** 花生酱10瓶拌面料5包: each amount closes the name before it; what is left over is a remark. */
function amountsAfter(text: string, amounts: readonly Amount[], note: string): OrderTextLine[] {
  const rest = text.slice(amounts.at(-1)?.end).replace(JOINERS, '')
  return amounts.map((amount, i) => {
    const from = amounts[i - 1]?.end ?? 0
    const raw = text.slice(from, amount.at)
    const name = nameOf(raw)
    const isLast = i === amounts.length - 1
    return {
      text: text.slice(from, isLast ? text.length : amount.end).trim(),
      name,
      quantityText: amount.quantityText,
      unit: amount.unit,
      note: [note, isLast ? rest : ''].filter((one) => one !== '').join(' '),
      // Without a gap the second name may just be the pack of the first: 花生酱5kg桶装2桶.
      confident:
        name !== '' && (i === 0 ? amounts.length === 1 || startsApart(text, amount.end) : /^\s/.test(raw)),
    }
  })
}

function startsApart(text: string, end: number): boolean {
  return /^\s/.test(text.slice(end))
}

/** 两箱扁肉 3包拌面料: each amount opens the name behind it. */
function amountsBefore(text: string, amounts: readonly Amount[], note: string): OrderTextLine[] {
  return amounts.map((amount, i) => {
    const to = amounts[i + 1]?.at ?? text.length
    const raw = text.slice(amount.end, to)
    const name = raw.replace(/^的/, '').replace(JOINERS, '')
    const isApart = i === amounts.length - 1 || /\s$/.test(raw)
    return {
      text: text.slice(amount.at, to).trim(),
      name,
      quantityText: amount.quantityText,
      unit: amount.unit,
      note,
      confident: name !== '' && isApart,
    }
  })
}

/** 5kg花生酱2桶: a size in front belongs to the name; the last amount is the order. */
function sizedName(piece: string, text: string, amounts: readonly Amount[], note: string): OrderTextLine[] {
  const last = amounts.at(-1)
  if (!last) return []
  const name = text.slice(0, last.at).replace(JOINERS, '')
  return [{ text: piece, name, quantityText: last.quantityText, unit: last.unit, note, confident: false }]
}
