/** What a person typed as a number, full-width digits and commas included; null when it is none. */
export function readNumber(text: string, decimals: number): number | null {
  const plain = text.normalize('NFKC').replaceAll(',', '').replaceAll('。', '.').trim()
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain) || plain.length > 15) return null
  const scale = 10 ** decimals
  return Math.round(Number(plain) * scale) / scale
}
