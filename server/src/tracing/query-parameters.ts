import { type SQL, sql } from 'drizzle-orm'
import { cbvIri } from './cbv-words.ts'
import { patternShape } from './epc-patterns.ts'
import { identity, sensorMarks } from './event-columns.ts'
import { beyond, equalMarks, extensionShape, labelsOf, memberOf } from './extension-parameters.ts'
import { utcMillis } from './hash-values.ts'
import type { Namespaces } from './json-tree.ts'
import { attributeSays, elementsWithin } from './master-data.ts'
import { badParameter, instantOf, numbersOf, oneValue, refuseValue, valuesOf } from './parameter-values.ts'

const anyText = (values: readonly string[]): SQL => sql`any(${sql.param([...values])}::text[])`
const overlaps = (column: SQL, values: readonly string[]): SQL =>
  sql`${column} && ${sql.param([...values])}::text[]`
const marked = (values: readonly string[]): SQL => overlaps(sql`e.marks`, values)

const roles: Readonly<Record<string, readonly string[]>> = {
  epc: ['epc', 'child'],
  parentID: ['parent'],
  inputEPC: ['in'],
  outputEPC: ['out'],
  anyEPC: ['epc', 'child', 'parent', 'in', 'out'],
  epcClass: ['class', 'childClass'],
  inputEPCClass: ['inClass'],
  outputEPCClass: ['outClass'],
  anyEPCClass: ['class', 'childClass', 'inClass', 'outClass'],
}

/** Who asks: what their prefixes mean, and which rows `v` of captured master data they may read. */
export type Asking = { readonly namespaces: Namespaces; readonly ofMasterData: SQL }
type Rule = (name: string, values: readonly string[], asking: Asking) => SQL

const words =
  (column: SQL, field: string): Rule =>
  (_name, values) =>
    sql`${column} = ${anyText(values.map((value) => cbvIri(field, value)))}`
const places =
  (column: SQL): Rule =>
  (_name, values) =>
    sql`${column} = ${anyText(values.map(identity))}`
/** A place and what lies within it: a GLN with its extensions, and the children that master data names. */
const within =
  (column: SQL): Rule =>
  (_name, values, { ofMasterData }) => {
    const ids = values.map(identity)
    const extensions = ids.map((id) => `${id.replace(/[\\%_]/g, '\\$&')}/254/%`)
    return sql`(${column} in (${elementsWithin(ids, ofMasterData)})
      or ${column} like any(${sql.param(extensions)}::text[]))`
  }
const from =
  (column: SQL): Rule =>
  (name, values) =>
    sql`${column} >= ${instantOf(name, values).toISOString()}`
const before =
  (column: SQL): Rule =>
  (name, values) =>
    sql`${column} < ${instantOf(name, values).toISOString()}`
const marks =
  (key: string, canon: (value: string) => string): Rule =>
  (_name, values) =>
    marked(values.map((value) => `${key}=${canon(value)}`))

const eventTypes: Rule = (name, values) => {
  const wrong = values.find(
    (value) => !/^(Object|Aggregation|Transaction|Transformation|Association)Event$|:/.test(value),
  )
  if (wrong !== undefined) throw badParameter(name, `is no type of event: ${wrong.slice(0, 60)}`)
  return sql`e.type = ${anyText(values)}`
}

const actions: Rule = (name, values) => {
  if (values.some((value) => !/^(ADD|OBSERVE|DELETE)$/.test(value))) throw badParameter(name, 'is no action')
  return sql`e.action = ${anyText(values)}`
}

/** Parameters with a fixed name. */
const fixed: Readonly<Record<string, Rule>> = {
  eventType: eventTypes,
  GE_eventTime: from(sql`e.event_time`),
  LT_eventTime: before(sql`e.event_time`),
  GE_recordTime: from(sql`e.record_time`),
  LT_recordTime: before(sql`e.record_time`),
  EQ_action: actions,
  EQ_bizStep: words(sql`e.biz_step`, 'bizStep'),
  EQ_disposition: words(sql`e.disposition`, 'disposition'),
  EQ_persistentDisposition_set: marks('set', (value) => cbvIri('set', value)),
  EQ_persistentDisposition_unset: marks('unset', (value) => cbvIri('unset', value)),
  EQ_readPoint: places(sql`e.read_point`),
  WD_readPoint: within(sql`e.read_point`),
  EQ_bizLocation: places(sql`e.biz_location`),
  WD_bizLocation: within(sql`e.biz_location`),
  EQ_transformationID: (_name, values) => sql`e.transformation_id = ${anyText(values)}`,
  EQ_eventID: (_name, values) => sql`e.event_id = ${anyText(values)}`,
  EXISTS_errorDeclaration: () => sql`e.declared_wrong_at is not null`,
  EXISTS_sensorElementList: () => sql`e.event ? 'sensorElementList'`,
  // The standard writes these names without the second underscore, its JSON schema of queries with it.
  GE_errorDeclarationTime: from(sql`e.declared_wrong_at`),
  LT_errorDeclarationTime: before(sql`e.declared_wrong_at`),
  GE_errorDeclaration_Time: from(sql`e.declared_wrong_at`),
  LT_errorDeclaration_Time: before(sql`e.declared_wrong_at`),
  EQ_errorReason: marks('reason', (value) => cbvIri('reason', value)),
  EQ_correctiveEventID: marks('corrective', (value) => value),
  EQ_type: marks('type', (value) => cbvIri('measurement', value)),
  ...Object.fromEntries(
    sensorMarks.map((key) => [`EQ_${key}`, marks(key, (value) => identity(cbvIri(key, value)))]),
  ),
}

