import { createHash, randomBytes } from 'node:crypto'
import { sessions } from '@huming/db/schema/accounts'
import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import type { Actor, OrgKind, Role } from '@huming/shared/permissions'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql, Tx } from '../kernel/ctx.ts'
import { sessionEndsAt } from './rules.ts'

export const cookieName = 'sid'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Opens a session and returns the token for the cookie; only its hash is stored. */
export async function openSession(
  tx: Tx,
  input: {
    personId: string
    orgId: string
    orgKind: OrgKind
    device: string
    now: Date
    /** When it ends, if not as every session of that kind. */
    expiresAt?: Date
  },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = input.expiresAt ?? sessionEndsAt(input.orgKind, input.now)
  const id = newId()
  await tx.insert(sessions).values({
    id,
    tokenHash: hashOf(token),
    personId: input.personId,
    orgId: input.orgId,
    device: input.device.slice(0, 200),
    createdAt: input.now,
    expiresAt,
  })
  return { id, token, expiresAt }
}

/** HttpOnly, SameSite=Lax; Secure when the request came over TLS. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  expiresAt: Date,
): void {
  reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    expires: expiresAt,
  })
}

type Row = {
  token_hash: string
  session_id: string
  person_id: string
  org_id: string
  org_kind: OrgKind
  roles: Role[]
  principal_ids: string[]
  hub_ids: string[]
  run_id: string | null
}

/**
 * Reads sessions for requests. Requests that arrive together share one statement, so a burst costs few round
 * trips, and nothing is cached: a sign-out holds from the next request on.
 */
export class SessionReader {
  readonly #sql: Sql
  #waiting: { hash: string; resolve: (row: Row | undefined) => void; reject: (e: unknown) => void }[] = []
  #running = 0

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** The actor of the token in force, or null. */
  async actorOf(token: string | undefined, now: Date): Promise<Actor | null> {
    if (!token || token.length > 100) return null
    const hash = hashOf(token)
    const row = await new Promise<Row | undefined>((resolve, reject) => {
      this.#waiting.push({ hash, resolve, reject })
      if (this.#running === 0) queueMicrotask(() => void this.#flush(now))
    })
    if (!row) return null
    return {
      kind: 'person',
      personId: row.person_id,
      orgId: row.org_id,
      orgKind: row.org_kind,
      roles: row.roles,
      principalIds: row.principal_ids,
      hubIds: row.hub_ids,
      sessionId: row.session_id,
      runId: row.run_id,
    }
  }

  async #flush(now: Date): Promise<void> {
    const batch = this.#waiting
    if (batch.length === 0) return
    this.#waiting = []
    this.#running++
    try {
      const rows = await this.#read([...new Set(batch.map((b) => b.hash))], now)
      const byHash = new Map(rows.map((row) => [row.token_hash, row]))
      for (const b of batch) b.resolve(byHash.get(b.hash))
    } catch (error) {
      for (const b of batch) b.reject(error)
    } finally {
      this.#running--
    }
    void this.#flush(now)
  }

  async #read(hashes: string[], now: Date): Promise<Row[]> {
    const today = serviceDayOf(now)
    const sql = this.#sql
    return sql<Row[]>`
      select s.token_hash, s.id as session_id, s.person_id, s.org_id, o.kind as org_kind,
        array(select m.role from memberships m where m.person_id = s.person_id and m.org_id = s.org_id order by 1) as roles,
        array(select d.principal_org_id from mandates d where d.broker_org_id = s.org_id
          and d.valid_from <= ${today} and d.valid_to >= ${today}) as principal_ids,
        array(select h.id from hubs h where h.org_id = s.org_id) as hub_ids, k.run_id
      from sessions s
      join people p on p.id = s.person_id and p.disabled_at is null
      join organisations o on o.id = s.org_id and o.suspended_at is null
      left join driver_link_sessions x on x.session_id = s.id
      left join driver_links k on k.id = x.link_id
      where s.token_hash = any(${hashes}) and s.expires_at > ${now}
        and (x.link_id is null or (k.revoked_at is null and k.expires_at > ${now}))`
  }
}
