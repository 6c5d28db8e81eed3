import type { Role } from '@huming/shared/permissions'
import { sampleMembers } from '../cast/people.ts'

const byOrg = Map.groupBy(sampleMembers(), (member) => member.orgId)

/** People of an organisation who hold a role, in order of joining. */
export const staffOf = (orgId: string, role: Role): string[] =>
  (byOrg.get(orgId) ?? []).filter((member) => member.roles.includes(role)).map((member) => member.id)

/** One of them; there is always one in the organisations that act in the story. */
export function oneOf(orgId: string, role: Role, turn = 0): string {
  const all = staffOf(orgId, role)
  const found = all[turn % Math.max(1, all.length)]
  if (!found) throw new Error(`nobody is ${role} at ${orgId}`)
  return found
}
