/** A printed document as plain data: its head, then its parts from top to bottom. */
export type PdfDoc = {
  title: string
  /** Small line under the title: number, day, organisation. */
  sub?: string
  /** A code at the top right, as SVG (`codeSvg`). */
  code?: { svg: string; width: number }
  parts: readonly PdfPart[]
  /** Left part of the foot line; page numbers are on the right. */
  foot?: string
  landscape?: boolean
  /** Width and height of a label in millimetres; A4 without. */
  labelMm?: readonly [number, number]
  /** Printed across every page, e.g. 演练 on a drill. */
  watermark?: string
}

export type PdfPart =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; size?: number; align?: 'left' | 'center' | 'right'; muted?: boolean }
  /** Label and value, two pairs on a row. */
  | { kind: 'facts'; rows: readonly (readonly [string, string])[] }
  | {
      kind: 'table'
      head: readonly string[]
      rows: readonly (readonly string[])[]
      /** Points, `*` (share of the rest) or `auto`; all `*` without. */
      widths?: readonly (number | '*' | 'auto')[]
      /** Columns set to the right: quantities and sums. */
      numeric?: readonly number[]
    }
  | { kind: 'svg'; svg: string; width: number; align?: 'left' | 'center' }
  /** Pictures as data URLs (JPEG or PNG), four on a row, or one on a page when `large`. */
  | { kind: 'pictures'; urls: readonly string[]; large?: boolean }
  /** Lines to sign on. */
  | { kind: 'signatures'; names: readonly string[] }
  /** Two parts side by side. */
  | { kind: 'beside'; left: PdfPart; right: PdfPart }
  | { kind: 'pageBreak' }
