import { drizzle, postgresJsCodecs } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { watchedSocket } from './watched-socket.ts'
import { exactNumber, integerFromWire, isoText } from './wire-values.ts'

/** How a client is opened; the defaults serve requests of people. */
export interface ClientOptions {
  /** Most connections of the pool. */
  max?: number
  applicationName?: string
  /** Longest run of one statement, in milliseconds; 0 = no end, for migrations only. */
  statementTimeout?: number
  /** Longest wait for a lock, in milliseconds. */
  lockTimeout?: number
  /** Longest silence of the server before its connection counts as lost, in milliseconds. */
  silence?: number
}

/** What `sql` gives for the types whose default would lose something or change its meaning. */
const types = {
  // The parser must never throw: postgres.js would hand the rest of the answer to the next query.
  bigint: { to: 20, from: [20], serialize: (value: unknown) => String(value), parse: integerFromWire },
  // A calendar day has no time zone: text stays text, a Date would be moved.
  day: { to: 1082, from: [1082, 1114], serialize: isoText, parse: (text: string) => text },
  instant: { to: 1184, from: [1184], serialize: isoText, parse: (text: string) => new Date(text) },
}

/** drizzle's handling of the same values: exact or refused, never rounded. */
function codecsOf(sql: Pick<postgres.Sql, 'json'>): typeof postgresJsCodecs {
  const own = postgresJsCodecs
  // Without its type named, postgres.js would send a JSON document `true` or `[true]` as a boolean.
  const document = (value: unknown) => (value === null ? null : sql.json(value as postgres.JSONValue))
  return {
    ...own,
    'bigint:number': { ...own['bigint:number'], ...eachOf(exactNumber) },
    'bigserial:number': { ...own['bigserial:number'], ...eachOf(exactNumber) },
    'bigint:string': { ...own['bigint:string'], ...eachOf(String) },
    'timestamptz:string': { ...own['timestamptz:string'], normalize: isoText },
    json: { ...own.json, normalizeParam: document },
    jsonb: { ...own.jsonb, normalizeParam: document },
  }
}

function eachOf(normalize: (value: unknown) => unknown) {
  const every = (values: unknown[]): unknown[] =>
    values.map((value) => (Array.isArray(value) ? every(value) : value === null ? null : normalize(value)))
  return { normalize, normalizeArray: every }
}

/**
 * Opens the one kind of database client of the product: `sql` for hand-written statements and `db`, drizzle over
 * the same connections. An int8 arrives as a number; beyond 2^53 `sql` gives a bigint (which arithmetic with
 * numbers refuses) and drizzle's number mode throws.
 */
export function openDb(url: string, options: ClientOptions = {}) {
  const statementTimeout = options.statementTimeout ?? 30_000
  const silence = options.silence ?? (statementTimeout > 0 ? statementTimeout + 15_000 : 0)
  const sql = postgres(url, {
    max: options.max ?? 10,
    connect_timeout: 10,
    idle_timeout: 30,
    max_lifetime: 30 * 60,
    // Seconds between tries to connect again; by default it grows to 20, long after the server is back.
    backoff: (tries: number) => Math.min(0.02 * 2 ** tries, 1),
    types,
    onnotice: () => {},
    // Missing in the types of postgres.js, documented in its README.
    ...({ socket: watchedSocket(silence) } as object),
    connection: {
      application_name: options.applicationName ?? 'huming',
      statement_timeout: statementTimeout,
      lock_timeout: options.lockTimeout ?? 10_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  })
  const parsers = { ...sql.options.parsers }
  const db = drizzle({ client: sql, codecs: codecsOf(sql) })
  // drizzle replaces the client's parsers of dates; its codecs above read what ours give.
  Object.assign(sql.options.parsers, parsers)
  return { sql, db, close: () => sql.end({ timeout: 5 }) }
}

/** An open client. */
export type OpenDb = ReturnType<typeof openDb>
