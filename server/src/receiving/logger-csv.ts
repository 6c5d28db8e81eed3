/** One reading of a temperature logger: when, and tenths of °C. */
export type Reading = { readonly at: number; readonly deciC: number }
export type LoggerText = { ok: true; readings: Reading[] } | { ok: false; line: number }

/** Head lines a logger may write before its readings, and readings in one file. */
const headLinesMax = 60
const readingsMax = 20_000

const stamp =
  /^"?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T,;\t]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?"?\s*$/
const degrees = /^"?\s*([+\-−]?\d{1,3}(?:\.\d{1,3})?)\s*(?:℃|°C|C)?\s*"?$/i

/**
 * Reads a logger's CSV: each line a time and a temperature, in any of the usual writings, after a head of any words.
 * Times without an offset are Shanghai's. Readings come back in order of time, each instant once. Otherwise the
 * number of the line that cannot be read.
 */
export function readLoggerText(text: string): LoggerText {
  const found = new Map<number, number>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const reading = readLine(line)
    if (reading) found.set(reading.at, reading.deciC)
    else if (found.size > 0 || i >= headLinesMax) return { ok: false, line: i + 1 }
    if (found.size > readingsMax) return { ok: false, line: i + 1 }
  }
  if (found.size === 0) return { ok: false, line: lines.length }
  const readings = [...found].map(([at, deciC]) => ({ at, deciC })).toSorted((a, b) => a.at - b.at)
  return { ok: true, readings }
}

function readLine(line: string): Reading | null {
  const cells = line.split(/[,;\t]/)
  for (let i = 0; i < cells.length; i += 1) {
    // Date and time stand in one cell, or in two beside each other.
    for (const width of [1, 2]) {
      const at = readTime(
        cells
          .slice(i, i + width)
          .join(' ')
          .trim(),
      )
      if (at === null) continue
      for (const cell of cells.slice(i + width)) {
        const deciC = readDegrees(cell)
        if (deciC !== null) return { at, deciC }
      }
      return null
    }
  }
  return null
}

function readTime(text: string): number | null {
  const parts = stamp.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second = '00', offset] = parts
  const two = (part = '') => part.padStart(2, '0')
  const zone = offset ? offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') : '+08:00'
  const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`
  const at = Date.parse(`${iso}${zone}`)
  if (Number.isNaN(at) || at < 0) return null
  // A day that no month has is moved by the parser of dates: such a line is not read.
  const told = new Date(`${iso}Z`)
  return told.toISOString().startsWith(iso) ? at : null
}

function readDegrees(cell: string): number | null {
  const value = degrees.exec(cell.trim())?.[1]
  if (value === undefined) return null
  const deciC = Math.round(Number(value.replace('−', '-')) * 10)
  return Math.abs(deciC) <= 600 ? deciC : null
}
