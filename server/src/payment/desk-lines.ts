import { organisations } from '@huming/db/schema/accounts'
import { bankLines } from '@huming/db/schema/payment'
import { type FlowAction, nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { done } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { type BankLine, bookLine, lockLine } from './match-lines.ts'
import { houseOrg, sameVersion } from './rows.ts'

type Done = typeof done

/** Says whose payment a line is, or confirms whom it was taken for. */
export async function assignLine(
  ctx: Ctx,
  id: string,
  input: { orgId: string; version: number },
): Promise<Done> {
  allow(ctx, 'payment.desk')
  return onLine(ctx, id, input.version, async (tx, line) => {
    const [buyer] = await tx.select().from(organisations).where(eq(organisations.id, input.orgId))
    if (buyer?.kind !== 'buyer') throw new Fault('not_found')
    await bookLine(tx, ctx, line, { orgId: buyer.id, statementId: null, code: '' })
  })
}

/** Sets a line aside that is nobody's payment; its money stays among what is unmatched. */
export async function ignoreLine(
  ctx: Ctx,
  id: string,
  input: { reason: string; version: number },
): Promise<Done> {
  allow(ctx, 'payment.desk')
  const { personId } = person(ctx)
  return onLine(ctx, id, input.version, (tx, line) =>
    move(tx, ctx, line, 'ignore', { reason: input.reason, decidedBy: personId, decidedAt: ctx.now }),
  )
}

/** Asks that money goes back to its sender. */
export async function askReturn(
  ctx: Ctx,
  id: string,
  input: { reason: string; version: number },
): Promise<Done> {
  allow(ctx, 'payment.desk')
  const { personId } = person(ctx)
  return onLine(ctx, id, input.version, (tx, line) =>
    move(tx, ctx, line, 'ask_return', {
      reason: input.reason,
      askedBy: personId,
      decidedBy: null,
      decidedAt: null,
    }),
  )
}

/** The second person lets money go back (`unmatched → in_flight`), or not. Refuses with `second_person_needed`. */
export async function decideReturn(
  ctx: Ctx,
  id: string,
  input: { approve: boolean; version: number },
): Promise<Done> {
  allow(ctx, 'payment.desk')
  const { personId } = person(ctx)
  return onLine(ctx, id, input.version, async (tx, line) => {
    if (line.status !== 'returning') throw new Fault('wrong_state')
    if (line.askedBy === personId) throw new Fault('second_person_needed')
    const decided = { decidedBy: personId, decidedAt: ctx.now }
    if (!input.approve) {
      // Nothing is asked any more: whoever asked may now set the line aside or match it.
      await move(tx, ctx, line, 'refuse', { ...decided, askedBy: null })
      return
    }
    const eventId = await move(tx, ctx, line, 'approve', decided)
    const house = await houseOrg(tx, ctx)
    await transfer(tx, ctx.now, [
      {
        debit: { orgId: house, purpose: 'unmatched' },
        credit: { orgId: house, purpose: 'in_flight' },
        amountFen: line.amountFen,
        reason: 'refund',
        subjectId: line.id,
        eventId,
      },
    ])
  })
}

/** Returned money has left the account (`in_flight → bank`), or has come back to what is unmatched. */
export async function settleReturn(
  ctx: Ctx,
  id: string,
  input: { arrived: boolean; reference: string; version: number },
): Promise<Done> {
  allow(ctx, 'payment.desk')
  return onLine(ctx, id, input.version, async (tx, line) => {
    const reason = `${line.reason} ${input.reference}`.slice(0, 300)
    // One that came back may be asked for again, by anyone.
    const set = input.arrived ? { reason } : { reason, askedBy: null }
    const eventId = await move(tx, ctx, line, input.arrived ? 'settle' : 'bounce', set)
    const house = await houseOrg(tx, ctx)
    await transfer(tx, ctx.now, [
      {
        debit: { orgId: house, purpose: 'in_flight' },
        credit: { orgId: house, purpose: input.arrived ? 'bank' : 'unmatched' },
        amountFen: line.amountFen,
        reason: 'refund',
        subjectId: line.id,
        eventId,
      },
    ])
  })
}

async function onLine(
  ctx: Ctx,
  id: string,
  version: number,
  act: (tx: Tx, line: BankLine) => Promise<unknown>,
): Promise<Done> {
  await inTransaction(ctx, async (tx) => {
    const line = await lockLine(tx, id)
    sameVersion(line, version)
    await act(tx, line)
  })
  return done
}

async function move(
  tx: Tx,
  ctx: Ctx,
  line: BankLine,
  action: FlowAction<'bankLine'>,
  set: Partial<BankLine>,
): Promise<string> {
  const status = nextStatus('bankLine', line.status, action)
  if (!status) throw new Fault('wrong_state')
  await tx
    .update(bankLines)
    .set({ ...set, status, proposedOrgId: null, version: line.version + 1 })
    .where(eq(bankLines.id, line.id))
  return emit(tx, ctx, {
    type: `bankLine.${status}`,
    subjectId: line.id,
    payload: { bankLineId: line.id, amountFen: line.amountFen, reason: set.reason ?? line.reason },
  })
}
