import { setTimeout as sleep } from 'node:timers/promises'
import type { ContractInput, ContractReply } from '@huming/shared/contract'
import { type Contracts, contracts, type RouteId } from '@huming/shared/contracts/all'
import type { ProblemCode } from '@huming/shared/problems'
import { Pool } from 'undici'

/** A signed-in person: the cookie, and who it is. */
export type Who = { cookie: string; personId: string; orgId: string; hubIds: string[] }

export class Refused extends Error {
  readonly status: number
  readonly code: ProblemCode | 'unreadable'
  readonly problem: Record<string, unknown>

  constructor(id: string, status: number, problem: Record<string, unknown>) {
    const said = ['code', 'detail'].map((member) => problem[member]).filter((one) => typeof one === 'string')
    const where = problem['pointers'] ? ` ${JSON.stringify(problem['pointers'])}` : ''
    super(`${id} answered ${status} ${said.join(': ')}${where}`)
    this.status = status
    this.code = (problem['code'] as ProblemCode | undefined) ?? 'unreadable'
    this.problem = problem
  }
}

/** About ten seconds in all. */
const attemptsMax = 10

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** The product as people reach it: over HTTP, by contract. Counts what it asked. */
export class Client {
  readonly #pool: Pool
  readonly #base: URL
  /** How each person signed in, to do it again when a shift has outlasted the session. */
  readonly #words = new WeakMap<Who, { phone: string; password: string }>()
  requests = 0

  constructor(base: string, connections = 32) {
    this.#base = new URL(base)
    this.#pool = new Pool(this.#base.origin, {
      connections,
      pipelining: 1,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
    })
  }

  /** Calls a route; a refusal is thrown as `Refused`. */
  async call<Id extends RouteId>(
    id: Id,
    input: ContractInput<Contracts[Id]>,
    who?: Who,
  ): Promise<ContractReply<Contracts[Id]>> {
    const { body } = input as Loose
    const content: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await this.#send(
      id,
      input as Loose,
      who,
      content,
      body === undefined ? null : JSON.stringify(body),
    )
    return answer as ContractReply<Contracts[Id]>
  }

  /** Uploads a picture under an id. */
  async upload(id: string, png: Buffer, who: Who): Promise<void> {
    await this.#send('files.upload', { params: { id } }, who, { 'content-type': 'image/png' }, png)
  }

  async signIn(phone: string, password: string): Promise<Who> {
    this.requests++
    const response = await this.#pool.request({
      method: 'POST',
      path: '/api/session',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, password }),
    })
    const me = (await response.body.json()) as ContractReply<Contracts['accounts.me']>
    if (response.statusCode !== 200) throw new Refused('accounts.signIn', response.statusCode, me)
    const cookie = String(response.headers['set-cookie']).split(';')[0] as string
    const who = { cookie, personId: me.person.id, orgId: me.org.id, hubIds: me.hubIds }
    this.#words.set(who, { phone, password })
    return who
  }

  async close(): Promise<void> {
    await this.#pool.close()
  }

  async #send(
    id: RouteId,
    input: Loose,
    who: Who | undefined,
    headers: Record<string, string>,
    body: string | Buffer | null,
  ): Promise<unknown> {
    this.requests++
    const { method } = contracts[id]
    const cookie: { cookie?: string } = who ? { cookie: who.cookie } : {}
    const options = { method, path: pathOf(id, input), headers: { ...headers, ...cookie }, body }
    const { statusCode, text } = await this.#patiently(async () => {
      const response = await this.#pool.request(options)
      return { statusCode: response.statusCode, text: await response.body.text() }
    })
    if (statusCode === 200) return text ? JSON.parse(text) : undefined
    const refused = new Refused(id, statusCode, readProblem(text))
    if (refused.code !== 'session_expired' || !who || !(await this.#enterAgain(who, cookie.cookie)))
      throw refused
    return this.#send(id, input, who, headers, body)
  }

  /** Signs in once more, unless somebody else's call did it meanwhile; false for who never signed in here. */
  async #enterAgain(who: Who, old: string | undefined): Promise<boolean> {
    const words = this.#words.get(who)
    if (!words) return false
    if (who.cookie === old) who.cookie = (await this.signIn(words.phone, words.password)).cookie
    return true
  }

  /** A lost connection or a server that is coming back: every call may be repeated, so it is, for a while. */
  async #patiently(ask: () => Promise<{ statusCode: number; text: string }>) {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await ask()
        if (answer.statusCode !== 503 || attempt === attemptsMax) return answer
      } catch (error) {
        if (attempt === attemptsMax) throw error
      }
      await sleep(200 * attempt)
    }
  }
}

function pathOf(id: RouteId, { params = {}, query = {} }: Loose): string {
  const path = contracts[id].path.replace(/:(\w+)/g, (_mark, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]))
  return given.length > 0 ? `${path}?${search.toString()}` : path
}

function readProblem(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { detail: text.slice(0, 200) }
  }
}

/** Does the work for all items, so many at a time, in their order. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      await work(items[index] as T, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
}
