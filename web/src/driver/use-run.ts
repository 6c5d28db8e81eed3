import { useEffect, useState } from 'react'
import type { ApiProblem, Input, Reply, RouteId } from '../app/api.ts'
import { keyOf, queryClient, readAhead, useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { useOnline } from '../app/shell.tsx'
import { driverStore, useOutbox } from './outbox.ts'
import { overlay, type Run } from './overlay.ts'

type Kept<T> = { key: string; at: number; data: T }

/** Addresses and names stay on the phone no longer than a shift and the way home. */
const KEEP_MS = 20 * 3_600_000
const READ_EVERY_MS = 60_000

async function forgetOld(): Promise<void> {
  for (const kept of await driverStore.readAll<Kept<unknown>>('kept'))
    if (kept.at < Date.now() - KEEP_MS) await driverStore.remove('kept', kept.key)
}

export type KeptQuery<T> = {
  data: T | undefined
  /** When the shown answer was read, if the server cannot be reached now. */
  keptAt: number | null
  /** When the server last gave the answer since the page was opened; 0 for never. */
  readAt: number
  /** Neither kept on the phone nor to be had now. */
  absent: boolean
  error: ApiProblem | null
  refetch: () => void
}

const keyFor = <Id extends RouteId>(personId: string, id: Id, input?: Input<Id>) =>
  JSON.stringify([personId, id, input ?? {}])

/** Reads a route and keeps the answer on the phone, to show it while there is no network. */
export function useKept<Id extends RouteId>(id: Id, input?: Input<Id>): KeptQuery<Reply<Id>> {
  const me = useMe()
  const online = useOnline()
  const query = useApi(id, input, { every: READ_EVERY_MS })
  const key = keyFor(me.person.id, id, input)
  const [kept, setKept] = useState<Kept<Reply<Id>> | null | undefined>(undefined)
  useEffect(() => {
    let left = false
    void forgetOld()
      .then(() => driverStore.read<Kept<Reply<Id>>>('kept', key))
      .catch(() => undefined)
      .then((found) => !left && setKept(found ?? null))
    return () => {
      left = true
    }
  }, [key])
  const { data, dataUpdatedAt } = query
  useEffect(() => {
    if (data !== undefined) void driverStore.write('kept', key, { key, at: dataUpdatedAt, data })
  }, [key, data, dataUpdatedAt])
  const shown = data ?? kept?.data
  // A repeat that waits for the network is neither an answer nor an error.
  const unreachable = !online || Boolean(query.error?.lost) || query.fetchStatus === 'paused'
  return {
    data: shown,
    keptAt: shown !== undefined && unreachable ? dataUpdatedAt || (kept?.at ?? null) : null,
    readAt: dataUpdatedAt,
    absent: shown === undefined && kept === null && unreachable,
    error: shown === undefined && !query.error?.lost ? query.error : null,
    refetch: () => void queryClient.cancelQueries({ queryKey: keyOf(id, input) }).then(() => query.refetch()),
  }
}

/** Keeps every open run of the list whole on the phone, so that any of them opens where there is no network. */
export function useKeepRuns({ data, readAt }: KeptQuery<Reply<'delivery.myRuns'>>): void {
  const me = useMe()
  const ids = JSON.stringify((data?.items ?? []).filter(isOpen).map((run) => run.id))
  useEffect(() => {
    if (readAt === 0) return
    for (const id of JSON.parse(ids) as string[]) void keepRun(me.person.id, id)
  }, [me.person.id, ids, readAt])
}

const isOpen = (run: { status: string }): boolean => run.status !== 'finished'

async function keepRun(personId: string, id: string): Promise<void> {
  const input = { params: { id } }
  try {
    const data = await readAhead('delivery.readRun', input)
    const key = keyFor(personId, 'delivery.readRun', input)
    await driverStore.write('kept', key, { key, at: Date.now(), data })
  } catch {
    // The list is read again every minute, and the run with it.
  }
}

/** A run with what waits on this phone laid over it. */
export function useRun(id: string): KeptQuery<Run> {
  const query = useKept('delivery.readRun', { params: { id } })
  const { waiting } = useOutbox()
  return { ...query, data: query.data && overlay(query.data, waiting) }
}
