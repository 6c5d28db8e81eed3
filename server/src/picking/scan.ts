/**
 * Codes in what a scanner read or somebody typed: the text itself, and its parts where it is a trace address or a
 * label with more on it. Upper case, without scanner prefixes and full-width forms.
 */
export function codesIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/^\][A-Za-z]\d/, '')
    .trim()
    .toUpperCase()
  const parts = plain.split(/[^A-Z0-9-]+/).filter((part) => part.length >= 3)
  return [...new Set([plain, ...parts])].slice(0, 20)
}

/** Does the scan name this code? */
export const scanNames = (text: string, code: string): boolean => codesIn(text).includes(code.toUpperCase())