const signs: Readonly<Record<string, SQL>> = {
  EQ: sql`=`,
  GT: sql`>`,
  GE: sql`>=`,
  LT: sql`<`,
  LE: sql`<=`,
}
const jsonSigns: Readonly<Record<string, string>> = { EQ: '==', GT: '>', GE: '>=', LT: '<', LE: '<=' }

/** Objects at a JSON path whose member is so to a number, in a unit where one is named. */
const compared =
  (path: string, [sign, member, uom]: readonly [string, string, string | undefined]): Rule =>
  (name, values) =>
    onPath(`${path} ? (@.${member} ${jsonSigns[sign]} $n[*]${uom === undefined ? '' : ' && @.uom == $u'})`, {
      n: numbersOf(name, sign, values),
      u: uom ?? '',
    })

/** Parameters whose name carries a type, unit or field. */
const named: readonly (readonly [RegExp, (match: RegExpExecArray) => Rule])[] = [
  [/^MATCH_(\w+)$/, ([, role = '']) => things(role)],
  [
    /^EQ_(bizTransaction|source|destination)_(.+)$/,
    ([, list = '', type = '']) => marks(`${list}_${cbvIri(list, type)}`, identity),
  ],
  [
    /^(EQ|GT|GE|LT|LE)_(quantity)(?:_(.+))?$/,
    ([, sign = '', member = '', uom]) => compared('$.*[*]', [sign, member, uom]),
  ],
  [
    /^(EQ|GT|GE|LT|LE)_(?:(percRank)|(value|minValue|maxValue|meanValue|sDev|percRank|percValue)_(.+))$/,
    ([, sign = '', rank, member, uom]) =>
      compared('$.sensorElementList[*].sensorReport[*]', [sign, rank ?? member ?? '', uom]),
  ],
  [
    /^(GE|LT)_(startTime|endTime|time)$/,
    ([, sign = '', key = '']) =>
      (name, values) =>
        markBeyond(`${key}=`, sign, utcMillis(instantOf(name, values).toISOString())),
  ],
  [
    /^HASATTR_(.+)$/,
    ([, field = '']) =>
      (name, values, asking) =>
        attributeSays({ name, field, attributes: values, values: null }, asking),
  ],
  [
    /^EQ_?ATTR_([^_]+)_(.+)$/,
    ([, field = '', attribute = '']) =>
      (name, values, asking) =>
        attributeSays({ name, field, attributes: [attribute], values }, asking),
  ],
  [extensionShape, extension],
]

function extension(match: RegExpExecArray): Rule {
  const sign = match[1] ?? ''
  return (name, values, { namespaces }) => {
    const labels = labelsOf(memberOf(match), namespaces)
    if (sign === 'EXISTS') return marked(labels)
    if (sign === 'EQ') return marked(equalMarks(labels, values))
    return beyond(labels, signs[sign] as SQL, oneValue(name, values))
  }
}

function things(role: string): Rule {
  const parts = roles[role]
  return (name, values) => {
    if (!parts) throw badParameter(name, 'is no parameter of this query')
    const wide = values.filter((value) => value.startsWith('urn:epc:idpat:') && identity(value) === value)
    const exact = values.filter((value) => !wide.includes(value))
    const shapes = wide.map((value) => {
      const shape = patternShape(value)
      if (shape === null) throw badParameter(name, `pattern not supported: ${value.slice(0, 80)}`)
      return `^(${parts.join('|')}):${shape}$`
    })
    const met =
      exact.length === 0
        ? []
        : [
            overlaps(
              sql`e.things`,
              exact.flatMap((value) => parts.map((part) => `${part}:${identity(value)}`)),
            ),
          ]
    if (shapes.length > 0)
      met.push(sql`exists (select 1 from unnest(e.things) x where x ~ any(${sql.param(shapes)}::text[]))`)
    return sql`(${sql.join(met, sql` or `)})`
  }
}

const onPath = (path: string, vars: Record<string, string | readonly number[]>): SQL =>
  sql`jsonb_path_exists(e.event, ${path}::text::jsonpath, ${JSON.stringify(vars)}::text::jsonb)`

const markBeyond = (prefix: string, sign: string, value: string): SQL =>
  sql`exists (select 1 from unnest(e.marks) m where starts_with(m, ${prefix}) and m ${signs[sign]} ${prefix + value} collate "C")`

/** The condition a parameter puts on `epcis_events e`; null when there is no parameter of that name. */
export function conditionOf(name: string, given: unknown, asking: Asking): SQL | null {
  const values = (): string[] => {
    if (!name.startsWith('EXISTS_')) return valuesOf(name, given)
    refuseValue(name, given)
    return []
  }
  const rule = Object.hasOwn(fixed, name) ? fixed[name] : undefined
  if (rule) return rule(name, values(), asking)
  for (const [shape, make] of named) {
    const match = shape.exec(name)
    if (match) return make(match)(name, values(), asking)
  }
  return null
}
