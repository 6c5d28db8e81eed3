import { type SQL, sql } from 'drizzle-orm'
import { Fault } from '../kernel/fault.ts'
import { cbvIri } from './cbv-words.ts'
import { fullName, identity, sensorMarks } from './event-columns.ts'
import { plainNumber, utcMillis } from './hash-values.ts'
import { namespacesOf } from './json-tree.ts'

/** A query string as it came: a parameter may be given once or several times. */
export type Query = Readonly<Record<string, unknown>>

/** A parameter that is not known, is not well formed, or does not go with another. */
export const badParameter = (name: string, reason: string): Fault =>
  new Fault('epcis_query_bad', `${name}: ${reason}`, {
    params: { name: name.slice(0, 80) },
    pointers: [{ pointer: `/query/${name.slice(0, 80)}`, reason }],
  })

/** Values of a parameter: repeated, or parted by `|`. */
export function valuesOf(name: string, given: unknown): string[] {
  const values = [given].flat().flatMap((one) => String(one).split('|'))
  const texts = values.map((value) => value.trim()).filter((value) => value !== '')
  if (texts.length === 0) throw badParameter(name, 'has no value')
  if (texts.length > valuesMax) throw badParameter(name, `has more than ${valuesMax} values`)
  return texts
}

const valuesMax = 200

const one = (name: string, values: readonly string[]): string => {
  if (values.length !== 1) throw badParameter(name, 'takes one value')
  return values[0] as string
}

const instantOf = (name: string, values: readonly string[]): Date => {
  const at = new Date(one(name, values))
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d{2}-\d{2}T/.test(values[0] as string))
    throw badParameter(name, 'is no instant with a time zone')
  return at
}

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

type Rule = (name: string, values: readonly string[]) => SQL

const words =
  (column: SQL, field: string): Rule =>
  (_name, values) =>
    sql`${column} = ${anyText(values.map((value) => cbvIri(field, value)))}`
const places =
  (column: SQL): Rule =>
  (_name, values) =>
    sql`${column} = ${anyText(values.map(identity))}`
/** A place and what lies within it: a GLN with its extensions. */
const within =
  (column: SQL): Rule =>
  (_name, values) =>
    sql`(${column} = ${anyText(values.map(identity))} or ${column} like any(${sql.param(
      values.map((value) => `${identity(value).replace(/[\\%_]/g, '\\$&')}/254/%`),
    )}::text[]))`
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
  EXISTS_errorDeclaration: (name, values) => {
    const value = one(name, values)
    if (value !== 'true' && value !== 'false') throw badParameter(name, 'is true or false')
    return value === 'true' ? sql`e.declared_wrong_at is not null` : sql`true`
  },
  GE_errorDeclarationTime: from(sql`e.declared_wrong_at`),
  LT_errorDeclarationTime: before(sql`e.declared_wrong_at`),
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

const numberOf = (name: string, values: readonly string[]): number => {
  const value = Number(one(name, values))
  if (!Number.isFinite(value)) throw badParameter(name, 'is no number')
  return value
}

/** Parameters whose name carries a type, unit or field. */
const named: readonly (readonly [RegExp, (match: RegExpExecArray) => Rule])[] = [
  [/^MATCH_(\w+)$/, ([, role = '']) => things(role)],
  [
    /^EQ_(bizTransaction|source|destination)_(.+)$/,
    ([, list = '', type = '']) => marks(`${list}_${cbvIri(list, type)}`, identity),
  ],
  [
    /^(EQ|GT|GE|LT|LE)_quantity$/,
    ([, sign = '']) =>
      (name, values) =>
        onPath(`$.*[*].quantity ? (@ ${jsonSigns[sign]} $n)`, { n: numberOf(name, values) }),
  ],
  [
    /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percRank|percValue)_(.+)$/,
    ([, sign = '', member = '', uom = '']) =>
      (name, values) =>
        onPath(
          `$.sensorElementList[*].sensorReport[*] ? (@.uom == $u && @.${member} ${jsonSigns[sign]} $n)`,
          {
            u: uom,
            n: numberOf(name, values),
          },
        ),
  ],
  [
    /^(GE|LT)_(startTime|endTime|time)$/,
    ([, sign = '', key = '']) =>
      (name, values) =>
        markBeyond(`${key}=`, sign, utcMillis(instantOf(name, values).toISOString())),
  ],
  [
    /^EXISTS_(INNER_)?(ILMD_)?(.+:.+)$/,
    ([, inner, ilmd, field = '']) =>
      () =>
        marked(labelled(inner, ilmd, field)),
  ],
  [
    /^(EQ|GT|GE|LT|LE)_(INNER_)?(ILMD_)?(.+:.+)$/,
    ([, sign = '', inner, ilmd, field = '']) =>
      (name, values) =>
        sign === 'EQ'
          ? marked(
              labelled(inner, ilmd, field).flatMap((label) =>
                values.map((value) => `${label}=${plainNumber(value)}`),
              ),
            )
          : beyond(labelled(inner, ilmd, field), sign, one(name, values)),
  ],
]

/** Marks of an extension member, by its full name and as the prefix `name#member` joins it. */
function labelled(inner: string | undefined, ilmd: string | undefined, field: string): string[] {
  const label = `${inner ? 'inner ' : ''}${ilmd ? 'ilmd' : 'ext'}`
  return [fullName(field, namespacesOf()), field, field.replace('#', '')].map((name) => `${label} ${name}`)
}

function things(role: string): Rule {
  const parts = roles[role]
  return (name, values) => {
    if (!parts) throw badParameter(name, 'is no parameter of this query')
    const pattern = values.find((value) => value.startsWith('urn:epc:idpat:') && identity(value) === value)
    if (pattern !== undefined) throw badParameter(name, `pattern not supported: ${pattern.slice(0, 80)}`)
    return overlaps(
      sql`e.things`,
      values.flatMap((value) => parts.map((part) => `${part}:${identity(value)}`)),
    )
  }
}

const onPath = (path: string, vars: Record<string, string | number>): SQL =>
  sql`jsonb_path_exists(e.event, ${path}::text::jsonpath, ${JSON.stringify(vars)}::text::jsonb)`

const markBeyond = (prefix: string, sign: string, value: string): SQL =>
  sql`exists (select 1 from unnest(e.marks) m where starts_with(m, ${prefix}) and m ${signs[sign]} ${prefix + value} collate "C")`

/** Compares numbers as numbers and everything else as text. */
function beyond(labels: readonly string[], sign: string, value: string): SQL {
  const prefixes = labels.map((label) => `${label}=`)
  const rest = sql`substring(m from position('=' in m) + 1)`
  const compared = Number.isFinite(Number(value))
    ? sql`${rest} ~ '^-?[0-9]{1,30}(\\.[0-9]{1,30})?$' and (${rest})::numeric ${signs[sign]} ${value}::numeric`
    : sql`${rest} ${signs[sign]} ${value} collate "C"`
  return sql`exists (select 1 from unnest(e.marks) m where
    (${sql.join(
      prefixes.map((prefix) => sql`starts_with(m, ${prefix})`),
      sql` or `,
    )}) and case when true then ${compared} end)`
}

/** The condition a parameter puts on `epcis_events e`; null when there is no parameter of that name. */
export function conditionOf(name: string, given: unknown): SQL | null {
  const rule = Object.hasOwn(fixed, name) ? fixed[name] : undefined
  if (rule) return rule(name, valuesOf(name, given))
  for (const [shape, make] of named) {
    const match = shape.exec(name)
    if (match) return make(match)(name, valuesOf(name, given))
  }
  return null
}
