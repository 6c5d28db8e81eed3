import { readScan } from '@huming/shared/identifiers/gs1-scan'

/**
 * Codes a scanned or typed text may mean: the text itself, the lot of a GS1 bar code or Digital Link, and the parts
 * of an address; in capitals, without scanner prefixes and full-width forms.
 */
export function codesOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/^\][A-Za-z]\d/, '')
    .trim()
    .toUpperCase()
  const read = readScan(text)
  const lot = read.ok && read.lot ? [read.lot.toUpperCase()] : []
  const parts = plain.split(/[^A-Z0-9-]+/).filter((part) => part.length >= 3)
  return [...new Set([plain, ...lot, ...parts])].slice(0, 20)
}
