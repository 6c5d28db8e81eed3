import { readScan } from '@huming/shared/identifiers/gs1-scan'

/**
 * Codes in what a scanner read or somebody typed: the text itself; the lot (AI 10), SSCC (00) and GTIN (01) of a GS1
 * bar code, element string or Digital Link; and the parts of a trace address or of a label with more on it. Upper
 * case, without scanner prefixes and full-width forms.
 */
export function codesIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/^\][A-Za-z]\d/, '')
    .trim()
    .toUpperCase()
  const read = readScan(text)
  const named = read.ok ? [read.lot, read.sscc, read.serial].flatMap((one) => one?.toUpperCase() ?? []) : []
  const parts = plain.split(/[^A-Z0-9-]+/).filter((part) => part.length >= 3)
  return [...new Set([plain, ...named, ...parts])].slice(0, 20)
}

/** Does the scan name this code? */
export const scanNames = (text: string, code: string): boolean => codesIn(text).includes(code.toUpperCase())
