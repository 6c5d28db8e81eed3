import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { ApiProblem, api, type Input, type Reply, type RouteId } from './api.ts'

const signedOut = (error: unknown) =>
  error instanceof ApiProblem && (error.code === 'unauthenticated' || error.code === 'session_expired')

/** An expired session anywhere sends the person to sign in; the page they were on is kept in the address. */
export const forgetSession = (error: unknown) => {
  if (signedOut(error)) queryClient.setQueryData(['accounts.me', {}], null)
}

/** The one store of what the server said. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetSession }),
  mutationCache: new MutationCache({ onError: forgetSession }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'offlineFirst',
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.lost,
    },
    mutations: {
      networkMode: 'offlineFirst',
      // Safe: every write carries an id made here, so a repeat gives the same result.
      retry: (count, error) => count < 2 && error instanceof ApiProblem && error.lost,
      retryDelay: (count) => 500 * 2 ** count,
    },
  },
})

/** The key under which an answer is kept. */
export function keyOf<Id extends RouteId>(id: Id, input?: Input<Id>): QueryKey {
  return [id, input ?? {}]
}

interface ReadOptions {
  enabled?: boolean
  /** Read again every so many milliseconds. */
  every?: number
  /** Shows the last answer while a changed filter is read. */
  keep?: boolean
  staleTime?: number
}

/** Reads a route: `{ data, error, isPending, refetch }`. */
export function useApi<Id extends RouteId>(id: Id, input?: Input<Id>, options: ReadOptions = {}) {
  return useQuery<Reply<Id>, ApiProblem>({
    queryKey: keyOf(id, input),
    queryFn: ({ signal }) => api(id, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.every && { refetchInterval: options.every }),
    ...(options.keep && { placeholderData: keepPreviousData }),
    ...(options.staleTime !== undefined && { staleTime: options.staleTime }),
  })
}

/** Reads a route outside a screen, into the same store; an answer that is not old yet is taken as it is. */
export const readAhead = <Id extends RouteId>(id: Id, input?: Input<Id>): Promise<Reply<Id>> =>
  queryClient.fetchQuery({ queryKey: keyOf(id, input), queryFn: ({ signal }) => api(id, input, { signal }) })

type ListId = {
  [Id in RouteId]: Reply<Id> extends { items: unknown[]; nextCursor: string | null } ? Id : never
}[RouteId]

/** Reads a list page by page: all items so far, and `more` for the button of `DataTable`. */
export function usePages<Id extends ListId>(
  id: Id,
  input?: Input<Id>,
  options: Pick<ReadOptions, 'enabled'> = {},
) {
  type Page = Reply<Id> & { items: unknown[]; nextCursor: string | null }
  const query = useInfiniteQuery({
    queryKey: [...keyOf(id, input), 'pages'],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const { query: filters, ...rest } = (input ?? {}) as { query?: object }
      const paged = { ...rest, query: { ...filters, ...(pageParam && { cursor: pageParam }) } } as Input<Id>
      return (await api(id, paged, { signal })) as Page
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
  })
  const items = (query.data?.pages ?? []).flatMap(
    (page) => page.items,
  ) as Page['items'][number][] as Reply<Id>['items']
  const more = {
    on: query.hasNextPage,
    busy: query.isFetchingNextPage,
    read: () => void query.fetchNextPage(),
  }
  return { query, items, more, first: query.data?.pages[0] }
}

interface ActOptions<Id extends RouteId> {
  /** Routes whose answers this write changes: read again afterwards, whatever their input. */
  changes?: readonly RouteId[]
  onDone?: (reply: Reply<Id>, input: Input<Id>) => void
}

/** Writes by a route: `{ mutate, mutateAsync, isPending, error, reset }`. */
export function useAct<Id extends RouteId>(id: Id, options: ActOptions<Id> = {}) {
  const client = useQueryClient()
  const running = useRef('')
  const act = useMutation<Reply<Id>, ApiProblem, Input<Id>>({
    mutationFn: (input) => api(id, input),
    onSettled: () => {
      running.current = ''
    },
    onSuccess: async (reply, input) => {
      await Promise.all(
        (options.changes ?? []).map((changed) => client.invalidateQueries({ queryKey: [changed] })),
      )
      options.onDone?.(reply, input)
    },
  })
  // The second click of a double click asks the same: it is the first one's.
  const { mutate: start } = act
  const mutate = useCallback<typeof start>(
    (...args) => {
      const asked = JSON.stringify(args[0] ?? null)
      if (running.current === asked) return
      running.current = asked
      start(...args)
    },
    [start],
  )
  return { ...act, mutate }
}

/** Marks the answers of routes as old; `orders.` takes every route of the feature. */
export function invalidate(...prefixes: string[]): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => prefixes.some((prefix) => String(queryKey[0]).startsWith(prefix)),
  })
}
