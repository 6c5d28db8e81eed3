import { memberships, organisations, people } from '@huming/db/schema/accounts'
import { driverLinkCodes, driverLinkSessions, driverLinks } from '@huming/db/schema/driving'
import { runs, vehicles } from '@huming/db/schema/routes'
import { newId } from '@huming/shared/ids'
import type { OrgKind } from '@huming/shared/permissions'
import { and, count, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { openSession } from '../accounts/sessions.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { maskedPhone } from '../routes/masked-phone.ts'
import { endSessionsOf, type LinkRow, refuseOver } from './link-rows.ts'
import {
  codeHashOf,
  codeMinutes,
  codesPerHour,
  codeTriesMax,
  newCode,
  sameHash,
  tokenHashOf,
} from './link-rules.ts'
import type { TextSender } from './text-messages.ts'

/** The link in force behind a token, locked, and still of the driver whom its run has; else `link_over`. */
async function lockByToken(tx: Tx, token: string, now: Date): Promise<LinkRow> {
  const [row] = await tx
    .select({ link: driverLinks, driver: runs.driverPersonId, status: runs.status })
    .from(driverLinks)
    .innerJoin(runs, eq(runs.id, driverLinks.runId))
    .where(eq(driverLinks.tokenHash, tokenHashOf(token)))
    .for('update', { of: driverLinks })
  refuseOver(row?.link, now)
  if (row?.driver !== row?.link.driverPersonId) throw new Fault('link_over')
  return found(row).link
}

type Asked = { phone: string; expiresAt: string; sampleCode: string | null }

/**
 * Sends a new code to the driver's phone; codes sent before end. Refuses with `link_over`, and with
 * `too_many_requests` after twenty in an hour. `sample`: the code is told, too, since sample phones do not exist.
 */
export async function askCode(
  ctx: Ctx,
  { token }: { token: string },
  { texts, sample }: { texts: TextSender; sample: boolean },
): Promise<Asked> {
  const code = newCode()
  const expiresAt = new Date(ctx.now.getTime() + codeMinutes * 60_000)
  const phone = await inTransaction(ctx, async (tx) => {
    const link = await lockByToken(tx, token, ctx.now)
    const hourAgo = new Date(ctx.now.getTime() - 3_600_000)
    const [sent] = await tx
      .select({ n: count() })
      .from(driverLinkCodes)
      .where(and(eq(driverLinkCodes.linkId, link.id), gt(driverLinkCodes.sentAt, hourAgo)))
    if ((sent?.n ?? 0) >= codesPerHour)
      throw new Fault('too_many_requests', '', { params: { seconds: 3600 } })
    const id = newId()
    await tx
      .update(driverLinkCodes)
      .set({ usedAt: ctx.now })
      .where(and(eq(driverLinkCodes.linkId, link.id), isNull(driverLinkCodes.usedAt)))
    await tx
      .insert(driverLinkCodes)
      .values({ id, linkId: link.id, codeHash: codeHashOf(id, code), sentAt: ctx.now, expiresAt })
    const [driver] = await tx.select().from(people).where(eq(people.id, link.driverPersonId))
    return found(driver).phone
  })
  const text = `【沪明直供】验证码 ${code}，${codeMinutes} 分钟内有效。请勿告诉他人。`
  await texts.send({ phone, purpose: 'driver_code', text })
  return { phone: maskedPhone(phone), expiresAt: expiresAt.toISOString(), sampleCode: sample ? code : null }
}

type Opened = { runId: string; token: string; expiresAt: Date }

/**
 * Opens the run on a phone: a session of its own that ends with the link and may drive this run only. Another phone
 * that came by the link before is signed out. Refuses with `link_over`, `link_code_over`, `link_code_wrong`.
 */
export async function openLink(
  ctx: Ctx,
  input: { token: string; code: string; device: string },
): Promise<Opened> {
  // A wrong try is counted whatever becomes of the rest, so it is written for good before it is told.
  const outcome = await inTransaction(ctx, async (tx): Promise<Opened | Fault> => {
    const link = await lockByToken(tx, input.token, ctx.now)
    const wrong = await tryCode(tx, link, input.code, ctx.now)
    return wrong ?? (await enter(tx, ctx, link, input.device))
  })
  if (outcome instanceof Fault) throw outcome
  return outcome
}

async function tryCode(tx: Tx, link: LinkRow, code: string, now: Date): Promise<Fault | null> {
  const [last] = await tx
    .select()
    .from(driverLinkCodes)
    .where(and(eq(driverLinkCodes.linkId, link.id), isNull(driverLinkCodes.usedAt)))
    .orderBy(desc(driverLinkCodes.id))
    .limit(1)
    .for('update')
  if (!last || last.expiresAt <= now || last.tries >= codeTriesMax) return new Fault('link_code_over')
  const right = sameHash(last.codeHash, codeHashOf(last.id, code))
  await tx
    .update(driverLinkCodes)
    .set({ tries: sql`${driverLinkCodes.tries} + 1`, ...(right ? { usedAt: now } : {}) })
    .where(eq(driverLinkCodes.id, last.id))
  if (right) return null
  return new Fault('link_code_wrong', '', { params: { left: codeTriesMax - last.tries - 1 } })
}

async function enter(tx: Tx, ctx: Ctx, link: LinkRow, device: string): Promise<Opened | Fault> {
  // The driver acts for the carrier of the run's vehicle, of which they are a driver.
  const [at] = await tx
    .select({ orgId: organisations.id, orgKind: organisations.kind })
    .from(runs)
    .innerJoin(vehicles, eq(vehicles.id, runs.vehicleId))
    .innerJoin(
      memberships,
      and(eq(memberships.personId, link.driverPersonId), eq(memberships.role, 'driver')),
    )
    .innerJoin(organisations, and(eq(organisations.id, memberships.orgId), isNull(organisations.suspendedAt)))
    .where(eq(runs.id, link.runId))
    .orderBy(sql`${organisations.id} = ${vehicles.orgId} desc`, organisations.id)
    .limit(1)
  if (!at) return new Fault('link_over')
  await endSessionsOf(tx, link.id)
  const session = await openSession(tx, {
    personId: link.driverPersonId,
    orgId: at.orgId,
    orgKind: at.orgKind as OrgKind,
    device,
    now: ctx.now,
    expiresAt: link.expiresAt,
  })
  await tx.insert(driverLinkSessions).values({ sessionId: session.id, linkId: link.id })
  await tx.update(driverLinks).set({ openedAt: ctx.now }).where(eq(driverLinks.id, link.id))
  await emit(tx, ctx, {
    type: 'run.link_opened',
    subjectId: link.runId,
    orgId: at.orgId,
    payload: { linkId: link.id, driverPersonId: link.driverPersonId, device: device.slice(0, 200) },
  })
  return { runId: link.runId, token: session.token, expiresAt: session.expiresAt }
}
