import { readScan } from '@huming/shared/identifiers/gs1-scan'

/** Lot codes that a scan or a typed text may mean: the text itself, the lot of a GS1 code (AI 10), parts of a label. */
export function lotCodesIn(text: string): string[] {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  const read = readScan(text)
  const named = read.ok && read.lot ? [read.lot.toUpperCase()] : []
  const parts = plain.split(/[^A-Z0-9-]+/).filter((part) => part.length >= 4)
  return [...new Set([...named, plain, ...parts])].slice(0, 20)
}
