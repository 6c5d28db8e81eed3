import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { sql } from 'drizzle-orm'
import { dayOf, readSheet } from '../documents/read-sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { issueIn, type Numbered, numberOnce } from './invoices.ts'

type Reply = ContractReply<Contracts['invoices.import']>
/** What is wrong with a row of the file. */
type Reason = 'id' | 'unknown' | 'number' | 'day' | 'twice' | 'state' | 'taken'
type Row = Numbered & { readonly row: number }
type Flaw = { readonly row: number; readonly reason: Reason }

const headings = {
  id: ['发票流水号', '流水号'],
  number20: ['数电票号码', '数电发票号码', '发票号码'],
  issuedOn: ['开票日期', '开票时间'],
} as const
const headRowsMax = 30
const rowsMax = 20_000
const shownMax = 30
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Takes the numbers of 数电票 back from our exported file after somebody filled them in: found by 发票流水号, rows without
 * a number are left as they are, several lines of one invoice count once. All or nothing: `invoice_rows_bad` names each
 * row at fault with its reason. The same file again changes nothing.
 */
export async function importNumbers(ctx: Ctx, bytes: unknown): Promise<Reply> {
  allow(ctx, 'statement.manage')
  if (!Buffer.isBuffer(bytes)) throw new Fault('unsupported_media')
  const { rows, flaws } = readRows(await readSheet(bytes))
  return numberOnce(() =>
    inTransaction(ctx, async (tx) => {
      const known = await readKnown(tx, rows)
      const wrong = [...flaws, ...rows.flatMap((row) => flawOf(row, known))]
      if (wrong.length > 0) throw rowsBad(wrong)
      const fresh = rows.filter((row) => known.byId.get(row.id)?.number20 !== row.number20)
      for (const row of fresh.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await issueIn(tx, ctx, row)
      return { issued: fresh.length, already: rows.length - fresh.length }
    }),
  )
}

function rowsBad(flaws: readonly Flaw[]): Fault {
  const sorted = flaws.toSorted((a, b) => a.row - b.row)
  const shown = sorted.slice(0, shownMax)
  const lines = shown.map((one) => one.row).join(', ') + (sorted.length > shownMax ? ' …' : '')
  const pointers = shown.map(({ row, reason }) => ({ pointer: `/rows/${row}`, reason }))
  return new Fault('invoice_rows_bad', '', { params: { lines }, pointers })
}

/** Rows with a number, by row of the file from 1, each invoice once. */
function readRows(cells: readonly string[][]): { rows: Row[]; flaws: Flaw[] } {
  const { headRow, at } = findHead(cells)
  const rows = new Map<string, Row>()
  const flaws: Flaw[] = []
  for (const [index, line] of cells.slice(0, rowsMax + headRow + 1).entries()) {
    const number20 = (line[at.number20] ?? '').replaceAll(/\s/g, '')
    if (index <= headRow || number20 === '') continue
    const row = index + 1
    const id = (line[at.id] ?? '').toLowerCase()
    const issuedOn = dayOf(line[at.issuedOn] ?? '')
    const before = rows.get(id)
    if (!uuid.test(id)) flaws.push({ row, reason: 'id' })
    else if (!/^\d{20}$/.test(number20)) flaws.push({ row, reason: 'number' })
    else if (issuedOn === null) flaws.push({ row, reason: 'day' })
    else if (!before) rows.set(id, { row, id, number20, issuedOn })
    else if (before.number20 !== number20 || before.issuedOn !== issuedOn)
      flaws.push({ row, reason: 'twice' })
  }
  return { rows: [...rows.values()], flaws }
}

function findHead(cells: readonly string[][]) {
  for (const [headRow, line] of cells.slice(0, headRowsMax).entries()) {
    const names = line.map((cell) => cell.replaceAll(/\s/g, ''))
    const place = (known: readonly string[]): number => names.findIndex((name) => known.includes(name))
    const at = {
      id: place(headings.id),
      number20: place(headings.number20),
      issuedOn: place(headings.issuedOn),
    }
    if (Object.values(at).every((one) => one >= 0)) return { headRow, at }
  }
  const columns = Object.values(headings)
    .map(([name]) => name)
    .join('、')
  throw new Fault('invoice_columns_missing', '', { params: { columns } })
}

type Known = {
  readonly byId: ReadonlyMap<string, { status: string; number20: string | null; issuedOn: string | null }>
  /** Whose a number is already. */
  readonly byNumber: ReadonlyMap<string, string>
  /** The row of the file that names a number first. */
  readonly firstRow: ReadonlyMap<string, number>
}

async function readKnown(tx: Tx, rows: readonly Row[]): Promise<Known> {
  const found = await docs<{ id: string; status: string; number20: string | null; issuedOn: string | null }>(
    tx,
    sql`select id, status, number20, issued_on as "issuedOn" from invoices
      where id = any(${bareArray(rows.map((row) => row.id))}::uuid[])
        or number20 = any(${bareArray(rows.map((row) => row.number20))}::text[])`,
  )
  return {
    byId: new Map(found.map((one) => [one.id, one])),
    byNumber: new Map(found.flatMap((one) => (one.number20 ? [[one.number20, one.id] as const] : []))),
    firstRow: new Map(rows.toReversed().map((one) => [one.number20, one.row])),
  }
}

function flawOf({ row, id, number20, issuedOn }: Row, known: Known): Flaw[] {
  const invoice = known.byId.get(id)
  if (!invoice) return [{ row, reason: 'unknown' }]
  const owner = known.byNumber.get(number20)
  const isTwin = known.firstRow.get(number20) !== row
  if ((owner !== undefined && owner !== id) || isTwin) return [{ row, reason: 'taken' }]
  if (invoice.number20 === number20 && invoice.issuedOn === issuedOn) return []
  return nextStatus('invoice', invoice.status, 'issue') ? [] : [{ row, reason: 'state' }]
}
