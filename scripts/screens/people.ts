import type { Role } from '@huming/shared/permissions'
import type { Client, Who } from '../night/client.ts'

const wanted = [
  'purchaser',
  'acceptor',
  'lister',
  'broker',
  'receiver',
  'lead',
  'picker',
  'dispatcher',
  'admin',
  'government',
] as const satisfies readonly Role[]

/** The sample people whose screens are photographed, signed in. */
export type People = Record<(typeof wanted)[number], Who>

export async function signInPeople(client: Client): Promise<People> {
  const { items } = await client.call('accounts.samples', {})
  const entered = await Promise.all(
    wanted.map(async (role): Promise<[string, Who]> => {
      const sample = items.find((one) => one.role === role)
      if (!sample) throw new Error(`no sample person of role ${role}`)
      return [role, await client.signIn(sample.phone, sample.password)]
    }),
  )
  return Object.fromEntries(entered) as People
}
