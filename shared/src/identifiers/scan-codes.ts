import { readScan } from './gs1-scan.ts'

type Named = 'lot' | 'sscc' | 'serial'

/**
 * Codes in what a scanner read or somebody typed: the text itself; the `named` parts of a GS1 bar code, element string
 * or Digital Link (lot AI 10, SSCC 00, serial 21); and the parts of a trace address or of a label with more on it.
 * Upper case, without scanner prefixes and full-width forms.
 */
export function codesIn(text: string, named: readonly Named[] = ['lot', 'sscc', 'serial']): string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/^\][A-Za-z]\d/, '')
    .trim()
    .toUpperCase()
  const read = readScan(text)
  const values = read.ok ? named.flatMap((one) => read[one]?.toUpperCase() ?? []) : []
  const parts = plain.split(/[^A-Z0-9-]+/).filter((part) => part.length >= 3)
  return [...new Set([plain, ...values, ...parts])].slice(0, 20)
}

/** Does the scan name this code? */
export const scanNames = (text: string, code: string): boolean => codesIn(text).includes(code.toUpperCase())
