import { people } from '@huming/db/schema/accounts'
import { driverLinks } from '@huming/db/schema/driving'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import type { ServiceDay } from '@huming/shared/days'
import { and, eq, isNull } from 'drizzle-orm'
import { codeSvg } from '../documents/codes.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { maskedPhone } from '../routes/masked-phone.ts'
import { endSessionsOf, linkDocs, lockLink, lockRunOf, refuseOver } from './link-rows.ts'
import { linkEndsAt, newToken, tokenHashOf } from './link-rules.ts'
import type { TextSender } from './text-messages.ts'

type Made = ContractReply<Contracts['driverLinks.make']>

/** The token stands behind the hash sign: browsers never send that part, so no log between holds it. */
export const linkUrl = (origin: string, token: string): string => `${origin}/d#${token}`

/**
 * A link for the driver of a run that is not over. Earlier links of the run end, and the phones that came by them.
 * Only the hash of its token is kept, so the same id again makes a new address and the one told before ends; the id
 * of another run's link is `id_reused`.
 */
export async function makeLink(
  ctx: Ctx,
  input: { id: string; runId: string },
  origin: string,
): Promise<Made> {
  allow(ctx, 'run.dispatch')
  const token = newToken()
  const link = await inTransaction(ctx, async (tx) => {
    const { run, shiftTo } = await lockRunOf(tx, ctx, input.runId)
    if (run.status === 'finished' || run.driverPersonId === null) throw new Fault('wrong_state')
    const [known] = await tx.select().from(driverLinks).where(eq(driverLinks.id, input.id)).for('update')
    if (known && known.runId !== run.id) throw new Fault('id_reused')
    if (known?.revokedAt) throw new Fault('wrong_state')
    const expiresAt = linkEndsAt(run.day as ServiceDay, shiftTo)
    if (expiresAt <= ctx.now) throw new Fault('wrong_state')
    const fresh = {
      driverPersonId: run.driverPersonId,
      tokenHash: tokenHashOf(token),
      madeBy: person(ctx).personId,
      madeAt: ctx.now,
      expiresAt,
      openedAt: null,
    }
    const open = await tx
      .select({ id: driverLinks.id })
      .from(driverLinks)
      .where(and(eq(driverLinks.runId, run.id), isNull(driverLinks.revokedAt)))
      .orderBy(driverLinks.id)
      .for('update')
    for (const { id } of open) await endSessionsOf(tx, id)
    await tx
      .update(driverLinks)
      .set({ revokedAt: ctx.now })
      .where(and(eq(driverLinks.runId, run.id), isNull(driverLinks.revokedAt)))
    if (known)
      await tx
        .update(driverLinks)
        .set({ ...fresh, revokedAt: null })
        .where(eq(driverLinks.id, known.id))
    else await tx.insert(driverLinks).values({ id: input.id, runId: run.id, ...fresh })
    await emit(tx, ctx, {
      type: 'run.link_made',
      subjectId: run.id,
      hubId: run.hubId,
      payload: { linkId: input.id, expiresAt: expiresAt.toISOString() },
    })
    return found((await linkDocs(tx, eq(driverLinks.id, input.id)))[0])
  })
  const url = linkUrl(origin, token)
  return { ...link, url, qr: codeSvg('qr', url) }
}

/** Sends the link to its driver's phone, under a new address. Refuses with `link_over`. */
export async function sendLink(
  ctx: Ctx,
  id: string,
  origin: string,
  texts: TextSender,
): Promise<{ phone: string }> {
  allow(ctx, 'run.dispatch')
  const token = newToken()
  const phone = await inTransaction(ctx, async (tx) => {
    const link = await lockLink(tx, ctx, id)
    refuseOver(link, ctx.now)
    await endSessionsOf(tx, link.id)
    await tx
      .update(driverLinks)
      .set({ tokenHash: tokenHashOf(token), openedAt: null })
      .where(eq(driverLinks.id, link.id))
    const [driver] = await tx.select().from(people).where(eq(people.id, link.driverPersonId))
    return found(driver).phone
  })
  const text = `【沪明直供】今晚的车次：${linkUrl(origin, token)}`
  await texts.send({ phone, purpose: 'driver_link', text })
  return { phone: maskedPhone(phone) }
}
