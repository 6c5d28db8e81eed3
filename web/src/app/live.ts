import { useEffect, useRef, useSyncExternalStore } from 'react'
import { addressOf } from './api.ts'
import { invalidate } from './query.ts'

/** What the server says has changed: a topic (`order`, `lot`, `run` …) and the thing's id. */
export interface LiveEvent {
  topic: string
  id?: string
}

type Listener = (event: LiveEvent) => void

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let source: EventSource | undefined
let closing: ReturnType<typeof setTimeout> | undefined
let connected = false

function setConnected(next: boolean) {
  connected = next
  for (const watcher of watchers) watcher()
}

/** One stream per tab, opened with the first listener. The browser reconnects by itself. */
function open() {
  clearTimeout(closing)
  if (source && source.readyState !== EventSource.CLOSED) return
  source = new EventSource(addressOf('system.live'))
  let missed = false
  source.onopen = () => {
    setConnected(true)
    // What happened while the stream was down was not heard: read everything shown again.
    if (missed) invalidate('')
    missed = false
  }
  source.onerror = () => {
    setConnected(false)
    missed = true
    // A refused stream is closed for good; try again, slowly.
    if (source?.readyState === EventSource.CLOSED && listeners.size > 0) closing = setTimeout(open, 10_000)
  }
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const event = readEvent(data)
    if (event) for (const listener of listeners) listener(event)
  }
}

function readEvent(data: string): LiveEvent | null {
  try {
    const event = JSON.parse(data) as Partial<LiveEvent>
    return typeof event.topic === 'string' ? (event as LiveEvent) : null
  } catch {
    return null
  }
}

function close() {
  clearTimeout(closing)
  // A moment's grace, so that going from page to page does not reconnect.
  closing = setTimeout(() => {
    if (listeners.size > 0) return
    source?.close()
    source = undefined
  }, 2000)
}

/**
 * Hears what changes while the screen is open. By default the answers of the routes named after the topic
 * (`orders.` for `orders`) are read again; `onEvent` may do something finer.
 */
export function useLive(topics: readonly string[], onEvent?: Listener): void {
  const latest = useRef(onEvent)
  useEffect(() => {
    latest.current = onEvent
  })
  const wanted = topics.join()
  useEffect(() => {
    const names = wanted.split(',')
    const hear: Listener = (event) => {
      if (!names.includes(event.topic)) return
      if (latest.current) latest.current(event)
      else invalidate(`${event.topic}.`)
    }
    listeners.add(hear)
    open()
    return () => {
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
