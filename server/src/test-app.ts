import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePerson } from '@huming/db/factories'
import { testDb } from '@huming/db/test-db'
import type { ContractInput, ContractReply } from '@huming/shared/contract'
import { type Contracts, contracts, type RouteId } from '@huming/shared/contracts/all'
import type { OrgKind, Role } from '@huming/shared/permissions'
import type { Problem } from '@huming/shared/problems'
import type { InjectOptions } from 'fastify'
import { cookieName, openSession } from './accounts/sessions.ts'
import { type AppOptions, buildApp } from './app.ts'
import { systemCtx } from './kernel/ctx.ts'

export type Answer<Id extends RouteId> = {
  status: number
  body: ContractReply<Contracts[Id]>
  problem: Problem
  headers: Record<string, unknown>
}
/** A signed-in person of a test. */
export type Guest = { cookie: string; personId: string; orgId: string }

/** The real app on a fresh real database, with sign-in by row instead of by password. */
export async function testApp(options: Pick<AppOptions, 'webDir' | 'logger' | 'texts' | 'stripe'> = {}) {
  const database = await testDb()
  const { db, sql } = database
  const filesDir = await mkdtemp(join(tmpdir(), 'huming-files-'))
  const app = await buildApp({
    db,
    sql,
    sample: true,
    ...options,
    filesDir,
  })

  /** Makes a person with the roles in the organisation and signs them in. */
  async function guest(org: { id: string; kind: string }, roles: Role[], now = new Date()): Promise<Guest> {
    const person = await makePerson(db, org.id, roles)
    const session = await db.transaction((tx) =>
      openSession(tx, {
        personId: person.id,
        orgId: org.id,
        orgKind: org.kind as OrgKind,
        device: 'test',
        now,
      }),
    )
    return { cookie: `${cookieName}=${session.token}`, personId: person.id, orgId: org.id }
  }

  /** Calls a route by its id as the guest (or as nobody). */
  async function call<Id extends RouteId>(
    id: Id,
    input: ContractInput<Contracts[Id]>,
    who?: Guest,
    extra: InjectOptions = {},
  ): Promise<Answer<Id>> {
    const response = await app.inject({
      ...requestOf(id, input as Loose),
      ...extra,
      headers: { ...(who ? { cookie: who.cookie } : {}), ...extra.headers },
    })
    const body = response.body ? JSON.parse(response.body) : undefined
    return { status: response.statusCode, body, problem: body, headers: response.headers }
  }

  const close = async () => {
    await app.close()
    await database.close()
    await rm(filesDir, { recursive: true, force: true })
  }
  return {
    app,
    db,
    sql,
    url: database.url,
    guest,
    call,
    close,
    system: (now?: Date) => systemCtx({ db, sql, log: app.log }, 'test', now),
  }
}

export type TestApp = Awaited<ReturnType<typeof testApp>>
type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** Method, url and payload of a call by contract. */
export function requestOf(id: RouteId, input: Loose): InjectOptions {
  const { method, path } = contracts[id]
  const url = path.replace(/:(\w+)/g, (_m: string, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ''),
  )
  const query = Object.entries(input.query ?? {}).filter(([, v]) => v !== undefined)
  const search =
    query.length > 0
      ? `?${new URLSearchParams(query.map(([k, v]): [string, string] => [k, String(v)])).toString()}`
      : ''
  return { method, url: url + search, ...(input.body === undefined ? {} : { payload: input.body as never }) }
}
