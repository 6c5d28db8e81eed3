import { memberships, organisations, people, sites } from '@huming/db/schema/accounts'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { Role } from '@huming/shared/permissions'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { orgReply, siteReply } from './shapes.ts'

/** One organisation with its open sites and its people; one's own, or any for operations. */
export async function readOrganisation(
  ctx: Ctx,
  id: string,
): Promise<ContractReply<Contracts['accounts.readOrganisation']>> {
  allow(ctx, 'org.read', { orgId: id })
  const [row] = await ctx.db.select().from(organisations).where(eq(organisations.id, id))
  const org = found(row)
  const [siteRows, personRows] = await Promise.all([
    ctx.db
      .select()
      .from(sites)
      .where(and(eq(sites.orgId, id), isNull(sites.closedAt)))
      .orderBy(asc(sites.name))
      .limit(1000),
    ctx.db
      .select({
        id: people.id,
        name: people.name,
        phone: people.phone,
        disabledAt: people.disabledAt,
        roles: sql<Role[]>`array_agg(${memberships.role} order by ${memberships.role})`,
      })
      .from(memberships)
      .innerJoin(people, eq(people.id, memberships.personId))
      .where(eq(memberships.orgId, id))
      .groupBy(people.id)
      .orderBy(asc(people.name))
      .limit(1000),
  ])
  return {
    ...orgReply(org),
    sites: siteRows.map(siteReply),
    people: personRows.map(({ disabledAt, ...p }) => ({ ...p, disabled: disabledAt !== null })),
  }
}
