import { events } from '@huming/db/schema/events'
import { can } from '@huming/shared/permissions'
import { asc, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Base, Ctx } from '../kernel/ctx.ts'
import { newsChannel } from '../kernel/emit.ts'

type Reader = { ctx: Ctx; reply: FastifyReply }
type EventRow = Pick<
  typeof events.$inferSelect,
  'id' | 'type' | 'at' | 'orgId' | 'hubId' | 'actorOrgId' | 'subjectId'
>

/** Connections to one process; one more is told to come back. */
const readersMax = 2000
const heartbeatMs = 25_000
/** Events read per look; a backlog beyond it tells readers to reload instead. */
const batchMax = 500
/** Ids are made before their transaction commits: look back this far for late ones. */
const lookBackMs = 10_000

/**
 * Tells browsers what changed, as it commits: one LISTEN connection per process, one look at the events table per
 * piece of news, each reader told only of what it may see (its organisation, its hubs, or all for operations).
 * The message carries type and subject, never the content: the browser asks again through its own door.
 */
export class LiveFeed {
  readonly #base: Base
  readonly #readers = new Set<Reader>()
  readonly #told = new Map<string, number>()
  #listening: Promise<{ unlisten(): Promise<void> }> | undefined
  #looking = false
  #again = false
  #timer: NodeJS.Timeout | undefined

  constructor(base: Base) {
    this.#base = base
  }

  /** Keeps the reply open and writes to it until the browser leaves. */
  join(ctx: Ctx, request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack()
    reply.raw.writeHead(this.#readers.size >= readersMax ? 503 : 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    if (this.#readers.size >= readersMax) {
      reply.raw.end()
      return
    }
    const reader = { ctx, reply }
    this.#readers.add(reader)
    reply.raw.write('retry: 3000\nevent: hello\ndata: {}\n\n')
    request.raw.on('close', () => this.#readers.delete(reader))
    this.#start()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    for (const reader of this.#readers) reader.reply.raw.end()
    this.#readers.clear()
    await (await this.#listening?.catch(() => undefined))?.unlisten()
  }

  #start(): void {
    if (this.#listening) return
    this.#listening = this.#base.sql.listen(newsChannel, () => void this.#look())
    this.#listening.catch((error: unknown) => {
      this.#base.log.warn({ err: error }, 'live: cannot listen')
      this.#listening = undefined
    })
    this.#timer ??= setInterval(() => {
      for (const { reply } of this.#readers) reply.raw.write(': beat\n\n')
    }, heartbeatMs)
    this.#timer.unref()
  }

  /** Reads what is new and tells it; news that comes meanwhile causes one more look. */
  async #look(): Promise<void> {
    this.#again = true
    if (this.#looking || this.#readers.size === 0) return
    this.#looking = true
    try {
      while (this.#again) {
        this.#again = false
        for (const row of await this.#unseen()) this.#tell(row)
      }
    } catch (error) {
      this.#base.log.warn({ err: error }, 'live: cannot read events')
    } finally {
      this.#looking = false
    }
  }

  async #unseen(): Promise<EventRow[]> {
    const since = Date.now() - lookBackMs
    for (const [id, at] of this.#told) if (at < since - lookBackMs) this.#told.delete(id)
    const rows = await this.#base.db
      .select({
        id: events.id,
        type: events.type,
        at: events.at,
        orgId: events.orgId,
        hubId: events.hubId,
        actorOrgId: events.actorOrgId,
        subjectId: events.subjectId,
      })
      .from(events)
      .where(gt(events.id, idFloor(since)))
      .orderBy(asc(events.id))
      .limit(20 * batchMax)
    const fresh = rows.filter((row) => !this.#told.has(row.id))
    for (const row of fresh) this.#told.set(row.id, Date.now())
    return fresh.length > batchMax ? [...fresh.slice(-batchMax), reloadAll] : fresh
  }

  #tell(row: EventRow): void {
    const data = JSON.stringify({ type: row.type, subjectId: row.subjectId, hubId: row.hubId, at: row.at })
    const text = `id: ${row.id}\nevent: change\ndata: ${data}\n\n`
    for (const { ctx, reply } of this.#readers) if (concerns(ctx, row)) reply.raw.write(text)
  }
}

const reloadAll: EventRow = {
  id: '',
  type: 'reload',
  at: new Date(0),
  orgId: null,
  hubId: null,
  actorOrgId: null,
  subjectId: '',
}

/** May this reader know that the event happened? */
export function concerns(
  ctx: Pick<Ctx, 'actor'>,
  row: Pick<EventRow, 'type' | 'orgId' | 'hubId' | 'actorOrgId'>,
): boolean {
  if (row.type === 'reload') return true
  const { actor } = ctx
  if (actor.kind !== 'person') return false
  if (row.orgId === actor.orgId || row.actorOrgId === actor.orgId) return true
  if (row.orgId !== null && actor.principalIds.includes(row.orgId)) return true
  if (row.hubId !== null && can(actor, 'board.read', { hubId: row.hubId }) === true) return true
  return can(actor, 'board.read', {}) === true
}

/** The smallest UUIDv7 of a millisecond. */
const idFloor = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
