import { payments } from '@huming/db/schema/payment'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { openStatements } from './allocate.ts'
import { queueCall } from './make-calls.ts'
import { payCodeFor } from './pay-codes.ts'
import { isOnline } from './provider.ts'
import { lockPayment, type Payment, receivingAccount, sameVersion } from './rows.ts'
import { expiryMs } from './rules.ts'

type Body = ContractParsed<Contracts['payments.start']>['body']
type Reply = ContractReply<Contracts['payments.start']>

/**
 * Begins a payment. Online, the provider is asked by a job after the commit; by transfer, the buyer gets its pay code.
 * The same id and body again: same answer. Refuses with `payment_method_off` and `payment_subject_wrong`.
 */
export async function startPayment(ctx: Ctx, id: string, body: Body, online: boolean): Promise<Reply> {
  const { orgId, personId } = person(ctx)
  allow(ctx, 'payment.write', { orgId })
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(payments).where(eq(payments.id, id))
    if (known) return repeated(known, orgId, body)
    const byTransfer = !isOnline(body.method)
    if (byTransfer ? (await receivingAccount(tx, ctx.now)) === null : !online)
      throw new Fault('payment_method_off')
    await checkSubject(tx, orgId, body)
    const statementId = body.purpose === 'statement' ? body.subjectId : null
    const payment = {
      id,
      orgId,
      ...body,
      status: byTransfer ? 'open' : 'asked',
      payCode: byTransfer ? await payCodeFor(tx, ctx.now, orgId, statementId) : '',
      createdBy: personId,
      createdAt: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + (byTransfer ? expiryMs.transfer : expiryMs.online)),
    } as const
    await tx.insert(payments).values(payment)
    if (!byTransfer) await queueCall(tx, ctx.now, { kind: 'intent', subjectId: id })
    const { method, purpose, amountFen } = body
    await emit(tx, ctx, {
      type: byTransfer ? 'payment.announced' : 'payment.asked',
      subjectId: id,
      orgId,
      payload: { paymentId: id, method, purpose, amountFen },
    })
    return { id, status: payment.status, version: 1, payCode: payment.payCode }
  })
}

function repeated(known: Payment, orgId: string, body: Body): Reply {
  if (known.orgId !== orgId) throw new Fault('not_found')
  const same =
    known.method === body.method &&
    known.purpose === body.purpose &&
    known.subjectId === body.subjectId &&
    known.amountFen === body.amountFen
  if (!same) throw new Fault('id_reused')
  const { id, version, payCode } = known
  return { id, status: known.status as Reply['status'], version, payCode }
}

async function checkSubject(tx: Tx, orgId: string, body: Body): Promise<void> {
  const { purpose, subjectId } = body
  if ((purpose === 'prepay') !== (subjectId === null)) throw new Fault('payment_subject_wrong')
  if (purpose === 'statement') {
    const open = await openStatements(tx, orgId)
    if (!open.some((one) => one.id === subjectId)) throw new Fault('payment_subject_wrong')
  }
  if (purpose === 'order') {
    const [order] = await tx.execute<{ id: string }>(sql`
      select id from orders where id = ${subjectId} and org_id = ${orgId} and status not in ('cancelled', 'failed')`)
    if (!order) throw new Fault('payment_subject_wrong')
  }
}

/** Gives a payment up that was not made yet. The provider is told; if its money is on the way, it is booked. */
export async function cancelPayment(
  ctx: Ctx,
  id: string,
  version: number,
): Promise<ContractReply<Contracts['payments.cancel']>> {
  allow(ctx, 'payment.write')
  return inTransaction(ctx, async (tx) => {
    const payment = await lockPayment(tx, id)
    allow(ctx, 'payment.write', { orgId: payment.orgId })
    sameVersion(payment, version)
    // What the provider is working on cannot be called back.
    const status = payment.status === 'processing' ? null : nextStatus('payment', payment.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(payments)
      .set({ status, version: version + 1 })
      .where(eq(payments.id, id))
    if (payment.providerIntentId) await queueCall(tx, ctx.now, { kind: 'cancel', subjectId: id })
    await emit(tx, ctx, {
      type: 'payment.cancelled',
      subjectId: id,
      orgId: payment.orgId,
      payload: { paymentId: id },
    })
    return { id, status, version: version + 1 }
  })
}
