import { parseYuan } from '@huming/shared/money'
import { dayOf, readSheet } from '../documents/read-sheet.ts'
import { Fault } from '../kernel/fault.ts'

/** Money in of a bank statement: amounts in fen, day as `YYYY-MM-DD`. */
export type FileLine = {
  /** Row of the file, from 1. */
  readonly row: number
  readonly serial: string
  readonly day: string
  readonly payer: string
  readonly payerAccount: string
  readonly amountFen: number
  readonly memo: string
}

/** Headings of Chinese banks' exports, for what they mean. */
const headings = {
  serial: ['流水号', '交易流水号', '银行流水号', '核心流水号', '交易序号', '凭证号'],
  day: ['交易日期', '交易时间', '记账日期', '入账日期', '入账时间', '日期'],
  payer: ['对方户名', '对方名称', '对方单位', '对方账户名称', '付款人名称', '付款人', '交易对方'],
  payerAccount: ['对方账号', '对方账户', '对方帐号', '付款人账号', '付款账号'],
  credit: ['贷方金额', '贷方发生额', '收入金额', '收入', '贷方', '存入金额', '入账金额'],
  debit: ['借方金额', '借方发生额', '支出金额', '支出', '借方', '支取金额'],
} as const
const memoHeadings = ['摘要', '附言', '用途', '备注', '交易附言', '交易摘要', '客户附言']
type Key = keyof typeof headings
const required: readonly Key[] = ['serial', 'day', 'payer', 'credit']

const headRowsMax = 30
export const linesMax = 20_000
const badShown = 30

/**
 * Reads a bank's export, XLSX or CSV (UTF-8 or GB18030): finds the row of headings, takes lines with money in, passes
 * over money out and the bank's own sums. Refuses the whole file with `bank_columns_missing`, or with `bank_lines_bad`
 * and the rows at fault.
 */
export async function readBankFile(bytes: Buffer): Promise<FileLine[]> {
  const cleaned = await readSheet(bytes)
  const { headRow, columns, memos } = findHead(cleaned)
  const lines: FileLine[] = []
  const bad: number[] = []
  const serials = new Set<string>()
  for (const [index, cells] of cleaned.entries()) {
    if (index <= headRow || cells.every((cell) => cell === '')) continue
    const of = (key: Key): string => (columns[key] === undefined ? '' : (cells[columns[key]] ?? ''))
    if (of('serial') === '' && /合计|总计|小计|本页/.test(cells.join(''))) continue
    const line = lineOf(
      index + 1,
      of,
      memos.map((at) => cells[at] ?? ''),
    )
    if (line === 'out') continue
    if (line === 'bad' || serials.has(line.serial)) bad.push(index + 1)
    else {
      serials.add(line.serial)
      lines.push(line)
    }
  }
  if (lines.length > linesMax) bad.push(linesMax + headRow + 2)
  if (bad.length > 0)
    throw new Fault('bank_lines_bad', '', { params: { lines: shown(bad) }, lines: bad.slice(0, 500) })
  return lines
}

export const shown = (rows: readonly number[]): string =>
  rows.slice(0, badShown).join(', ') + (rows.length > badShown ? ' …' : '')

function lineOf(row: number, of: (key: Key) => string, memos: string[]): FileLine | 'out' | 'bad' {
  const credit = amountOf(of('credit'))
  const debit = amountOf(of('debit'))
  if (credit === null || debit === null || credit < 0 || debit < 0) return 'bad'
  const day = dayOf(of('day'))
  const serial = of('serial')
  if (!day || serial === '' || serial.length > 64) return 'bad'
  if (credit === 0) return debit > 0 ? 'out' : 'bad'
  if (debit > 0) return 'bad'
  const memo = memos.filter((text, i) => text !== '' && memos.indexOf(text) === i).join(' ')
  return {
    row,
    serial,
    day,
    payer: of('payer').slice(0, 120),
    payerAccount: of('payerAccount').slice(0, 64),
    amountFen: credit,
    memo: memo.slice(0, 300),
  }
}

function findHead(rows: readonly string[][]): {
  headRow: number
  columns: Partial<Record<Key, number>>
  memos: number[]
} {
  let missing: readonly Key[] = required
  for (const [headRow, cells] of rows.slice(0, headRowsMax).entries()) {
    const names = cells.map((cell) => cell.replace(/[（(].*$/, '').replaceAll(/\s/g, ''))
    const columns: Partial<Record<Key, number>> = {}
    for (const [key, known] of Object.entries(headings) as [Key, readonly string[]][]) {
      const name = known.find((one) => names.includes(one))
      if (name !== undefined) columns[key] = names.indexOf(name)
    }
    const absent = required.filter((key) => columns[key] === undefined)
    const memos = names.flatMap((name, at) => (memoHeadings.includes(name) ? [at] : []))
    if (absent.length === 0) return { headRow, columns, memos }
    if (absent.length < missing.length) missing = absent
  }
  throw new Fault('bank_columns_missing', '', {
    params: { columns: missing.map((key) => headings[key][0]).join('、') },
  })
}

/** Fen of an amount; 0 when the cell is empty. */
function amountOf(text: string): number | null {
  const plain = text.replace(/^(CNY|RMB)/i, '').trim()
  return plain === '' || plain === '-' || plain === '--' ? 0 : parseYuan(plain.replace(/^\+/, ''))
}
