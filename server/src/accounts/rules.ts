import { type OrgKind, type Role, rolesOfKind } from '@huming/shared/permissions'

/** How long a sign-in lasts: a shift for those on shared devices, a month for the others. Hours. */
const sessionHours: Partial<Record<OrgKind, number>> = { warehouse: 14, carrier: 14, operations: 14 }
const sessionHoursOtherwise = 24 * 30

export const sessionEndsAt = (kind: OrgKind, now: Date): Date =>
  new Date(now.getTime() + (sessionHours[kind] ?? sessionHoursOtherwise) * 3_600_000)

/** Sign-in throttle: so many failures of one phone within the minutes, then wait. */
export const failuresMax = 5
export const failureWindowMinutes = 5

/** Roles that an organisation of this kind may not give. */
export const strangeRoles = (kind: OrgKind, roles: readonly Role[]): Role[] =>
  roles.filter((role) => !rolesOfKind[kind].includes(role))
