import type { meShape } from '@huming/shared/contracts/accounts'
import type { z } from 'zod'
import { person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

type Me = z.output<typeof meShape>

/** The signed-in person with the organisation acted for and the ones that could be. */
export async function readMe(ctx: Ctx): Promise<Me> {
  const actor = person(ctx)
  const [row] = await ctx.sql<{ person: Me['person']; org: Me['org']; orgs: Me['orgs']; expires_at: Date }[]>`
    select s.expires_at,
      json_build_object('id', p.id, 'name', p.name, 'phone', p.phone, 'locale', p.locale) as person,
      json_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'buyerClass', o.buyer_class, 'isSample', o.is_sample) as org,
      (select json_agg(json_build_object('id', x.id, 'name', x.name, 'kind', x.kind, 'roles', x.roles) order by x.name) from (
        select o2.id, o2.name, o2.kind, array_agg(m.role order by m.role) as roles
        from memberships m join organisations o2 on o2.id = m.org_id and o2.suspended_at is null
        where m.person_id = s.person_id group by o2.id) x) as orgs
    from sessions s
    join people p on p.id = s.person_id
    join organisations o on o.id = s.org_id
    where s.id = ${actor.sessionId}`
  const me = found(row)
  return {
    person: me.person,
    org: me.org,
    roles: [...actor.roles],
    hubIds: [...actor.hubIds],
    principalIds: [...actor.principalIds],
    orgs: me.orgs,
    expiresAt: me.expires_at.toISOString(),
  }
}
