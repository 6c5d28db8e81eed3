import { isObject, type JsonObject, listOf } from './json-tree.ts'

/** An EPCIS document taken apart: its events in their order with where each stands, and the rest. */
type Unpacked = {
  readonly events: readonly { readonly pointer: string; readonly event: JsonObject }[]
  readonly contexts: readonly unknown[]
  /** All but the events. */
  readonly envelope: JsonObject
}

/** Takes an `EPCISDocument`, an `EPCISQueryDocument` or a bare event apart. The document was validated before. */
export function unpack(document: JsonObject): Unpacked {
  const contexts = listOf(document['@context'])
  if (document['type'] !== 'EPCISDocument' && document['type'] !== 'EPCISQueryDocument')
    return { events: [{ pointer: '', event: withoutContext(document) }], contexts, envelope: {} }
  const { epcisBody, ...envelope } = document
  const body = isObject(epcisBody) ? epcisBody : {}
  const at = document['type'] === 'EPCISQueryDocument' ? '/epcisBody/queryResults/resultsBody' : '/epcisBody'
  const holder = at
    .split('/')
    .slice(2)
    .reduce<JsonObject>((within, key) => {
      const next = within[key]
      return isObject(next) ? next : {}
    }, body)
  const list = listOf(holder['eventList']).filter(isObject)
  const single = isObject(holder['event']) ? [holder['event']] : []
  return {
    events: [
      ...single.map((event) => ({ pointer: `${at}/event`, event })),
      ...list.map((event, i) => ({ pointer: `${at}/eventList/${i}`, event })),
    ],
    contexts,
    envelope,
  }
}

function withoutContext(event: JsonObject): JsonObject {
  const { '@context': _, ...rest } = event
  return rest
}

/** The context every document of ours begins with. */
export const standardContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

export type StoredEvent = { readonly contexts: readonly unknown[]; readonly event: JsonObject }

/**
 * Events as one document again. The contexts of all are put on top; an event whose prefixes mean something else than
 * those of an earlier one keeps its own beside it.
 */
export function queryDocument(
  events: readonly StoredEvent[],
  createdAt: Date,
  queryName = 'SimpleEventQuery',
): JsonObject {
  const prefixes = new Map<string, string>()
  const shared: unknown[] = [standardContext]
  const seen = new Set<string>([JSON.stringify(standardContext)])
  const list = events.map(({ contexts, event }) => {
    const own = contexts.filter((context) => !isStandard(context))
    const clashes = own
      .filter(isObject)
      .some((context) =>
        Object.entries(context).some(
          ([prefix, iri]) => prefixes.has(prefix) && prefixes.get(prefix) !== JSON.stringify(iri),
        ),
      )
    if (clashes) return { '@context': [...own, ...listOf(event['@context'])], ...event }
    for (const context of own) {
      if (isObject(context))
        for (const [prefix, iri] of Object.entries(context)) prefixes.set(prefix, JSON.stringify(iri))
      const text = JSON.stringify(context)
      if (!seen.has(text)) shared.push(context)
      seen.add(text)
    }
    return event
  })
  return {
    '@context': shared,
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: createdAt.toISOString(),
    epcisBody: { queryResults: { queryName, resultsBody: { eventList: list } } },
  }
}

/** The standard's own context, under any of its addresses. */
const isStandard = (context: unknown): boolean =>
  typeof context === 'string' && /(ref\.gs1\.org|gs1\.github\.io)\/.*epcis-context\.jsonld$/i.test(context)
