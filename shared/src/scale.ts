/** What a scale said: net grams, or why that is no weight to write down. */
export type ScaleReading =
  | { readonly ok: true; readonly grams: number }
  | { readonly ok: false; readonly reason: 'not_a_scale' | 'unstable' | 'overload' | 'negative' }

const gramsPer: Readonly<Record<string, number>> = { KG: 1000, G: 1, 斤: 500, JIN: 500, 公斤: 1000, 克: 1 }
const no = (reason: Extract<ScaleReading, { ok: false }>['reason']): ScaleReading => ({ ok: false, reason })

/**
 * Reads the line a scale sends or somebody pasted: A&D and alike (`ST,NT,+  12.345kg`, `US,…` while it moves, `OL`),
 * Mettler Toledo MT-SICS (`S S     12.345 kg`, `S D` while it moves, `S +` too heavy), plain `ww0012.345kg`, and
 * `12.345 kg`, `850 g`, `24.6 斤`. Grams, rounded to the whole gram.
 */
export function readScale(text: string): ScaleReading {
  const line = text.slice(0, 80).normalize('NFKC').toUpperCase().trim()
  if (/^(OL|S\s+\+|S\s+I)\b|^S\s+\+$/.test(line)) return no('overload')
  if (/^(US\s*[,;]|S\s+D\b)/.test(line)) return no('unstable')
  const found =
    /^(?:ST\s*[,;]\s*(?:(?:NT|GS|TR|N|G)\s*[,;]\s*)?|S\s+S\s+|W[NWGT]|N|=)?\s*([+-]?)\s*(\d{1,7}(?:\.\d{1,4})?)\s*(KG|公斤|克|斤|JIN|G)$/.exec(
      line,
    )
  if (!found) return no('not_a_scale')
  const [, sign, digits, unit] = found as unknown as [string, string, string, string]
  const grams = Math.round(Number(digits) * (gramsPer[unit] as number))
  return sign === '-' && grams > 0 ? no('negative') : { ok: true, grams }
}
