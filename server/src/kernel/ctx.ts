import type { openDb } from '@huming/db/client'
import type { Locale } from '@huming/shared/locale'
import type { Actor } from '@huming/shared/permissions'
import type { FastifyBaseLogger } from 'fastify'

type Opened = Awaited<ReturnType<typeof openDb>>
/** drizzle over the one postgres.js client. */
export type Db = Opened['db']
/** The postgres.js client itself, for hand-written statements. */
export type Sql = Opened['sql']
/** An open transaction of drizzle; has all of `Db` but cannot leave the transaction. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** Everything a verb may use. `now` is the only clock; `actor` says who acts. */
export type Ctx = {
  db: Db
  sql: Sql
  now: Date
  actor: Actor
  locale: Locale
  requestId: string
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error' | 'debug'>
}

/** Parts of a context that live as long as the process. */
export type Base = Pick<Ctx, 'db' | 'sql' | 'log'>

/** A context for the product acting by itself (clock, event). */
export const systemCtx = (base: Base, name: string, now = new Date()): Ctx => ({
  ...base,
  now,
  actor: { kind: 'system', name },
  locale: 'zh',
  requestId: `${name}:${now.getTime()}`,
})
