/**
 * Pay codes: what a buyer writes into the memo of a bank transfer. `HM`, seven digits and a check digit after Damm
 * (H. M. Damm, 2004), which finds every single wrong digit and every swap of neighbours.
 */
const table = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** Check digit of a row of digits; over digits with their check digit it is 0. */
export function checkDigit(digits: string): number {
  let interim = 0
  for (const digit of digits) interim = Number(table[interim]?.[Number(digit)])
  return interim
}

const numberOf = 7
/** Pay codes there are. */
export const payCodesMax = 10 ** numberOf

/** The pay code of a number from 0 to `payCodesMax` − 1. */
export function payCodeOf(number: number): string {
  const digits = String(number).padStart(numberOf, '0')
  return `HM${digits}${checkDigit(digits)}`
}

/** Every right pay code in a text that people typed, in the order of appearance; blanks and dashes do not matter. */
export function payCodesIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_·.]+/g, '')
  return [...plain.matchAll(/HM(\d{8})(?!\d)/g)]
    .map(([code, digits]) => (checkDigit(digits as string) === 0 ? code : ''))
    .filter((code, i, all) => code !== '' && all.indexOf(code) === i)
}
