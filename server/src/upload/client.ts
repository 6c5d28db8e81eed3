import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A record on its way: the id is its idempotency key, so that a repeat is taken once. */
export type Outgoing = {
  readonly id: string
  readonly kind: 'in' | 'out' | 'archive'
  readonly record: Readonly<Record<string, string | number | null>>
}
/** What the platform answered: taken under a number, refused for good with a reason, or not decided. */
export type Receipt =
  | { readonly id: string; readonly outcome: 'accepted'; readonly receiptNo: string }
  | { readonly id: string; readonly outcome: 'rejected'; readonly reason: string }
  | { readonly id: string; readonly outcome: 'again'; readonly reason: string }

/** The way to the platform. There is no public interface of it (DB31/T 1110), so the way can be exchanged. */
export type UploadClient = {
  readonly way: 'http' | 'folder' | 'hand'
  /** Sends records; never throws for what the other side does. */
  send(records: readonly Outgoing[]): Promise<readonly Receipt[]>
}

const timeoutMs = 20_000
const reasonMax = 300

/**
 * Posts a batch as JSON: `{ records }` → `{ receipts: [{ id, accepted, receiptNo?, reason? }] }`. A refused batch
 * (4xx but 408, 425, 429) is refused for good; whatever else goes wrong is tried again. Records without a receipt are
 * tried again, too.
 */
export function httpClient(url: string, token: string | undefined): UploadClient {
  return {
    way: 'http',
    async send(records) {
      const all = (outcome: 'again' | 'rejected', reason: string): Receipt[] =>
        records.map(({ id }) => ({ id, outcome, reason: reason.slice(0, reasonMax) }))
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          body: JSON.stringify({ records }),
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
        })
        const text = await response.text()
        if (response.ok) return receiptsOf(records, text)
        const forGood =
          response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status)
        return all(forGood ? 'rejected' : 'again', `HTTP ${response.status} ${text.slice(0, 200)}`)
      } catch (error) {
        return all('again', error instanceof Error ? error.message : String(error))
      }
    },
  }
}

/** What the platform said of each record; unreadable answers decide nothing. */
export function receiptsOf(records: readonly Outgoing[], text: string): Receipt[] {
  const said = new Map<string, { accepted?: unknown; receiptNo?: unknown; reason?: unknown }>()
  try {
    const { receipts } = JSON.parse(text) as { receipts?: unknown }
    for (const one of Array.isArray(receipts) ? receipts : [])
      if (typeof one?.id === 'string') said.set(one.id.toLowerCase(), one)
  } catch {
    return records.map(({ id }) => ({ id, outcome: 'again', reason: 'unreadable answer' }))
  }
  return records.map(({ id }): Receipt => {
    const one = said.get(id)
    if (one?.accepted === true && typeof one.receiptNo === 'string' && one.receiptNo !== '')
      return { id, outcome: 'accepted', receiptNo: one.receiptNo.slice(0, 60) }
    if (one?.accepted === false)
      return {
        id,
        outcome: 'rejected',
        reason: typeof one.reason === 'string' ? one.reason.slice(0, reasonMax) : 'no reason given',
      }
    return { id, outcome: 'again', reason: 'no receipt' }
  })
}

/** Writes records as lines of JSON, a file a day, for another program to carry on. */
export function folderClient(folder: string): UploadClient {
  return {
    way: 'folder',
    async send(records) {
      const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
      try {
        await mkdir(folder, { recursive: true })
        await appendFile(
          join(folder, `uploads-${day}.jsonl`),
          records.map((one) => `${JSON.stringify(one)}\n`).join(''),
        )
        return records.map(({ id }) => ({ id, outcome: 'accepted', receiptNo: `FILE-${day}` }))
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).slice(0, reasonMax)
        return records.map(({ id }) => ({ id, outcome: 'again', reason }))
      }
    },
  }
}

type Env = Readonly<Record<string, string | undefined>>

/** The way set by the environment: `TRACE_UPLOAD_URL` (with `TRACE_UPLOAD_TOKEN`), else `TRACE_UPLOAD_DIR`, else none. */
export function clientOf(env: Env): UploadClient | null {
  const url = env['TRACE_UPLOAD_URL']
  if (url) return httpClient(url, env['TRACE_UPLOAD_TOKEN'])
  const folder = env['TRACE_UPLOAD_DIR']
  return folder ? folderClient(folder) : null
}

export const wayOf = (env: Env): UploadClient['way'] => clientOf(env)?.way ?? 'hand'
