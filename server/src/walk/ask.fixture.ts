import type { RouteId } from '@huming/shared/contracts/all'
import { type ProblemCode, problems } from '@huming/shared/problems'
import type { InjectOptions } from 'fastify'
import { expect } from 'vitest'
import { epcisTypeOf } from '../kernel/epcis-problems.ts'
import { type Guest, requestOf, type TestApp } from '../test-app.ts'
import { examples } from './examples.fixture.ts'

export type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
export type Reply = { status: number; code: ProblemCode | undefined; text: string; body: unknown }

/** Asks a door as the guest, or as nobody; of a stream only the head is read. */
export async function ask(
  { app }: TestApp,
  id: RouteId,
  input: Loose,
  who?: Pick<Guest, 'cookie'>,
  extra: InjectOptions = {},
): Promise<Reply> {
  const request = {
    ...requestOf(id, input),
    ...extra,
    headers: { ...(who ? { cookie: who.cookie } : {}), ...extra.headers },
  }
  if (id === 'system.live') {
    const stream = await app.inject({ ...request, payloadAsStream: true })
    if (stream.statusCode === 200) {
      stream.stream().destroy()
      return { status: 200, code: undefined, text: '', body: undefined }
    }
  }
  const answer = await app.inject(request)
  const text = answer.body
  const json = /json/.test(String(answer.headers['content-type']))
  const body: unknown = json && text ? JSON.parse(text) : undefined
  if (answer.statusCode < 400) return { status: answer.statusCode, code: undefined, text, body }
  const problem = body as { code: ProblemCode }
  expectProblem(answer.headers['content-type'], answer.statusCode, body)
  return { status: answer.statusCode, code: problem.code, text, body }
}

/** Asks with the raw parts of the door's example: an upload's bytes and type. */
export const askAs = (t: TestApp, id: RouteId, input: Loose, who?: Pick<Guest, 'cookie'>): Promise<Reply> =>
  ask(t, id, input, who, examples[id].raw)

/**
 * Every refusal is a problem with a public code, its status and a Chinese sentence; the doors of EPCIS name its type as
 * their binding does.
 */
export function expectProblem(contentType: unknown, status: number, body: unknown): void {
  expect(contentType).toBe('application/problem+json; charset=utf-8')
  const problem = body as { code: ProblemCode; status: number; detail: string; title: string; type: string }
  expect(problem.status).toBe(status)
  expect([`urn:huming:problem:${problem.code}`, epcisTypeOf('/api/epcis/', problem.code).type]).toContain(
    problem.type,
  )
  expect(problems[problem.code]).toBe(status)
  expect(problem.detail).toMatch(/\p{Script=Han}/u)
  expect(problem.detail).not.toMatch(/[{}]|undefined|null/)
}

/** A sum over the rows of every table: equal before and after what must change nothing. */
export async function dataSum({ sql }: Pick<TestApp, 'sql'>): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`
  const parts = tables.map(
    ({ name }) => `select '${name}' as name,
      count(*) || ' rows, ' || coalesce(sum(hashtextextended(x::text, 0)::numeric), 0) as sum from ${name} x`,
  )
  const sums = await sql.unsafe<{ name: string; sum: string }[]>(parts.join(' union all '))
  return Object.fromEntries(sums.map((row) => [row.name, row.sum]))
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const codeNames = ['code', 'lot', 'tote']

/** Our request with one of its references, each in turn, replaced by the other side's: `[path, request]`. */
export function mixtures(own: Loose, other: Loose): [path: string, input: Loose][] {
  const found: [string, Loose][] = []
  const walk = (mine: unknown, their: unknown, path: string[]): void => {
    if (typeof mine === 'string' && mine !== their) {
      if (!uuid.test(mine) && !codeNames.includes(path.at(-1) as string)) return
      const mixed = structuredClone(own)
      setAt(mixed, path, their)
      found.push([path.join('.'), mixed])
    } else if (typeof mine === 'object' && mine !== null) {
      for (const key of Object.keys(mine))
        walk(mine[key as never], (their as object)[key as never], [...path, key])
    }
  }
  walk(own, other, [])
  return found
}

export function setAt(whole: object, path: readonly string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce((at, key) => at[key as never], whole)
  Object.defineProperty(parent, path.at(-1) as string, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
