import { writeCsv } from 'hucre/csv'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { Fault } from '../kernel/fault.ts'

/** A column of a table to take away: its heading, how to read a row, and how wide it is in characters. */
export type Column<Row> = {
  head: string
  of: (row: Row) => string | number | null
  width?: number
  /** Excel number format, e.g. `0.00`. */
  format?: string
}
type Cell = string | number | boolean | Date | null

/** A workbook with one sheet; the head row stays in sight. Numbers are numbers, everything else is text. */
export async function xlsxOf<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<Buffer> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
        columns: columns.map(({ head, width = 16, format }, i) => ({
          header: head,
          key: String(i),
          width,
          ...(format ? { numFmt: format } : {}),
        })),
        data: rows.map((row) => Object.fromEntries(columns.map((column, i) => [String(i), column.of(row)]))),
        freezePane: { rows: 1 },
      },
    ],
  })
  return Buffer.from(bytes)
}

/** CSV that Excel opens as UTF-8; a text that would run as a formula is kept from it. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Buffer {
  const cells: Cell[][] = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map((column) => column.of(row))),
  ]
  return Buffer.from(writeCsv(cells, { bom: true, escapeFormulae: true }))
}

/** Rows of the first sheet of a workbook as texts; `unsupported_media` when it is none. */
export async function rowsOfXlsx(bytes: Buffer): Promise<string[][]> {
  const book = await readXlsx(bytes).catch(() => {
    throw new Fault('unsupported_media')
  })
  return (book.sheets[0]?.rows ?? []).map((row) => row.map(cellText))
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}
