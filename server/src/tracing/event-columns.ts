import { cbvIri } from './cbv-words.ts'
import { canonicalLink } from './digital-link.ts'
import { plainNumber, utcMillis } from './hash-values.ts'
import { isObject, type JsonObject, listOf, type Namespaces, namespacesOf, textAt } from './json-tree.ts'

/** What of an event is asked for by the query parameters, beside the event itself. */
type EventColumns = {
  readonly type: string
  readonly action: string | null
  readonly eventTime: Date
  readonly declaredWrongAt: Date | null
  readonly bizStep: string | null
  readonly disposition: string | null
  readonly readPoint: string | null
  readonly bizLocation: string | null
  readonly transformationId: string | null
  readonly things: string[]
  readonly marks: string[]
}

/** An identifier as stored and asked for: links in their canonical form, other URIs as they are. */
export const identity = (uri: string): string => canonicalLink(uri) ?? uri

const epcRoles = { epcList: 'epc', childEPCs: 'child', inputEPCList: 'in', outputEPCList: 'out' } as const
const classRoles = {
  quantityList: 'class',
  childQuantityList: 'childClass',
  inputQuantityList: 'inClass',
  outputQuantityList: 'outClass',
} as const
/** Sensor members asked for by equality; in metadata and reports alike. */
export const sensorMarks = [
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
  'microorganism',
  'chemicalSubstance',
  'stringValue',
  'hexBinaryValue',
  'uriValue',
  'booleanValue',
  'coordinateReferenceSystem',
  'component',
] as const

/** Reads the columns out of a validated event. */
export function columnsOf(event: JsonObject, contexts: readonly unknown[]): EventColumns {
  const namespaces = namespacesOf(...contexts, ...listOf(event['@context']))
  const declaration = isObject(event['errorDeclaration']) ? event['errorDeclaration'] : undefined
  const declaredAt = declaration ? textAt(declaration, 'declarationTime') : null
  return {
    type: String(event['type']),
    action: textAt(event, 'action'),
    eventTime: new Date(String(event['eventTime'])),
    declaredWrongAt: declaredAt === null ? null : new Date(declaredAt),
    bizStep: word(event, 'bizStep'),
    disposition: word(event, 'disposition'),
    readPoint: placeAt(event, 'readPoint'),
    bizLocation: placeAt(event, 'bizLocation'),
    transformationId: textAt(event, 'transformationID'),
    things: thingsOf(event),
    marks: [...new Set([...standardMarks(event, declaration), ...foreignMarks(event, namespaces)])],
  }
}

const word = (object: JsonObject, key: string): string | null => {
  const value = textAt(object, key)
  return value === null ? null : cbvIri(key, value)
}

function placeAt(event: JsonObject, key: string): string | null {
  const place = event[key]
  const id = isObject(place) ? textAt(place, 'id') : null
  return id === null ? null : identity(id)
}

/** `role:identity`; of an instance or lot its class as well, so that a pattern of the class finds it. */
function thingsOf(event: JsonObject): string[] {
  const found = new Set<string>()
  const add = (role: string, uri: unknown) => {
    if (typeof uri !== 'string') return
    const link = identity(uri)
    found.add(`${role}:${link}`)
    const kind = /^(https:\/\/id\.gs1\.org\/(?:01|8006)\/\d+)\//.exec(link)?.[1]
    if (kind) found.add(`${role}:${kind}`)
  }
  for (const [key, role] of Object.entries(epcRoles)) for (const uri of listOf(event[key])) add(role, uri)
  add('parent', event['parentID'])
  for (const [key, role] of Object.entries(classRoles))
    for (const one of listOf(event[key]).filter(isObject)) add(role, one['epcClass'])
  return [...found]
}

