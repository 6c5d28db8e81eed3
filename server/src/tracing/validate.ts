import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { isObject } from './json-tree.ts'

/** Where a document breaks the schema, as a JSON pointer into it, and how. */
export type Flaw = { readonly pointer: string; readonly reason: string }

type Schema = { definitions: { measurementType: { anyOf: { enum?: string[] }[] } } }

/**
 * Measurement types of the GS1 web vocabulary that are younger than the schema's list; documents of other
 * repositories use them.
 */
const youngerTypes = ['EffectiveDose', 'EffectiveDoseRate']
const flawsMax = 20

let compiled: ValidateFunction | undefined

/** Compiled when first needed: the schema takes some hundred milliseconds. */
function schema(): ValidateFunction {
  if (compiled) return compiled
  const file = new URL('epcis-schema/epcis-json-schema.json', import.meta.url)
  const read = JSON.parse(readFileSync(file, 'utf8')) as Schema
  for (const part of read.definitions.measurementType.anyOf) part.enum?.push(...youngerTypes)
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, inlineRefs: false })
  formats.default(ajv)
  compiled = ajv.compile(read)
  return compiled
}

/** What breaks the ratified EPCIS 2.0.1 schema, deepest first; empty when nothing does. */
export function flawsOf(document: unknown): Flaw[] {
  if (isObject(document) && typeof document['type'] !== 'string')
    return [{ pointer: '/type', reason: 'must be the type of a document or event' }]
  const validate = schema()
  return validate(document) ? [] : tellingFlaws(document, validate.errors ?? [])
}

/** Says that some branch failed, not what was wrong. */
const branches = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'not', 'propertyNames', 'contains'])

/** The errors that name a fault; of a choice only what its branches say, the deepest first. */
function tellingFlaws(document: unknown, errors: readonly ErrorObject[]): Flaw[] {
  const telling = errors.filter((error) => !branches.has(error.keyword))
  const found = new Map<string, Flaw>()
  for (const error of telling.length > 0 ? telling : errors) {
    if (isAlternative(error, telling)) continue
    const flaw = flawOf(document, error)
    found.set(`${flaw.pointer} ${flaw.reason}`, flaw)
  }
  return [...found.values()]
    .toSorted((a, b) => depth(b.pointer) - depth(a.pointer) || (a.pointer < b.pointer ? -1 : 1))
    .slice(0, flawsMax)
}

/** Another member could have been there instead of one that is there but wrong: not what is at fault. */
const isAlternative = (error: ErrorObject, all: readonly ErrorObject[]): boolean =>
  error.keyword === 'required' &&
  error.schemaPath.includes('anyOf') &&
  all.some((other) => other.instancePath.startsWith(`${error.instancePath}/`))

function flawOf(document: unknown, { keyword, instancePath, message, params, data }: ErrorObject): Flaw {
  const missing = keyword === 'required' ? (params as { missingProperty: string }).missingProperty : undefined
  // The schema checks names of members as values of their own: then what was judged is not what lies at the path.
  const isName = typeof data === 'string' && valueAt(document, instancePath) !== data
  const name = missing ?? (isName ? data : undefined)
  const pointer = name === undefined ? instancePath : `${instancePath}/${escaped(name)}`
  if (isName) return { pointer, reason: 'is no member known here; extensions need a prefix' }
  const allowed =
    keyword === 'enum'
      ? `: ${(params as { allowedValues: string[] }).allowedValues.slice(0, 8).join(', ')} …`
      : ''
  return { pointer, reason: `${message ?? keyword}${allowed}`.slice(0, 300) }
}

function valueAt(document: unknown, pointer: string): unknown {
  let at = document
  for (const part of pointer.split('/').slice(1))
    at = (at as Record<string, unknown>)?.[part.replace(/~1/g, '/').replace(/~0/g, '~')]
  return at
}

const escaped = (name: string): string => name.replace(/~/g, '~0').replace(/\//g, '~1')
const depth = (pointer: string): number => pointer.split('/').length
