import type { ServiceDay } from '../days.ts'
import { checkGtin } from './gs1.ts'
import { type Element, fixedLength, gs1Day, gs1Grams, isKnownAi, isValidElement } from './gs1-elements.ts'
import { parseGs1Link } from './gs1-link.ts'

export type ScanRefusal = 'empty' | 'too_long' | 'unknown_identifier' | 'bad_value' | 'conflict' | 'not_gs1'
export type Scan = {
  readonly ok: true
  readonly elements: readonly Element[]
  readonly gtin: string | null
  readonly contentGtin: string | null
  readonly lot: string | null
  readonly serial: string | null
  readonly sscc: string | null
  readonly gln: string | null
  readonly produced: ServiceDay | null
  readonly packed: ServiceDay | null
  readonly bestBefore: ServiceDay | null
  readonly expiry: ServiceDay | null
  readonly netGrams: number | null
  readonly grossGrams: number | null
  readonly count: number | null
}
export type ScanResult = Scan | { readonly ok: false; readonly reason: ScanRefusal }

type ElementsResult =
  | { readonly ok: true; readonly elements: readonly Element[] }
  | { readonly ok: false; readonly reason: ScanRefusal }

const GS = '\u001d'
const refuse = (reason: ScanRefusal) => ({ ok: false, reason }) as const

/**
 * Reads what a scanner or keyboard gave: GS1 element strings (with or without the symbology identifier `]C1`),
 * the bracketed print form, a GS1 Digital Link, or a bare GTIN.
 */
export function readScan(scanned: string): ScanResult {
  if (scanned.length > 400) return refuse('too_long')
  const trimmed = scanned
    .normalize('NFKC')
    .trim()
    .replace(/<GS>|\{GS\}|<FNC1>|\{FNC1\}/gi, GS)
  const data = withoutOuterSeparators(trimmed.replace(/^\][A-Za-z]\d/, ''))
  if (data === '') return refuse('empty')
  const read = readElements(data)
  return read.ok ? interpret(read.elements) : read
}

function withoutOuterSeparators(data: string): string {
  let [from, to] = [0, data.length]
  while (data[from] === GS) from += 1
  while (to > from && data[to - 1] === GS) to -= 1
  return data.slice(from, to)
}

function readElements(data: string): ElementsResult {
  if (/^https?:\/\//i.test(data)) {
    const link = parseGs1Link(data)
    return link.ok ? link : refuse(link.reason === 'bad_value' ? 'bad_value' : 'not_gs1')
  }
  if (data.startsWith('(')) return readBracketed(data)
  const gtin = checkGtin(data)
  if (gtin.ok) return { ok: true, elements: [{ ai: '01', value: gtin.gtin }] }
  return readConcatenated(data)
}

/** The identifier at a place; identifiers are 2 to 4 digits and none is the beginning of another. */
function aiAt(data: string, from: number): string | null {
  for (const length of [2, 3, 4]) {
    const ai = data.slice(from, from + length)
    if (ai.length === length && isKnownAi(ai)) return ai
  }
  return null
}

function readConcatenated(data: string): ElementsResult {
  const elements: Element[] = []
  let at = 0
  while (at < data.length) {
    const ai = aiAt(data, at)
    if (!ai) return refuse(elements.length === 0 ? 'not_gs1' : 'unknown_identifier')
    const from = at + ai.length
    const separator = data.indexOf(GS, from)
    const end = separator === -1 ? data.length : separator
    const fixed = fixedLength(ai)
    const to = fixed === null ? end : Math.min(from + fixed, end)
    elements.push({ ai, value: data.slice(from, to) })
    at = data[to] === GS ? to + 1 : to
  }
  return { ok: true, elements }
}

function readBracketed(data: string): ElementsResult {
  const elements: Element[] = []
  // A value may hold brackets of its own; only a bracketed identifier begins the next element.
  const heads = [...data.matchAll(/\((\d{2,4})\)/g)].filter((head) => isKnownAi(head[1] as string))
  if (heads[0]?.index !== 0) return refuse('unknown_identifier')
  for (const [i, head] of heads.entries()) {
    const from = head.index + head[0].length
    const value = data.slice(from, heads[i + 1]?.index ?? data.length).replace(/\s+$/, '')
    elements.push({ ai: head[1] as string, value })
  }
  return { ok: true, elements }
}

function interpret(elements: readonly Element[]): ScanResult {
  const values = new Map<string, string>()
  for (const element of elements) {
    if (!isValidElement(element)) return refuse('bad_value')
    const before = values.get(element.ai)
    if (before !== undefined && before !== element.value) return refuse('conflict')
    values.set(element.ai, element.value)
  }
  const weight = (family: string) => elements.find(({ ai }) => ai.length === 4 && ai.startsWith(family))
  const [net, gross] = [weight('310'), weight('330')]
  const [netGrams, grossGrams] = [net ? gs1Grams(net) : null, gross ? gs1Grams(gross) : null]
  if ((net && netGrams === null) || (gross && grossGrams === null)) return refuse('bad_value')
  const day = (ai: string) => gs1Day(values.get(ai) ?? '')
  const count = values.get('37')
  return {
    ok: true,
    elements,
    gtin: values.get('01') ?? null,
    contentGtin: values.get('02') ?? null,
    lot: values.get('10') ?? null,
    serial: values.get('21') ?? null,
    sscc: values.get('00') ?? null,
    gln: values.get('414') ?? null,
    produced: day('11'),
    packed: day('13'),
    bestBefore: day('15'),
    expiry: day('17'),
    netGrams,
    grossGrams,
    count: count === undefined ? null : Number(count),
  }
}

/** Element string for a bar code: fixed-length values first, open ones separated by FNC1 (GS). */
export function elementString(elements: readonly Element[]): string {
  const bad = elements.find((element) => !isValidElement(element))
  if (bad) throw new RangeError(`not a GS1 element: (${bad.ai})${bad.value}`)
  const ordered = [...elements].sort((a, b) => Number(needsEnd(a.ai)) - Number(needsEnd(b.ai)))
  return ordered
    .map(({ ai, value }, i) => `${ai}${value}${needsEnd(ai) && i < ordered.length - 1 ? GS : ''}`)
    .join('')
}

/** Only identifiers of the predefined-length table may go without a separator, fixed or not. */
function needsEnd(ai: string): boolean {
  return !/^(?:0[0-4]|1[1-9]|20|3[1-6]|41)/.test(ai)
}

/** The form printed under a bar code: "(01)06901234567892(10)A1". */
export function bracketed(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value}`).join('')
}
