import { hashPassword } from '@huming/db/password'
import { memberships, organisations, people, sessions } from '@huming/db/schema/accounts'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { OrgKind } from '@huming/shared/permissions'
import { and, eq, ne } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction, sqlState } from '../kernel/transaction.ts'
import { strangeRoles } from './rules.ts'

type Route = Contracts['accounts.writePerson']
type Body = ContractParsed<Route>['body']

/**
 * Gives a person an account and roles in an organisation, or takes them away; takes effect at once. Roles must fit
 * the organisation's kind. A person who also belongs elsewhere keeps name, password and state: only the roles here
 * change. `phone_taken` when the phone is another person's.
 */
export async function writePerson(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'person.write', { orgId: body.orgId })
  const passwordHash = body.password ? await hashPassword(body.password) : null
  return inTransaction(ctx, async (tx) => {
    const [org] = await tx
      .select({ kind: organisations.kind })
      .from(organisations)
      .where(eq(organisations.id, body.orgId))
    if (strangeRoles(found(org).kind as OrgKind, body.roles).length > 0) throw badRoles()
    const row = await keepPerson(tx, ctx, id, body, passwordHash)
    await tx.delete(memberships).where(and(eq(memberships.personId, id), eq(memberships.orgId, body.orgId)))
    if (body.roles.length > 0) {
      await tx
        .insert(memberships)
        .values([...new Set(body.roles)].map((role) => ({ personId: id, orgId: body.orgId, role })))
    }
    if (row.disabledAt || body.roles.length === 0) {
      await tx.delete(sessions).where(and(eq(sessions.personId, id), eq(sessions.orgId, body.orgId)))
    }
    await emit(tx, ctx, {
      type: 'person.written',
      subjectId: id,
      orgId: body.orgId,
      payload: { roles: body.roles, disabled: body.disabled },
    })
    return {
      id,
      phone: row.phone,
      name: row.name,
      roles: [...new Set(body.roles)].sort(),
      disabled: row.disabledAt !== null,
    }
  })
}

async function keepPerson(tx: Tx, ctx: Ctx, id: string, body: Body, passwordHash: string | null) {
  const [before] = await tx.select().from(people).where(eq(people.id, id)).for('update')
  const disabledAt = body.disabled ? (before?.disabledAt ?? ctx.now) : null
  if (!before) {
    if (!passwordHash)
      throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/password', reason: 'required' }] })
    const values = { id, phone: body.phone, name: body.name, passwordHash, disabledAt, createdAt: ctx.now }
    const [row] = await tx.insert(people).values(values).returning().catch(refuseTakenPhone)
    return row as NonNullable<typeof row>
  }
  const [elsewhere] = await tx
    .select({ orgId: memberships.orgId })
    .from(memberships)
    .where(and(eq(memberships.personId, id), ne(memberships.orgId, body.orgId)))
    .limit(1)
  const [here] = await tx
    .select({ orgId: memberships.orgId })
    .from(memberships)
    .where(and(eq(memberships.personId, id), eq(memberships.orgId, body.orgId)))
    .limit(1)
  const everywhere = person(ctx).orgKind === 'operations'
  if (!everywhere && !here) throw new Fault('not_found')
  if (elsewhere && !everywhere) return before
  const set = { phone: body.phone, name: body.name, disabledAt, ...(passwordHash ? { passwordHash } : {}) }
  const [row] = await tx.update(people).set(set).where(eq(people.id, id)).returning().catch(refuseTakenPhone)
  if (passwordHash || disabledAt) await tx.delete(sessions).where(eq(sessions.personId, id))
  return row as NonNullable<typeof row>
}

function refuseTakenPhone(error: unknown): never {
  if (sqlState(error) === '23505') throw new Fault('phone_taken')
  throw error
}

const badRoles = () =>
  new Fault('bad_input', '', { pointers: [{ pointer: '/body/roles', reason: 'role_of_other_kind' }] })
