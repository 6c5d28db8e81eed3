import { useEffect, useRef, useSyncExternalStore } from 'react'
import { addressOf } from './api.ts'
import { invalidate } from './query.ts'

/** What the server says has happened (`order.placed`) and to which thing; the content is asked for again. */
export interface LiveEvent {
  type: string
  subjectId: string
  hubId: string | null
  at: string
}

type Listener = (event: LiveEvent) => void

/** Everything may have changed: told by the server after a backlog, and by us after a broken stream. */
const RELOAD = 'reload'
const AGAIN_MS = 10_000
const GRACE_MS = 2000
/** On a busy night many events come at once; a list is read again at most this often. */
const REREAD_MS = 1000

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let source: EventSource | undefined
let later: ReturnType<typeof setTimeout> | undefined
let connected = false
let missed = false

function setConnected(next: boolean) {
  connected = next
  for (const watcher of watchers) watcher()
}

const tell = (event: LiveEvent) => {
  for (const listener of listeners) listener(event)
}

/** One stream per tab, opened with the first listener. The browser reconnects by itself. */
function open() {
  clearTimeout(later)
  if (source && source.readyState !== EventSource.CLOSED) return
  const stream = new EventSource(addressOf('system.live'))
  source = stream
  stream.addEventListener('open', () => {
    setConnected(true)
    if (missed) tell({ type: RELOAD, subjectId: '', hubId: null, at: '' })
    missed = false
  })
  stream.addEventListener('error', () => {
    setConnected(false)
    missed = true
    // A refused stream is closed for good; try again, slowly.
    if (stream.readyState === EventSource.CLOSED && listeners.size > 0) later = setTimeout(open, AGAIN_MS)
  })
  stream.addEventListener('change', ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as LiveEvent))
}

function close() {
  clearTimeout(later)
  // Going from page to page does not reconnect.
  later = setTimeout(() => {
    if (listeners.size > 0) return
    source?.close()
    source = undefined
    missed = false
  }, GRACE_MS)
}

/**
 * Hears what happens while the screen is open. `types` are beginnings of event types (`order.`, `lot.`);
 * `then` names the routes to read again (beginnings of ids: `orders.`), or does something finer.
 */
export function useLive(types: readonly string[], then: readonly string[] | Listener): void {
  const latest = useRef(then)
  useEffect(() => {
    latest.current = then
  })
  const wanted = types.join()
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    const reread = () => {
      resting = undefined
      if (typeof latest.current !== 'function') invalidate(...latest.current)
    }
    const hear: Listener = (event) => {
      if (event.type !== RELOAD && !wanted.split(',').some((type) => event.type.startsWith(type))) return
      if (typeof latest.current === 'function') latest.current(event)
      else resting ??= setTimeout(reread, REREAD_MS)
    }
    listeners.add(hear)
    open()
    return () => {
      clearTimeout(resting)
      listeners.delete(hear)
      close()
    }
  }, [wanted])
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Is the stream up? For the dot on boards. */
export function useLiveState(): boolean {
  return useSyncExternalStore(watch, () => connected)
}
