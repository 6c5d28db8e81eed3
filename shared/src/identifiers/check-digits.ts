/** Check digit of ISO 7064 MOD 11,10 (GB/T 17710), as printed on food licences. */
export function mod1110(digits: string): string {
  let product = 10
  for (const digit of digits) {
    product = (product + Number(digit)) % 10 || 10
    product = (product * 2) % 11
  }
  return String((11 - product) % 10)
}

/** GS1 mod-10 check digit: weights 3, 1, 3 … from the right. */
export function mod10(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits.at(-1 - i)) * (i % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

/** What a person or scanner gave, as upper-case half-width text without spaces; long text is cut, never scanned. */
export function tidyCode(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200d\ufeff]+/g, '')
    .toUpperCase()
}
