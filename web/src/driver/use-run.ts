import { useEffect, useState } from 'react'
import type { ApiProblem, Input, Reply, RouteId } from '../app/api.ts'
import { useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { useOnline } from '../app/shell.tsx'
import { read, readAll, remove, write } from './device-store.ts'
import { useOutbox } from './outbox.ts'
import { overlay, type Run } from './overlay.ts'

type Kept<T> = { key: string; at: number; data: T }

/** Addresses and names stay on the phone no longer than a shift and the way home. */
const KEEP_MS = 20 * 3_600_000
const READ_EVERY_MS = 60_000

async function forgetOld(): Promise<void> {
  for (const kept of await readAll<Kept<unknown>>('kept'))
    if (kept.at < Date.now() - KEEP_MS) await remove('kept', kept.key)
}

export type KeptQuery<T> = {
  data: T | undefined
  /** When the shown answer was read, if the server cannot be reached now. */
  keptAt: number | null
  error: ApiProblem | null
  isPending: boolean
  refetch: () => void
}

/** Reads a route and keeps the answer on the phone, to show it while there is no network. */
export function useKept<Id extends RouteId>(id: Id, input?: Input<Id>): KeptQuery<Reply<Id>> {
  const me = useMe()
  const online = useOnline()
  const query = useApi(id, input, { every: READ_EVERY_MS })
  const key = JSON.stringify([me.person.id, id, input ?? {}])
  const [kept, setKept] = useState<Kept<Reply<Id>> | null>(null)
  useEffect(() => {
    let left = false
    void forgetOld()
      .then(() => read<Kept<Reply<Id>>>('kept', key))
      .then((found) => !left && setKept(found ?? null))
    return () => {
      left = true
    }
  }, [key])
  const { data, dataUpdatedAt } = query
  useEffect(() => {
    if (data !== undefined) void write('kept', key, { key, at: dataUpdatedAt, data })
  }, [key, data, dataUpdatedAt])
  const shown = data ?? kept?.data
  const unreachable = !online || Boolean(query.error?.lost)
  return {
    data: shown,
    keptAt: shown !== undefined && unreachable ? dataUpdatedAt || (kept?.at ?? null) : null,
    error: shown === undefined ? query.error : null,
    isPending: shown === undefined && query.isPending,
    refetch: () => void query.refetch(),
  }
}

/** A run with what waits on this phone laid over it. */
export function useRun(id: string): KeptQuery<Run> {
  const query = useKept('delivery.readRun', { params: { id } })
  const { waiting } = useOutbox()
  return { ...query, data: query.data && overlay(query.data, waiting) }
}
