import { fontRuns } from './glyphs.ts'
import type { PdfDoc, PdfPart } from './pdf-doc.ts'

/** A piece of a document as the layout engine takes it. */
type Content = Readonly<Record<string, unknown>>

const millimetre = 72 / 25.4
const grey = '#555555'
const lineColour = '#999999'

/** A document as the layout engine takes it: our few kinds of parts, one look for all papers. */
export function layoutOf(doc: PdfDoc): Content {
  const label = doc.labelMm
  return {
    info: { title: doc.title },
    pageSize: label ? { width: label[0] * millimetre, height: label[1] * millimetre } : 'A4',
    pageOrientation: (label ? label[0] > label[1] : doc.landscape) ? 'landscape' : 'portrait',
    pageMargins: label ? 8 : [36, 36, 36, 44],
    defaultStyle: { font: 'common', fontSize: label ? 9 : 9.5, lineHeight: 1.15 },
    ...(doc.watermark
      ? { watermark: { text: doc.watermark, color: '#cc0000', opacity: 0.1, fontSize: 44 } }
      : {}),
    ...(label ? {} : { footer: footOf(doc.foot ?? '') }),
    content: [...(label ? [] : [headOf(doc)]), ...doc.parts.map((part) => partOf(part))],
  }
}

const runs = (text: string): { text: string; font: string }[] => fontRuns(text)

function headOf(doc: PdfDoc): Content {
  const sub: Content[] = doc.sub ? [{ text: runs(doc.sub), color: grey, margin: [0, 2, 0, 0] }] : []
  const words: Content[] = [{ text: runs(doc.title), fontSize: 17 }, ...sub]
  const margin: [number, number, number, number] = [0, 0, 0, 8]
  if (!doc.code) return { stack: words, margin }
  return { columns: [{ stack: words }, { svg: doc.code.svg, width: doc.code.width }], margin }
}

const footOf =
  (foot: string) =>
  (page: number, pages: number): Content => ({
    columns: [
      { text: runs(foot), width: '*' },
      { text: `${page} / ${pages}`, width: 60, alignment: 'right' },
    ],
    fontSize: 8,
    color: grey,
    margin: [36, 12, 36, 0],
  })

type Kind = PdfPart['kind']
type Of<K extends Kind> = Extract<PdfPart, { kind: K }>

const layouts: { [K in Kind]: (part: Of<K>) => Content } = {
  heading: ({ text }) => ({ text: runs(text), fontSize: 12, margin: [0, 10, 0, 4] }),
  text: ({ text, size = 9.5, align = 'left', muted }) => ({
    text: runs(text),
    fontSize: size,
    alignment: align,
    margin: [0, 2, 0, 2],
    ...(muted ? { color: grey } : {}),
  }),
  facts: ({ rows }) => factsOf(rows),
  table: (part) => tableOf(part),
  svg: ({ svg, width, align = 'left' }) => ({ svg, width, alignment: align, margin: [0, 4, 0, 4] }),
  pictures: ({ urls, large }) =>
    large
      ? {
          stack: urls.map((image) => ({
            image,
            fit: [520, 700],
            pageBreak: 'before' as const,
          })),
        }
      : picturesOf(urls),
  signatures: ({ names }) => ({
    columns: names.map((name) => ({ text: [...runs(name), { text: '：________________' }] })),
    margin: [0, 22, 0, 0],
  }),
  beside: ({ left, right }) => ({
    columns: [
      { stack: [partOf(left)], width: '*' },
      { stack: [partOf(right)], width: 'auto' },
    ],
  }),
  pageBreak: () => ({ text: '', pageBreak: 'after' }),
}

const partOf = <K extends Kind>(part: Of<K>): Content => layouts[part.kind](part)

function factsOf(rows: readonly (readonly [string, string])[]): Content {
  const cells = rows.map(([label, value]) => ({
    text: [...runs(`${label}  `).map((run) => ({ ...run, color: grey })), ...runs(value)],
  }))
  const pairs = Array.from({ length: Math.ceil(cells.length / 2) }, (_, i) => [
    cells[2 * i] ?? '',
    cells[2 * i + 1] ?? '',
  ])
  if (pairs.length === 0) return { text: '' }
  return { layout: 'noBorders', table: { widths: ['*', '*'], body: pairs }, margin: [0, 2, 0, 4] }
}

function tableOf({ head, rows, widths, numeric = [] }: Extract<PdfPart, { kind: 'table' }>): Content {
  const cell = (text: string, column: number) => ({
    text: runs(text),
    alignment: numeric.includes(column) ? ('right' as const) : ('left' as const),
  })
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: widths ? [...widths] : head.map(() => '*'),
      body: [
        head.map((text, i) => ({ ...cell(text, i), fillColor: '#eeeeee' })),
        ...rows.map((row) => head.map((_, i) => cell(row[i] ?? '', i))),
      ],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      hLineColor: () => lineColour,
      vLineColor: () => lineColour,
    },
    fontSize: 8.5,
    margin: [0, 2, 0, 6],
  }
}

function picturesOf(urls: readonly string[]): Content {
  const rows = Array.from({ length: Math.ceil(urls.length / 4) }, (_, i) => urls.slice(4 * i, 4 * i + 4))
  return {
    stack: rows.map((row) => ({
      columns: row.map((image) => ({ image, fit: [120, 120], width: 124 })),
      margin: [0, 2, 0, 4],
    })),
  }
}
