import { readFileSync } from 'node:fs'

/** Prefixes every EPCIS document knows. The web vocabulary moved to ref.gs1.org. */
export const gs1Prefixes: Readonly<Record<string, string>> = {
  gs1: 'https://ref.gs1.org/voc/',
  cbv: 'https://ref.gs1.org/cbv/',
  epcis: 'https://ref.gs1.org/epcis/',
  cbvmda: 'urn:epcglobal:cbv:mda',
}

type Json = { readonly [key: string]: Json | string | undefined } | readonly Json[]

const file = new URL('epcis-schema/epcis-context.jsonld', import.meta.url)
const context = (JSON.parse(readFileSync(file, 'utf8')) as { '@context': Json })['@context']

/** Bare words and their IRIs at a place of the JSON-LD context, scoped ones within. */
function wordsAt(...path: string[]): ReadonlyMap<string, string> {
  let at: unknown = context
  for (const key of path) at = (at as Record<string, unknown>)[key]
  const scoped = (at as { '@context': unknown })['@context']
  const words = new Map<string, string>()
  for (const part of Array.isArray(scoped) ? scoped : [scoped])
    for (const [word, iri] of Object.entries(part as Record<string, unknown>)) {
      const [prefix = '', local] = typeof iri === 'string' ? iri.split(':', 2) : []
      if (local !== undefined && /^(gs1|cbv)$/.test(prefix)) words.set(word, `${gs1Prefixes[prefix]}${local}`)
    }
  return words
}

const sensor = ['sensorElementList', '@context', 'sensorReport', '@context'] as const
const dispositions = wordsAt('disposition')

/** The fields whose values are words of the CBV, with the words each knows and the IRIs they stand for. */
export const cbvWords: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  bizStep: wordsAt('bizStep'),
  disposition: dispositions,
  set: dispositions,
  unset: dispositions,
  bizTransaction: wordsAt('bizTransactionList', '@context', 'type'),
  source: wordsAt('sourceList', '@context', 'type'),
  destination: wordsAt('destinationList', '@context', 'type'),
  reason: wordsAt('errorDeclaration', '@context', 'reason'),
  measurement: wordsAt(...sensor, 'type'),
  exception: wordsAt(...sensor, 'exception'),
  component: wordsAt(...sensor, 'component'),
}

/** URN forms of CBV 1.x and what they are today. */
const urnForms: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
]

/** A word of a CBV field as its full IRI, from a bare word, URN, CURIE or IRI; other text as it is. */
export function cbvIri(field: string, value: string): string {
  const known = cbvWords[field]?.get(value)
  if (known !== undefined) return known
  for (const [urn, iri] of urnForms) if (value.startsWith(urn)) return iri + value.slice(urn.length)
  return gs1Curie(value)
}

/** `gs1:…`, `cbv:…` and `epcis:…` in full; other text as it is. */
export function gs1Curie(value: string): string {
  const at = value.indexOf(':')
  const prefix = at < 0 ? undefined : gs1Prefixes[value.slice(0, at)]
  return prefix?.startsWith('https:') && !value.startsWith('//', at + 1)
    ? prefix + value.slice(at + 1)
    : value
}
