import { type Action, can, type OrgKind } from '@huming/shared/permissions'
import { useQuery } from '@tanstack/react-query'
import { ApiProblem, api, type Reply } from './api.ts'
import { keyOf, queryClient } from './query.ts'

export type Me = Reply<'accounts.me'>

const meKey = keyOf('accounts.me')

async function readMe(): Promise<Me | null> {
  try {
    return await api('accounts.me')
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

/** Who is signed in: `data` is null when nobody is, undefined while it is not known. */
export function useSession() {
  return useQuery<Me | null, ApiProblem>({ queryKey: meKey, queryFn: readMe, staleTime: 5 * 60_000 })
}

/** The signed-in person, inside a console (which is drawn only for one). */
export function useMe(): Me {
  const { data } = useSession()
  if (!data) throw new Error('nobody is signed in')
  return data
}

/** Takes over a session: everything read for another person or organisation is forgotten. */
export function takeSession(me: Me | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meKey[0] })
  queryClient.setQueryData(meKey, me)
}

/** May the person do this anywhere? Hides what a role never does; the server judges the very row. */
export function useMay(): (action: Action) => boolean {
  const me = useMe()
  return (action) => mayDo(me, action)
}

/** The same for a session at hand. */
export function mayDo(me: Me, action: Action): boolean {
  const { person, org, roles, hubIds, principalIds } = me
  const actor = {
    kind: 'person',
    personId: person.id,
    orgId: org.id,
    orgKind: org.kind,
    sessionId: '',
  } as const
  return can({ ...actor, roles, hubIds, principalIds }, action) === true
}

const homes: Record<OrgKind, string> = {
  buyer: '/',
  coop: '/coop',
  base: '/coop',
  broker: '/broker',
  warehouse: '/warehouse',
  carrier: '/driver',
  operations: '/ops',
  government: '/gov',
}

/** The console a person works in. */
export function homeOf(me: Me): string {
  return homes[me.org.kind]
}
