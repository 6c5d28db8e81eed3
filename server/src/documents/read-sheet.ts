import { isServiceDay } from '@huming/shared/days'
import { parseCsv } from 'hucre/csv'
import { Fault } from '../kernel/fault.ts'
import { rowsOfXlsx } from './sheet.ts'

/** Rows of a workbook's first sheet, or of CSV in UTF-8 or GB 18030, as cleaned texts; else `unsupported_media`. */
export async function readSheet(bytes: Buffer): Promise<string[][]> {
  const rows = isZip(bytes) ? await rowsOfXlsx(bytes) : rowsOfCsv(bytes)
  return rows.map((row) => row.map(clean))
}

const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))

function rowsOfCsv(bytes: Buffer): string[][] {
  // A workbook of old Excel, a picture, a paper: no text.
  if (bytes.includes(0)) throw new Fault('unsupported_media')
  const text = decoded(bytes)
  return parseCsv(text).map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
}

function decoded(bytes: Buffer): string {
  for (const label of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes)
    } catch {
      // The next one.
    }
  }
  throw new Fault('unsupported_media')
}

/** Banks pad with blanks and tabs and keep long numbers from Excel by `="…"`. */
const clean = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/^\s*="(.*)"\s*$/, '$1')
    // oxlint-disable-next-line no-control-regex -- control characters never reach the database
    .replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
    .replace(/^[\s']+|\s+$/g, '')
    .toWellFormed()

/** The service day a cell tells, as people and banks write days; null when it tells none. */
export function dayOf(text: string): string | null {
  const match =
    /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})/.exec(text)
  if (!match) return null
  const [, year, month = '', date = ''] = match
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isServiceDay(day) ? day : null
}
