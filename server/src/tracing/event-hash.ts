import { createHash } from 'node:crypto'
import { byCodePoint, canonicalValue, utcMillis } from './hash-values.ts'
import { type JsonObject, type Namespaces, type Node, namespacesOf, nodesOf } from './json-tree.ts'

/**
 * Two issues of the algorithm: 2.1 writes the name of the sensor list and leaves extensions of a standard field where
 * they stand; 2.0 leaves that name out and moves the extensions to the end.
 */
type HashVersion = 'CBV2.0' | 'CBV2.1'

const epcLists: Readonly<Record<string, true>> = {
  epcList: true,
  inputEPCList: true,
  childEPCs: true,
  outputEPCList: true,
}
const words = (text: string): readonly string[] => text.trim().split(/\s+/)
/** The canonical order of the fields of an event; what is neither here nor left out comes last. */
const eventOrder = words(`eventTime eventTimeZoneOffset epcList parentID inputEPCList childEPCs quantityList
  childQuantityList inputQuantityList outputEPCList outputQuantityList action transformationID bizStep disposition
  persistentDisposition readPoint bizLocation bizTransactionList sourceList destinationList sensorElementList`)
const quantityOrder = words('epcClass quantity uom')
const metadataOrder = words(
  'time startTime endTime deviceID deviceMetadata rawData dataProcessingMethod bizRules',
)
const reportOrder =
  words(`type exception deviceID deviceMetadata rawData dataProcessingMethod time microorganism
  chemicalSubstance value component stringValue booleanValue hexBinaryValue uriValue minValue maxValue meanValue sDev
  percRank percValue uom coordinateReferenceSystem`)
const elementOrder = ['sensorMetadata', 'sensorReport']
/** Never part of the hash. */
const leftOut = new Set(words('recordTime eventID type errorDeclaration certificationInfo ilmd'))

/**
 * Event hash id of CBV 2.0 (section 8.9): the same for every way of writing the same event, another one for any other
 * event. `contexts` are those of the document and the event.
 */
export function eventHash(
  event: JsonObject,
  contexts: readonly unknown[],
  version: HashVersion = 'CBV2.0',
): string {
  const digest = createHash('sha256')
    .update(preHash(event, namespacesOf(...contexts), version))
    .digest('hex')
  return `ni:///sha-256;${digest}?ver=${version}`
}

/** The text that is hashed. */
export function preHash(event: JsonObject, namespaces: Namespaces, version: HashVersion = 'CBV2.0'): string {
  const nodes = nodesOf({ ...event, '@context': '' }, namespaces)
  const named = (name: string) => nodes.filter((node) => node.name === name)
  const inline = version === 'CBV2.1'
  const standard = eventOrder.map((name) => fieldText(name, named(name), inline)).join('')
  const moved = inline ? '' : eventOrder.map((name) => movedExtensions(name, named(name))).join('')
  const rest = nodes.filter((node) => !eventOrder.includes(node.name) && !leftOut.has(node.name))
  return `eventType=${String(event['type'])}${standard}${generic(named('ilmd'))}${moved}${generic(rest)}`
}

function fieldText(name: string, nodes: readonly Node[], inline: boolean): string {
  if (nodes.length === 0) return ''
  if (name in epcLists) return block(name, sorted(nodes.map((node) => leaf({ ...node, name: 'epc' }))))
  if (name.toLowerCase().endsWith('quantitylist'))
    return block(name, sorted(nodes.map((node) => block('quantityElement', members(node, quantityOrder)))))
  if (name === 'bizTransactionList' || name === 'sourceList' || name === 'destinationList')
    return block(name, sorted(nodes.map((node) => typed(node, name.slice(0, -4)))))
  if (name === 'readPoint' || name === 'bizLocation')
    return nodes.map((node) => block(name, members(node, ['id']) + extensions(node, ['id'], inline))).join('')
  if (name === 'persistentDisposition')
    return nodes.map((node) => block(name, members(node, ['set', 'unset']))).join('')
  if (name === 'sensorElementList')
    return block(
      inline ? name : '',
      sorted(nodes.map((node) => block('sensorElement', sensor(node, inline)))),
    )
  return sorted(nodes.map((node) => leaf(node)))
}

function sensor(node: Node, inline: boolean): string {
  const part = (name: string, order: readonly string[]) =>
    sorted(
      node.kids
        .filter((kid) => kid.name === name)
        .map((kid) => block(name, members(kid, order, name) + extensions(kid, order, inline))),
    )
  return (
    part('sensorMetadata', metadataOrder) +
    part('sensorReport', reportOrder) +
    extensions(node, elementOrder, inline)
  )
}

/** A business transaction, source or destination: its type before it. */
function typed(node: Node, name: string): string {
  const of = (key: string) => node.kids.filter((kid) => kid.name === key)
  const type = of('type').map((kid) => leaf(kid, name))
  return [...type, ...of(name).map((kid) => leaf(kid))].join('')
}

/** Members in a set order, those of one name sorted. */
function members(node: Node, order: readonly string[], within = ''): string {
  return order
    .map((name) =>
      sorted(node.kids.filter((kid) => kid.name === name).map((kid) => leaf(kid, wordsFor(name, within)))),
    )
    .join('')
}

const wordsFor = (name: string, within: string): string =>
  within === 'sensorReport' && name === 'type' ? 'measurement' : name

/** `name=value`, or nothing when there is no value. */
function leaf({ name, text }: Node, field = name): string {
  const value = text.trim()
  if (value === '') return ''
  const isTime = name.toLowerCase().includes('time') && !name.toLowerCase().includes('offset')
  return `${name}=${isTime ? utcMillis(value) : canonicalValue(value, field)}`
}

const block = (name: string, body: string): string => (body === '' ? '' : name + body)
const sorted = (parts: readonly string[]): string => parts.toSorted(byCodePoint).join('')

const foreign = (node: Node, order: readonly string[]): Node[] =>
  node.kids.filter((kid) => !order.includes(kid.name))
const extensions = (node: Node, order: readonly string[], inline: boolean): string =>
  inline ? generic(foreign(node, order)) : ''

/** 2.0: extensions inside a standard field, each under the names of the fields it stands in. */
function movedExtensions(name: string, nodes: readonly Node[]): string {
  if (name === 'readPoint' || name === 'bizLocation')
    return nodes.map((node) => block(name, generic(foreign(node, ['id'])))).join('')
  if (name !== 'sensorElementList') return ''
  const part = (node: Node, kind: string, order: readonly string[]) =>
    inOrder(node.kids.filter((kid) => kid.name === kind))
      .map((kid) => block(kind, generic(foreign(kid, order))))
      .join('')
  return inOrder(nodes)
    .map((node) =>
      block(
        'sensorElement',
        part(node, 'sensorMetadata', metadataOrder) +
          part(node, 'sensorReport', reportOrder) +
          generic(foreign(node, elementOrder)),
      ),
    )
    .join('')
}

/** Lists have no order of their own: by all that is in them. */
const inOrder = (nodes: readonly Node[]): Node[] =>
  nodes.toSorted((a, b) => byCodePoint(generic([a]), generic([b])))

/** Extensions and ILMD: `name=value` and what is within, sorted on every level. */
const generic = (nodes: readonly Node[]): string =>
  sorted(
    nodes.map(({ name, text, kids }) => {
      const value = text.trim()
      return `${name}${value === '' ? '' : `=${canonicalValue(value)}`}${generic(kids)}`
    }),
  )
