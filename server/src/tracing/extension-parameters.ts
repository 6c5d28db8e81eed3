import { type SQL, sql } from 'drizzle-orm'
import { extensionHolders, fullName } from './event-columns.ts'
import { plainNumber } from './hash-values.ts'
import type { Namespaces } from './json-tree.ts'

/** `EQ_ILMD_ex:grade`, `GE_INNER_ex:size`, `EXISTS_SENSORREPORT_ex:cv` and their like. */
export const extensionShape: RegExp = new RegExp(
  `^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(?:(${extensionHolders.join('|')})_)?(.+:.+)$`,
)

/** An extension member by its full name, `https://ns.example.com/size`, or with a prefix that is known. */
type Member = { readonly inner: boolean; readonly holder: string | undefined; readonly name: string }

export const memberOf = (match: RegExpExecArray): Member => ({
  inner: match[2] !== undefined,
  holder: match[3],
  name: match[4] ?? '',
})

/** Marks of a member, as its name may have been joined: `namespace` + `member`, or with a `#` between. */
export function labelsOf({ inner, holder, name }: Member, namespaces: Namespaces): string[] {
  const label = `${inner ? 'inner ' : ''}${holder?.toLowerCase() ?? 'ext'}`
  return [...new Set([fullName(name, namespaces), name, name.replace('#', '')])].map(
    (one) => `${label} ${one}`,
  )
}

export const equalMarks = (labels: readonly string[], values: readonly string[]): string[] =>
  labels.flatMap((label) => values.map((value) => `${label}=${plainNumber(value)}`))

const rest = sql`substring(m from position('=' in m) + 1)`
/** Written so that no mark that is no number is ever cast. */
const isNumber = sql`${rest} ~ '^-?[0-9]{1,30}(\\.[0-9]{1,30})?$'`
const startsWithAny = (labels: readonly string[]): SQL =>
  sql`(${sql.join(
    labels.map((label) => sql`starts_with(m, ${`${label}=`})`),
    sql` or `,
  )})`

/** A member that is beyond a value: numbers are compared as numbers, everything else as text. */
export function beyond(labels: readonly string[], sign: SQL, value: string): SQL {
  const compared = Number.isFinite(Number(value))
    ? sql`case when ${isNumber} then (${rest})::numeric ${sign} ${value}::numeric else false end`
    : sql`${rest} ${sign} ${value} collate "C"`
  return sql`exists (select 1 from unnest(e.marks) m where ${startsWithAny(labels)} and ${compared})`
}

/**
 * What events are sorted by where `orderBy` names a member of theirs, as text: numbers before other text and filled up
 * with zeros; an event without the member comes first.
 */
export const memberKey = (labels: readonly string[]): SQL => sql`coalesce((
  select min(case when ${isNumber} then to_char((${rest})::numeric + 1e30, 'FM0000000000000000000000000000000.999999999')
    else ${rest} end collate "C")
  from unnest(e.marks) m where ${startsWithAny(labels)}), '')`
