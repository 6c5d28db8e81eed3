import { useSyncExternalStore } from 'react'
import type { DeviceStore } from './device-store.ts'

/** An act kept on the device until the server has answered it. */
export type Kept = {
  /** Version 7: sorts in the order of doing. */
  id: string
  personId: string
  /** Why the server sent it back. */
  problem: { code: string; detail: string } | null
}
export type OutboxState<Act> = { waiting: readonly Act[]; sending: boolean; lasts: boolean }

type Config<Act extends Kept> = {
  /** Names the lock between tabs. */
  name: string
  store: DeviceStore
  /** Makes no sense before `earlier` is done: it waits for the person's decision when that was sent back. */
  waitsFor: (act: Act, earlier: Act) => boolean
  /** Sends one; throws what the server or the network said. Sent twice it must be the same act. */
  send: (act: Act) => Promise<void>
  /** A no that a repeat would not change, told as code and sentence; anything else is tried again later. */
  refusalOf: (error: unknown) => { code: string; detail: string } | null
  /** Something was sent, sent back or given up: what is shown of the server is old. */
  changed: () => void
}
type Outbox<Act extends Kept> = {
  /** What waits to be sent, and whether it is being sent. */
  use: () => OutboxState<Act>
  /** Opens it for the person signed in, and sends whenever the network may be back. Returns the way to stop. */
  open: (personId: string) => () => void
  /** Keeps an act on the device, then sends what waits. */
  keep: (act: Act) => Promise<void>
  /** Sends an act again that was sent back. */
  again: (act: Act) => Promise<void>
  /** Gives an act up; the server's state stands. */
  drop: (act: Act) => Promise<void>
  send: () => Promise<void>
  waiting: () => readonly Act[]
}

const RETRY_MS = 15_000

type Sending<Act extends Kept> = {
  config: Config<Act>
  reload: () => Promise<Act[]>
  tell: (sending: boolean) => void
}

/** Sends what waits, one pass after another; gives the way to ask for it and to stop trying again. */
function makeSender<Act extends Kept>({ config, reload, tell }: Sending<Act>) {
  const { store } = config
  let timer: ReturnType<typeof setTimeout> | undefined
  const sendOne = async (act: Act): Promise<'sent' | 'back' | 'later'> => {
    try {
      await config.send(act)
      await store.remove('actions', act.id)
      return 'sent'
    } catch (error) {
      const problem = config.refusalOf(error)
      if (!problem) return 'later'
      await store.write('actions', act.id, { ...act, problem })
      return 'back'
    } finally {
      await reload()
    }
  }
  const sendAll = async (): Promise<void> => {
    const stuck: Act[] = []
    for (const act of await reload()) {
      if (act.problem !== null || stuck.some((earlier) => config.waitsFor(act, earlier))) {
        stuck.push(act)
        continue
      }
      const outcome = await sendOne(act)
      if (outcome === 'later') return
      if (outcome === 'back') stuck.push(act)
      config.changed()
    }
  }
  const pass = async (): Promise<void> => {
    clearTimeout(timer)
    tell(true)
    try {
      // Without a secure context there are no locks; a double is then told apart by the server.
      await (globalThis.navigator?.locks?.request(`huming-${config.name}`, sendAll) ?? sendAll())
    } finally {
      tell(false)
    }
    const waiting = await reload()
    if (waiting.some((act) => act.problem === null)) timer = setTimeout(() => void send(), RETRY_MS)
  }
  let running: Promise<void> | null = null
  let wanted = false
  /** What is kept while others are being sent goes right after them. */
  const send = (): Promise<void> => {
    wanted = true
    running ??= (async () => {
      try {
        while (wanted) {
          wanted = false
          await pass()
        }
      } finally {
        running = null
      }
    })()
    return running
  }

  return { send, stop: () => clearTimeout(timer) }
}

/** Acts queue here through a gap in the network and are sent in the order of doing, one tab at a time; none is lost. */
export function makeOutbox<Act extends Kept>(config: Config<Act>): Outbox<Act> {
  const { store } = config
  let state: OutboxState<Act> = { waiting: [], sending: false, lasts: true }
  let owner: string | null = null
  const listeners = new Set<() => void>()
  const change = (next: Partial<OutboxState<Act>>) => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const reload = async (): Promise<Act[]> => {
    const own = (await store.readAll<Act>('actions')).filter((act) => act.personId === owner)
    change({ waiting: own })
    return own
  }

  const { send, stop } = makeSender({ config, reload, tell: (sending) => change({ sending }) })
  return {
    use: () => useSyncExternalStore(subscribe, () => state),
    open: (personId) => {
      owner = personId
      void store.lasts().then((yes) => change({ lasts: yes }))
      void reload().then(send)
      const wake = () => void send()
      window.addEventListener('online', wake)
      document.addEventListener('visibilitychange', wake)
      return () => {
        stop()
        window.removeEventListener('online', wake)
        document.removeEventListener('visibilitychange', wake)
      }
    },
    keep: async (act) => {
      owner ??= act.personId
      await store.write('actions', act.id, act)
      await reload()
      void send()
    },
    again: async (act) => {
      await store.write('actions', act.id, { ...act, problem: null })
      await reload()
      await send()
    },
    drop: async (act) => {
      await store.remove('actions', act.id)
      await reload()
      config.changed()
    },
    send,
    waiting: () => state.waiting,
  }
}
