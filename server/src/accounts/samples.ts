import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type Role, roles } from '@huming/shared/permissions'
import { samplePassword } from '@huming/shared/sample'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

type Reply = ContractReply<Contracts['accounts.samples']>

/** One sample sign-in per role, the oldest of each; `not_found` where the product does not run on sample data. */
export async function listSamples(ctx: Ctx, sample: boolean): Promise<Reply> {
  if (!sample) throw new Fault('not_found')
  const rows = await ctx.sql<{ role: Role; phone: string; name: string; org: string }[]>`
    select distinct on (m.role) m.role, p.phone, p.name, o.name as org
    from memberships m join people p on p.id = m.person_id join organisations o on o.id = m.org_id
    where p.is_sample and p.disabled_at is null and o.suspended_at is null
    order by m.role, p.id`
  const items = rows.map((row) => ({ ...row, password: samplePassword }))
  return { items: items.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role)) }
}
