import { newId } from '@huming/shared/ids'
import { useSyncExternalStore } from 'react'
import { ApiProblem, api } from '../app/api.ts'
import { uploadFile } from '../app/files.ts'
import { invalidate, keyOf, queryClient } from '../app/query.ts'
import { lasts, readAll, remove, write } from './device-store.ts'
import type { Run, Stop, StopAct, Waiting } from './overlay.ts'

export type Outbox = { waiting: readonly Waiting[]; sending: boolean; lasts: boolean }

const RETRY_MS = 15_000

let state: Outbox = { waiting: [], sending: false, lasts: true }
let owner: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function change(next: Partial<Outbox>): void {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What waits to be sent, and whether it is being sent. */
export const useOutbox = (): Outbox => useSyncExternalStore(subscribe, () => state)

async function reload(): Promise<Waiting[]> {
  const all = await readAll<Waiting>('actions')
  const own = all.filter((act) => act.personId === owner)
  change({ waiting: own })
  return own
}

/** Opens the outbox of the person signed in, and sends whenever the network may be back. Returns the way to stop. */
export function openOutbox(personId: string): () => void {
  owner = personId
  void lasts().then((yes) => change({ lasts: yes }))
  void reload().then(send)
  const wake = () => void send()
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
  }
}

/** Keeps an action on the phone, then sends what waits. It counts from now on, network or not. */
export async function keepAct(
  at: { personId: string; runId: string; stop: Stop },
  what: StopAct,
  files: Waiting['files'] = [],
): Promise<void> {
  const id = newId()
  const now = new Date().toISOString()
  const { personId, runId, stop } = at
  const kept = {
    ...what,
    id,
    personId,
    runId,
    stopId: stop.id,
    site: stop.site,
    at: now,
    files,
    problem: null,
  }
  await write('actions', id, kept)
  await reload()
  void send()
}

/** Sends an action again that was sent back. */
export async function again(act: Waiting): Promise<void> {
  await write('actions', act.id, { ...act, problem: null })
  await reload()
  await send()
}

/** Gives an action up; the server's state stands. */
export async function drop(act: Waiting): Promise<void> {
  await remove('actions', act.id)
  await reload()
  invalidate('delivery.')
}

/** Sends what waits, oldest first; one tab at a time. */
export async function send(): Promise<void> {
  if (state.sending) return
  clearTimeout(timer)
  change({ sending: true })
  try {
    // Without a secure context there are no locks; a double is then told apart by the server.
    await (navigator.locks?.request('huming-outbox', sendAll) ?? sendAll())
  } finally {
    change({ sending: false })
  }
  const waiting = await reload()
  if (waiting.some((act) => act.problem === null)) timer = setTimeout(() => void send(), RETRY_MS)
}

async function sendAll(): Promise<void> {
  const stuck = new Set<string>()
  for (const act of await reload()) {
    if (act.problem !== null) stuck.add(act.stopId)
    // What follows an action that was sent back would be refused as well: it waits for the driver's decision.
    if (stuck.has(act.stopId)) continue
    try {
      await sendOne(act)
    } catch (error) {
      if (!isRefusal(error)) return
      stuck.add(act.stopId)
      await write('actions', act.id, { ...act, problem: { code: error.code, detail: error.detail } })
      await reload()
      invalidate('delivery.')
    }
  }
}

/** A no from the server that a repeat would not change; anything else is tried again later. */
const isRefusal = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 408, 429].includes(error.status)

async function sendOne(act: Waiting): Promise<void> {
  for (const { id, blob } of act.files) await uploadFile(blob, 'own', id)
  const { stop } = await call(act)
  queryClient.setQueryData<Run>(keyOf('delivery.readRun', { params: { id: act.runId } }), (run) =>
    run ? { ...run, stops: run.stops.map((one) => (one.id === stop.id ? stop : one)) } : run,
  )
  await remove('actions', act.id)
  await reload()
  invalidate('delivery.')
}

function call(act: Waiting) {
  const params = { id: act.stopId }
  const when = { at: act.at }
  if (act.kind === 'arrive') return api('delivery.arrive', { params, body: { ...act.body, ...when } })
  if (act.kind === 'fail') return api('delivery.fail', { params, body: { ...act.body, ...when } })
  return api('delivery.deliver', { params, body: { ...act.body, ...when } })
}
