import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import type { PdfDoc } from './pdf-doc.ts'
import { layoutOf } from './pdf-layout.ts'

const fontFile = (name: string) => fileURLToPath(new URL(`../../fonts/${name}.ttf`, import.meta.url))

const faces = (file: string) => ({ normal: file, bold: file, italics: file, bolditalics: file })
pdfmake.setFonts({
  common: faces(fontFile('NotoSansSC-common')),
  rare: faces(fontFile('NotoSansSC-rare')),
})
// A document never fetches anything, and reads no file but the fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path.endsWith('.ttf'))

parentPort?.on('message', (asked: { ticket: number; doc: PdfDoc }) => void answer(asked))

async function answer({ ticket, doc }: { ticket: number; doc: PdfDoc }): Promise<void> {
  try {
    const bytes = await pdfmake.createPdf(layoutOf(doc)).getBuffer()
    parentPort?.postMessage({ ticket, bytes })
  } catch (error) {
    parentPort?.postMessage({ ticket, error: error instanceof Error ? error.message : String(error) })
  }
}
