import { epcisMasterData } from '@huming/db/schema/epcis-master-data'
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { cbvIri } from './cbv-words.ts'
import { fullName, identity } from './event-columns.ts'
import { isObject, type JsonObject, listOf, type Namespaces, namespacesOf } from './json-tree.ts'
import { badParameter } from './parameter-values.ts'

/** Rows `v` of captured master data that the actor may read. */
export function readableMasterData(ctx: Pick<Ctx, 'actor'>): SQL {
  const orgIds = visibleOrgIds(ctx, 'epcis.read')
  return orgIds === 'all' ? sql`true` : sql`v.org_id = any(${bareArray(orgIds)}::uuid[])`
}

/** An element of a vocabulary as events name it: places and classes as links, words of the CBV in full. */
const elementOf = (uri: string): string => identity(cbvIri('', uri))

/** `cbvmda:sst`, `urn:epcglobal:cbv:mda:sst` and `urn:epcglobal:cbv:mda#sst` are one attribute. */
const attributeOf = (name: string, namespaces: Namespaces): string =>
  fullName(name, namespaces).replace(/^urn:epcglobal:cbv:mda[:#]?/, 'urn:epcglobal:cbv:mda:')

const rowsAtOnce = 2000

type Row = Omit<typeof epcisMasterData.$inferInsert, 'orgId'>

/** What the header of a document says of places, classes and words; children as rows without an attribute. */
export function masterDataOf(envelope: JsonObject, contexts: readonly unknown[]): Row[] {
  const header = envelope['epcisHeader']
  const data = isObject(header) ? header['epcisMasterData'] : undefined
  const lists = listOf(isObject(data) ? data['vocabularyList'] : undefined).filter(isObject)
  const namespaces = namespacesOf(...contexts)
  const elements = lists.flatMap((list) => listOf(list['vocabularyElementList']).filter(isObject))
  return elements.flatMap((one) => {
    const element = elementOf(String(one['id']))
    const attributes = listOf(one['attributes']).filter(isObject)
    return [
      ...attributes.map(({ id, attribute }) => ({
        element,
        attribute: attributeOf(String(id), namespaces),
        value: typeof attribute === 'string' ? attribute : JSON.stringify(attribute ?? null),
      })),
      ...listOf(one['children']).map((child) => ({
        element,
        attribute: null,
        value: elementOf(String(child)),
      })),
    ]
  })
}

/** Keeps master data; what is said anew of an element takes the place of what was said before. */
export async function keepMasterData(tx: Tx, orgId: string, rows: readonly Row[]): Promise<void> {
  const elements = [...new Set(rows.map((row) => row.element))]
  if (elements.length === 0) return
  await tx
    .delete(epcisMasterData)
    .where(and(eq(epcisMasterData.orgId, orgId), inArray(epcisMasterData.element, elements)))
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx
      .insert(epcisMasterData)
      .values(rows.slice(from, from + rowsAtOnce).map((row) => ({ ...row, orgId })))
}

/** The places themselves and all that lie within them by master data, as a query of identities. */
export const elementsWithin = (ids: readonly string[], readable: SQL): SQL => sql`
  with recursive w(id) as (
    select unnest(${sql.param([...ids])}::text[])
    union select v.value from w join epcis_master_data v on v.element = w.id and v.attribute is null and ${readable})
  select id from w`

/** Fields whose values are elements of vocabularies; of an extension the mark of its value is compared. */
const holders: Readonly<Record<string, SQL>> = {
  bizStep: sql`e.biz_step = v.element`,
  disposition: sql`e.disposition = v.element`,
  readPoint: sql`e.read_point = v.element`,
  bizLocation: sql`e.biz_location = v.element`,
  epcClass: sql`e.things && array['class:' || v.element, 'childClass:' || v.element, 'inClass:' || v.element,
    'outClass:' || v.element]`,
}

type Asked = { name: string; field: string; attributes: readonly string[]; values: readonly string[] | null }

/**
 * Does master data say something of what an event holds in a field: that it has one of the attributes, or one with one
 * of the values? (`HASATTR_…` and `EQATTR_…` of EPCIS 2.0, 8.2.7.)
 */
export function attributeSays(
  { name, field, attributes, values }: Asked,
  { namespaces, ofMasterData }: { namespaces: Namespaces; ofMasterData: SQL },
): SQL {
  const known = Object.hasOwn(holders, field) ? holders[field] : undefined
  if (!known && !field.includes(':')) throw badParameter(name, 'is no field with master data')
  const held = known ?? sql`e.marks @> array[${`ext ${fullName(field, namespaces)}=`}::text || v.element]`
  const names = attributes.map((attribute) => attributeOf(attribute, namespaces))
  return sql`exists (select 1 from epcis_master_data v where ${ofMasterData} and ${held}
    and v.attribute = any(${sql.param(names)}::text[])
    ${values === null ? sql`` : sql`and v.value = any(${sql.param([...values])}::text[])`})`
}