function standardMarks(event: JsonObject, declaration: JsonObject | undefined): string[] {
  const marks: string[] = []
  for (const list of ['bizTransaction', 'source', 'destination'])
    for (const one of listOf(event[`${list}List`]).filter(isObject)) {
      const id = identity(String(one[list]))
      marks.push(`${list}_${cbvIri(list, textAt(one, 'type') ?? '')}=${id}`)
    }
  const lasting = isObject(event['persistentDisposition']) ? event['persistentDisposition'] : {}
  for (const key of ['set', 'unset'])
    for (const value of listOf(lasting[key])) marks.push(`${key}=${cbvIri(key, String(value))}`)
  for (const reason of listOf(declaration?.['reason']))
    marks.push(`reason=${cbvIri('reason', String(reason))}`)
  for (const id of listOf(declaration?.['correctiveEventIDs'])) marks.push(`corrective=${String(id)}`)
  for (const element of listOf(event['sensorElementList']).filter(isObject))
    marks.push(...sensorMarksOf(element))
  return marks
}

function sensorMarksOf(element: JsonObject): string[] {
  const parts = [element['sensorMetadata'], ...listOf(element['sensorReport'])].filter(isObject)
  return parts.flatMap((part) => [
    ...listOf(part['type']).map((type) => `type=${cbvIri('measurement', String(type))}`),
    ...sensorMarks.flatMap((key) =>
      listOf(part[key]).map((value) => `${key}=${identity(cbvIri(key, String(value)))}`),
    ),
    ...['time', 'startTime', 'endTime'].flatMap((key) =>
      listOf(part[key]).map((value) => `${key}=${utcMillis(String(value))}`),
    ),
  ])
}

/**
 * Where extension members may stand, beside the event itself, by the word that query parameters have for it (EPCIS
 * 2.0, 8.2.7): `EQ_ILMD_…`, `EXISTS_SENSORREPORT_…`.
 */
export const extensionHolders = [
  'ILMD',
  'ERROR_DECLARATION',
  'readPoint',
  'bizLocation',
  'SENSORELEMENT',
  'SENSORMETADATA',
  'SENSORREPORT',
] as const

/** Extension members by full name and by where they stand: `ext name=value`, deeper ones as `inner ext …`. */
function foreignMarks(event: JsonObject, namespaces: Namespaces): string[] {
  const elements = listOf(event['sensorElementList']).filter(isObject)
  const holders: Record<(typeof extensionHolders)[number], readonly unknown[]> = {
    ILMD: [event['ilmd']],
    ERROR_DECLARATION: [event['errorDeclaration']],
    readPoint: [event['readPoint']],
    bizLocation: [event['bizLocation']],
    SENSORELEMENT: elements,
    SENSORMETADATA: elements.map((one) => one['sensorMetadata']),
    SENSORREPORT: elements.flatMap((one) => listOf(one['sensorReport'])),
  }
  return [
    ...marksWithin(extensionsOf(event), 'ext', namespaces),
    ...extensionHolders.flatMap((kind) =>
      holders[kind]
        .filter(isObject)
        // All of ILMD is extension; elsewhere members of the standard stand beside it.
        .flatMap((one) =>
          marksWithin(kind === 'ILMD' ? one : extensionsOf(one), kind.toLowerCase(), namespaces),
        ),
    ),
  ]
}

const extensionsOf = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key.includes(':')))

function marksWithin(object: JsonObject, kind: string, namespaces: Namespaces, inner = false): string[] {
  const label = inner ? `inner ${kind}` : kind
  return Object.entries(object).flatMap(([key, value]) => {
    const name = fullName(key, namespaces)
    return listOf(value).flatMap((one) =>
      isObject(one)
        ? [`${label} ${name}`, ...marksWithin(one, kind, namespaces, true)]
        : [`${label} ${name}`, `${label} ${name}=${plainNumber(String(one))}`],
    )
  })
}

/** `example:size` → `https://ns.example.com/size`. */
export function fullName(key: string, namespaces: Namespaces): string {
  const at = key.indexOf(':')
  const namespace = at < 0 ? undefined : namespaces.get(key.slice(0, at))
  return namespace === undefined ? key : namespace + key.slice(at + 1)
}
