/** Which of the two parts of the font has a character. */
export type FontPart = 'common' | 'rare'

/** Every character GBK can hold, by the part of the font that draws it; the fonts were cut by the same rule. */
function coverage(): Map<string, FontPart> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, FontPart>()
  const common = (from: number, to: number) => {
    for (let code = from; code < to; code++) found.set(String.fromCharCode(code), 'common')
  }
  common(0x20, 0x250)
  common(0x2000, 0x2070)
  for (const sign of '℃℉№€±×÷≤≥≈→←↑↓✓✗☐☑■□●○▲△★☆²³½¼¾₂') found.set(sign, 'common')
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      const sign = decoder.decode(Uint8Array.of(high, low))
      if (low === 0x7f || [...sign].length !== 1 || sign === '\ufffd' || found.has(sign)) continue
      const inGb2312 = high >= 0xa1 && high <= 0xf7 && low >= 0xa1
      if (inGb2312 || !/[\ue000-\uf8ff]/u.test(sign)) found.set(sign, inGb2312 ? 'common' : 'rare')
    }
  }
  return found
}

let known: Map<string, FontPart> | undefined

/** Stands for a character no part of the font has: a printed name must not lose a letter in silence. */
export const missingGlyph = '〓'

/** Parts a text into runs drawn with one part of the font each. */
export function fontRuns(text: string): { text: string; font: FontPart }[] {
  known ??= coverage()
  const runs: { text: string; font: FontPart }[] = []
  for (const sign of text) {
    const font = sign === '\n' ? 'common' : known.get(sign)
    const run = { text: font ? sign : missingGlyph, font: font ?? ('common' as const) }
    const last = runs.at(-1)
    if (last?.font === run.font) last.text += run.text
    else runs.push(run)
  }
  return runs
}
