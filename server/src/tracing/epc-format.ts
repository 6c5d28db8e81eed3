import { identity } from './event-columns.ts'
import { isObject, type JsonObject, listOf } from './json-tree.ts'

const lists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList']
const quantities = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList']
const places = ['readPoint', 'bizLocation']
const parties = ['bizTransaction', 'source', 'destination']

/** The event with every EPC, class, place, party and document as a GS1 Digital Link where it is a GS1 key. */
export function inLinks(event: JsonObject): JsonObject {
  const out: Record<string, unknown> = { ...event }
  const text = (value: unknown) => (typeof value === 'string' ? identity(value) : value)
  const member = (object: unknown, key: string) =>
    isObject(object) && key in object ? { ...object, [key]: text(object[key]) } : object
  if ('parentID' in out) out['parentID'] = text(out['parentID'])
  for (const key of lists) if (key in out) out[key] = listOf(out[key]).map(text)
  for (const key of quantities)
    if (key in out) out[key] = listOf(out[key]).map((one) => member(one, 'epcClass'))
  for (const key of places) if (key in out) out[key] = member(out[key], 'id')
  for (const key of parties)
    if (`${key}List` in out) out[`${key}List`] = listOf(out[`${key}List`]).map((one) => member(one, key))
  return out
}
