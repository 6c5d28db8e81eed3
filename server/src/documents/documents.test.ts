import { writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { codeSvg } from './codes.ts'
import { fontRuns, missingGlyph } from './glyphs.ts'
import { writePdf } from './pdf.ts'
import type { PdfDoc } from './pdf-doc.ts'
import { csvOf, rowsOfXlsx, xlsxOf } from './sheet.ts'
import { zipOf } from './zip.ts'

const note: PdfDoc = {
  title: '送货单 Delivery note',
  sub: 'SO-2026-000123',
  code: { svg: codeSvg('qr', 'https://example.com/b/LOT-1'), width: 60 },
  parts: [
    {
      kind: 'facts',
      rows: [
        ['收货方', '沙县小吃（示例）喆'],
        ['日期', '2026-11-25'],
        ['车牌', '沪A12345'],
      ],
    },
    { kind: 'heading', text: '明细' },
    {
      kind: 'table',
      head: ['品名', '规格', '数量'],
      rows: Array.from({ length: 60 }, (_, i) => [`速冻柳叶蒸饺 ${i}`, '10 kg箱', String(i)]),
      widths: ['*', 80, 50],
      numeric: [2],
    },
    { kind: 'svg', svg: codeSvg('gs1-128', '(01)06901234567892(10)LOT1'), width: 200 },
    { kind: 'signatures', names: ['送货人', '收货人'] },
  ],
}

test('a document that cannot be laid out is refused and the next one is written', async () => {
  await expect(
    writePdf({ title: 'x', parts: [{ kind: 'pictures', urls: ['https://example.com/x.png'] }] }),
  ).rejects.toThrow('not laid out')
  const pdf = await writePdf(note)
  expect(pdf.toString('latin1', 0, 5)).toBe('%PDF-')
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
  expect(pdf.length).toBeLessThan(200_000)
  if (process.env['SHOW_PDF']) await writeFile(process.env['SHOW_PDF'], pdf)
})

test('many documents at once each get their own', async () => {
  const pdfs = await Promise.all([1, 2, 3].map((n) => writePdf({ title: `第${n}份`, parts: [] })))
  expect(new Set(pdfs.map((pdf) => pdf.toString('latin1'))).size).toBe(3)
})

test('every letter is drawn by a part of the font that has it, or by the sign for a missing one', () => {
  expect(fontRuns('沙县a喆').map(({ font }) => font)).toEqual(['common', 'rare'])
  expect(fontRuns('👍')).toEqual([{ text: missingGlyph, font: 'common' }])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const drawn = fontRuns(text).map((run) => run.text)
      expect([...drawn.join('')].length).toBe([...text].length)
    }),
  )
})

test('a code with a wrong check digit is refused', () => {
  expect(() => codeSvg('gs1-128', '(01)06901234567893')).toThrow('badChecksum')
})

const columns = [
  { head: '批次', of: (row: { lot: string; n: number }) => row.lot },
  { head: '数量', of: (row: { lot: string; n: number }) => row.n },
]

test('a sheet keeps leading zeros and numbers, and reads back', async () => {
  const bytes = await xlsxOf('批次/清单', columns, [{ lot: '007', n: 12 }])
  expect((await readXlsx(bytes)).sheets[0]?.rows).toEqual([
    ['批次', '数量'],
    ['007', 12],
  ])
  expect(await rowsOfXlsx(bytes)).toEqual([
    ['批次', '数量'],
    ['007', '12'],
  ])
  await expect(rowsOfXlsx(Buffer.from('no workbook'))).rejects.toMatchObject({ code: 'unsupported_media' })
})

test('CSV opens in Excel as UTF-8 and never runs a formula', () => {
  const text = csvOf(columns, [{ lot: '=1+1', n: -5 }]).toString()
  expect(text.startsWith('\ufeff批次,数量')).toBe(true)
  expect(text).toContain("'=1+1,-5")
})

test('two files of one name both reach the archive', async () => {
  const bytes = await zipOf([
    { name: '合格证.pdf', bytes: Buffer.from('a') },
    { name: '合格证.pdf', bytes: Buffer.from('b') },
  ])
  expect(Object.keys(unzipSync(bytes))).toEqual(['合格证.pdf', '合格证 (2).pdf'])
})
