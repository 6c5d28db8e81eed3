import { type Element, isKnownAi, isValidElement } from './gs1-elements.ts'

export type LinkResult =
  | { readonly ok: true; readonly elements: readonly Element[] }
  | { readonly ok: false; readonly reason: 'not_a_link' | 'no_key' | 'bad_value' }

/** Primary keys we use, each with the qualifiers that may follow it in the path. */
const KEYS: Readonly<Record<string, readonly string[]>> = { '01': ['10', '21'], '00': [], '414': [] }

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** Reads a GS1 Digital Link URI: `https://host/any/01/{gtin}/10/{lot}?17=261231`. */
export function parseGs1Link(uri: string): LinkResult {
  if (uri.length > 400 || !URL.canParse(uri)) return { ok: false, reason: 'not_a_link' }
  const url = new URL(uri)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, reason: 'not_a_link' }
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const start = parts.findIndex((part, i) => Object.hasOwn(KEYS, part) && (parts.length - i) % 2 === 0)
  if (start === -1) return { ok: false, reason: 'no_key' }
  const elements: Element[] = []
  for (let i = start; i < parts.length; i += 2) {
    const ai = parts[i] as string
    const value = decoded(parts[i + 1] as string)
    const allowed = i === start || KEYS[parts[start] as string]?.includes(ai)
    if (!allowed || value === null) return { ok: false, reason: 'bad_value' }
    elements.push({ ai, value: ai === '01' ? value.padStart(14, '0') : value })
  }
  for (const [ai, value] of url.searchParams) if (isKnownAi(ai)) elements.push({ ai, value })
  if (!elements.every(isValidElement)) return { ok: false, reason: 'bad_value' }
  return { ok: true, elements }
}

/** Builds a Digital Link on our host: the key, its qualifiers in their set order, the rest as query. */
export function buildGs1Link(origin: string, elements: readonly Element[]): string {
  const key = elements.find(({ ai }) => Object.hasOwn(KEYS, ai))
  const bad = elements.find((element) => !isValidElement(element))
  if (!key || bad) throw new RangeError(`not the elements of a link: ${bad ? `(${bad.ai})` : 'no key'}`)
  const qualifiers = (KEYS[key.ai] ?? []).flatMap((ai) => elements.filter((one) => one.ai === ai))
  const path = [key, ...qualifiers].map(({ ai, value }) => `/${ai}/${segment(value)}`).join('')
  const rest = elements.filter((one) => one !== key && !qualifiers.includes(one))
  const query = rest.map(({ ai, value }) => `${ai}=${encodeURIComponent(value)}`).join('&')
  return `${origin.replace(/\/+$/, '')}${path}${query ? `?${query}` : ''}`
}

/** URL parsers drop a segment of one or two dots even when percent-encoded, so it cannot be carried. */
function segment(value: string): string {
  if (value === '.' || value === '..') throw new RangeError('a lot of dots only cannot stand in a link')
  return encodeURIComponent(value)
}
