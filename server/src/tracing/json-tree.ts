import { gs1Prefixes } from './cbv-words.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Prefixes that a JSON-LD context declares. */
export type Namespaces = ReadonlyMap<string, string>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list as it is, one value as a list of one, nothing as an empty list. */
export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

export const textAt = (object: JsonObject, key: string): string | null => {
  const value = object[key]
  return typeof value === 'string' ? value : null
}

/** The prefixes of a context: those every EPCIS document knows, then the document's own. */
export function namespacesOf(...contexts: readonly unknown[]): Namespaces {
  const found = new Map(Object.entries(gs1Prefixes))
  for (const part of contexts.flatMap(listOf)) {
    if (!isObject(part)) continue
    for (const [prefix, iri] of Object.entries(part)) {
      const full = isObject(iri) ? iri['@id'] : iri
      if (typeof full === 'string' && prefix !== 'gs1' && !prefix.startsWith('@')) found.set(prefix, full)
    }
  }
  return found
}

/** A member of an event as a tree without syntax: a list is several nodes of one name. */
export type Node = { readonly name: string; readonly text: string; readonly kids: readonly Node[] }

const noMembers = new Set(['#text', 'rdfs:comment', 'comment', '@context'])

/** The members of an object, their prefixed names as `{namespace}name`. */
export function nodesOf(object: JsonObject, namespaces: Namespaces): Node[] {
  return Object.entries(object).flatMap(([key, value]) => {
    if (noMembers.has(key) || key.startsWith('@xmlns')) return []
    const name = expandedName(key, namespaces)
    return listOf(value).flatMap((one) => (one === null ? [] : [nodeOf(name, one, namespaces)]))
  })
}

function nodeOf(name: string, value: unknown, namespaces: Namespaces): Node {
  if (Array.isArray(value))
    return {
      name,
      text: '',
      kids: value.filter((one) => one !== null).map((one) => nodeOf('', one, namespaces)),
    }
  if (!isObject(value)) return { name, text: String(value), kids: [] }
  const text = value['#text']
  return {
    name,
    text: typeof text === 'string' || typeof text === 'number' ? String(text) : '',
    kids: nodesOf(value, namespaces),
  }
}

/** `example:size` → `{https://ns.example.com/}size`; a name without a known prefix stays. */
function expandedName(key: string, namespaces: Namespaces): string {
  const at = key.indexOf(':')
  const namespace = at < 0 ? undefined : namespaces.get(key.slice(0, at))
  return namespace === undefined ? key : `{${namespace}}${key.slice(at + 1)}`
}
