import { routes } from 'virtual:routes'
import type { ContractInput, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { Problem, ProblemCode } from '@huming/shared/problems'
import { languageTag, t, textOf } from './i18n.ts'

export type RouteId = keyof Contracts
export type Input<Id extends RouteId> = ContractInput<Contracts[Id]>
export type Reply<Id extends RouteId> = ContractReply<Contracts[Id]>

/** A refusal of the server, or `offline` / `timeout` when it could not be reached. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: ProblemCode | 'offline' | 'timeout'
  readonly detail: string
  readonly problem: Partial<Problem>

  constructor(status: number, code: ApiProblem['code'], problem: Partial<Problem> = {}) {
    super(code)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.detail = problem.detail ?? ''
    this.problem = problem
  }

  /** What was asked for is not there; an id in the address that is none is no other thing to the person. */
  get missing(): boolean {
    const inAddress = this.problem.pointers?.some((one) => one.pointer.startsWith('/params/')) ?? false
    return this.code === 'not_found' || (this.code === 'bad_input' && inAddress)
  }

  /** Nothing reached the server for certain: the same request may be sent again. */
  get lost(): boolean {
    return this.status === 0 || this.status === 503
  }
}

/** The sentence a person should read for any error. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('app.failed')
  // The server has written the sentence in the language asked for, with its amounts and times.
  return error.detail || textOf(`problem.${error.code}`, t('app.failed'))
}

type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** The address of a route, for links to downloads and for `fetch`. */
export function addressOf(id: RouteId, { params = {}, query = {} }: Parts = {}): string {
  const [, path] = routeOf(id)
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return search.size ? `${filled}?${search}` : filled
}

function routeOf(id: string): readonly [method: string, path: string] {
  const route = routes[id]
  if (!route) throw new Error(`no contract ${id}`)
  return route
}

const TIMEOUT_MS = 20_000

/** Calls a route by its contract; throws `ApiProblem` for every refusal. */
export async function api<Id extends RouteId>(
  id: Id,
  input?: Input<Id>,
  options: { signal?: AbortSignal } = {},
): Promise<Reply<Id>> {
  const parts = (input ?? {}) as Parts
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  const raw = parts.body instanceof Blob ? parts.body : undefined
  const response = await fetch(addressOf(id, parts), {
    method: routeOf(id)[0],
    credentials: 'same-origin',
    signal,
    headers: {
      accept: 'application/json',
      'accept-language': languageTag(),
      ...(parts.body !== undefined && { 'content-type': raw ? raw.type : 'application/json' }),
    },
    ...(parts.body !== undefined && { body: raw ?? JSON.stringify(parts.body) }),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error
    throw new ApiProblem(0, timeout.aborted ? 'timeout' : 'offline')
  })
  if (!response.ok) throw await problemOf(response)
  return (response.status === 204 ? undefined : await response.json()) as Reply<Id>
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>
  // A proxy in between answers with no code of ours.
  const code = problem.code ?? (response.status >= 502 ? 'unavailable' : 'internal')
  return new ApiProblem(response.status, code, problem)
}
