/** Bar and space widths of Code 128, symbols 0 to 105; the stop symbol stands apart. */
const widths = [
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232',
  '122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122',
  '321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311',
  '211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113',
  '213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422',
  '121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111',
  '241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121',
  '412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412',
  '211214 211232',
]
  .join(' ')
  .split(' ')
const stop = '2331112'
const startB = 104
/** Empty space that scanners need on both sides, in widths of the thinnest bar. */
const quiet = 10

/** Widths of bars and spaces, beginning with a bar; null for text that Code 128 B cannot hold. */
export function code128(text: string): number[] | null {
  const symbols = Array.from(text, (letter) => letter.charCodeAt(0) - 32)
  if (symbols.length === 0 || symbols.length > 48 || symbols.some((value) => value < 0 || value > 94))
    return null
  const check = symbols.reduce((sum, value, i) => sum + value * (i + 1), startB) % 103
  return [startB, ...symbols, check]
    .map((value) => widths[value])
    .concat(stop)
    .join('')
    .split('')
    .map(Number)
}

const startC = 105
const fnc1 = 102

/**
 * Bars of a GS1-128 whose elements are digits, an even number in all: FNC1 first, then pairs of digits (set C). Only
 * elements of a fixed length follow each other without a separator; an SSCC (00) stands alone.
 */
export function gs1Digits(digits: string): number[] {
  const pairs = digits.match(/\d\d/g) ?? []
  if (digits.length === 0 || pairs.length * 2 !== digits.length)
    throw new RangeError('an even number of digits')
  const values = [fnc1, ...pairs.map(Number)]
  const check = values.reduce((sum, value, i) => sum + value * (i + 1), startC) % 103
  return [startC, ...values, check]
    .map((value) => widths[value])
    .concat(stop)
    .join('')
    .split('')
    .map(Number)
}

/** A GS1-128 with its text in brackets below: "(00)369300001000000012". */
export function Gs1Barcode({ elements }: { elements: readonly (readonly [ai: string, digits: string])[] }) {
  const text = elements.map(([ai, digits]) => `(${ai})${digits}`).join('')
  return <Bars bars={gs1Digits(elements.map(([ai, digits]) => ai + digits).join(''))} text={text} />
}

/** A code to scan, with a quiet zone around it and its text below. Always dark on white: scanners need it. */
export function Barcode({ text }: { text: string }) {
  const bars = code128(text)
  if (!bars) return <b className="wh-code">{text}</b>
  return <Bars bars={bars} text={text} />
}

function Bars({ bars, text }: { bars: readonly number[]; text: string }) {
  const starts = bars.map((_, i) => bars.slice(0, i).reduce((sum, width) => sum + width, quiet))
  const path = bars.map((width, i) => (i % 2 === 0 ? `M${starts[i]} 0h${width}v40h-${width}z` : '')).join('')
  const whole = bars.reduce((sum, width) => sum + width, 2 * quiet)
  return (
    <figure className="wh-barcode">
      <svg viewBox={`0 0 ${whole} 40`} preserveAspectRatio="none" role="img" aria-label={text}>
        <path d={path} fill="#000" />
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  )
}
