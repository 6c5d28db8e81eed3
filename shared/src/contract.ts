import type { z } from 'zod'
import type { Action } from './permissions.ts'
import type { ProblemCode } from './problems.ts'

export type Access = Action | 'public' | 'signedIn'

/** One door of the product: what it takes, what it gives, who may. Server, web, OpenAPI and tests read it. */
export type Contract = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `/api/…` with `:name` parameters. */
  path: string
  /** Action of the permission matrix that the door asks for, or `public`, or `signedIn` for one's own account. */
  access: Access
  summary: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  reply: z.ZodType
  /** Problems of its own beyond those any door may give (bad_input, unauthenticated, forbidden, not_found …). */
  problems?: readonly ProblemCode[]
  /** A body may have so many bytes; left out, what any door takes. */
  bodyBytes?: number
  /** `stream` replies and raw bodies are written by the handler itself. */
  raw?: 'stream' | 'upload'
}

/** Declares a contract; keeps the literal types. */
export const contract = <const C extends Contract>(c: C): C => c

type In<T> = T extends z.ZodType ? z.input<T> : undefined
type Out<T> = T extends z.ZodType ? z.output<T> : undefined

/** What a caller passes: `{ params, query, body }` as far as the contract has them. */
export type ContractInput<C extends Contract> = (C['params'] extends z.ZodType
  ? { params: In<C['params']> }
  : unknown) &
  (C['query'] extends z.ZodType ? { query?: In<C['query']> } : unknown) &
  (C['body'] extends z.ZodType ? { body: In<C['body']> } : unknown)

/** What the handler receives after parsing. */
export type ContractParsed<C extends Contract> = {
  params: Out<C['params']>
  query: Out<C['query']>
  body: Out<C['body']>
}

export type ContractReply<C extends Contract> = z.output<C['reply']>
