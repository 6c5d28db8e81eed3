import { claimLines, claims } from '@huming/db/schema/claims'
import { settlementLines } from '@huming/db/schema/settlement'
import type { ClaimParty } from '@huming/shared/claiming'
import { nextStatus } from '@huming/shared/flows'
import { sumFen } from '@huming/shared/money'
import { and, eq } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { bearers } from './decide-claim.ts'
import { claimDoc } from './read-claim.ts'
import { type Claim, type ClaimDoc, lockClaim } from './rows.ts'

type Line = typeof claimLines.$inferSelect

async function lockedLine(tx: Tx, claimId: string, lineId: string): Promise<{ claim: Claim; line: Line }> {
  const claim = await lockClaim(tx, claimId)
  const [line] = await tx
    .select()
    .from(claimLines)
    .where(and(eq(claimLines.claimId, claimId), eq(claimLines.id, lineId)))
  return { claim, line: found(line) }
}

/**
 * A supplier objects to bearing a line, within its time (`contest_too_late`). The buyer's credit is not touched. The
 * same words again change nothing.
 */
export async function contestClaim(
  ctx: Ctx,
  id: string,
  { lineId, reason }: { lineId: string; reason: string },
): Promise<ClaimDoc> {
  allow(ctx, 'claim.contest')
  return inTransaction(ctx, async (tx) => {
    const { claim, line } = await lockedLine(tx, id, lineId)
    allow(ctx, 'claim.contest', { orgId: line.supplierOrgId })
    if (line.contestedAt !== null) {
      if (line.contestReason !== reason) throw new Fault('wrong_state')
      return claimDoc(tx, ctx, id)
    }
    const status = nextStatus('claim', claim.status, 'contest')
    if (!status || line.responsibleParty !== 'supplier') throw new Fault('wrong_state')
    if (claim.contestUntil === null || claim.contestUntil < ctx.now) throw new Fault('contest_too_late')
    await tx
      .update(claimLines)
      .set({ contestedAt: ctx.now, contestedBy: person(ctx).personId, contestReason: reason })
      .where(eq(claimLines.id, lineId))
    await tx
      .update(claims)
      .set({ status, version: claim.version + 1 })
      .where(eq(claims.id, id))
    await emit(tx, ctx, {
      type: 'claim.contested',
      subjectId: id,
      orgId: line.supplierOrgId,
      hubId: claim.hubId,
      payload: { lineId },
    })
    return claimDoc(tx, ctx, id)
  })
}

/**
 * Answers a supplier's objection: it goes on bearing the line, or another does, whose cost account then takes over what
 * the supplier had given back (net and retention; platform and broker keep nothing for goods that were credited).
 */
export async function answerContest(
  ctx: Ctx,
  id: string,
  { lineId, party, answer }: { lineId: string; party: ClaimParty; answer: string },
): Promise<ClaimDoc> {
  allow(ctx, 'claim.decide')
  return inTransaction(ctx, async (tx) => {
    const { claim, line } = await lockedLine(tx, id, lineId)
    allow(ctx, 'claim.decide', { orgId: claim.orgId })
    if (line.contestedAt === null || line.contestOutcome !== null) throw new Fault('wrong_state')
    const orgOf = await bearers(tx, claim, [{ party }])
    const changed = party !== 'supplier'
    await tx
      .update(claimLines)
      .set({
        contestOutcome: changed ? 'changed' : 'upheld',
        contestAnswer: answer,
        contestAnsweredBy: person(ctx).personId,
        contestAnsweredAt: ctx.now,
        responsibleParty: party,
        responsibleOrgId: orgOf(party, line),
      })
      .where(eq(claimLines.id, lineId))
    const left = await tx.select().from(claimLines).where(eq(claimLines.claimId, id))
    const open = left.some((one) => one.contestedAt !== null && one.contestOutcome === null)
    const status = nextStatus('claim', claim.status, open ? 'answer' : 'settle')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(claims)
      .set({ status, version: claim.version + 1 })
      .where(eq(claims.id, id))
    const eventId = await emit(tx, ctx, {
      type: 'claim.contest_answered',
      subjectId: id,
      orgId: line.supplierOrgId,
      hubId: claim.hubId,
      payload: { lineId, party },
    })
    if (changed)
      await transfer(tx, ctx.now, [
        {
          debit: { orgId: orgOf(party, line), purpose: 'claims_cost' },
          credit: { orgId: line.supplierOrgId, purpose: 'payable' },
          amountFen: await takenFromSupplier(tx, id, line),
          reason: 'claim_moved',
          subjectId: id,
          eventId,
        },
      ])
    await notify(tx, {
      orgId: line.supplierOrgId,
      key: changed ? 'notice.contest_changed' : 'notice.contest_upheld',
      params: { number: claim.number },
      subjectId: id,
      at: ctx.now,
    })
    return claimDoc(tx, ctx, id)
  })
}

/** What the claim took from the supplier for this line: net and retention, as a positive sum. */
async function takenFromSupplier(tx: Tx, claimId: string, line: Line): Promise<number> {
  const rows = await tx
    .select()
    .from(settlementLines)
    .where(
      and(
        eq(settlementLines.subjectId, claimId),
        eq(settlementLines.orderLineId, line.orderLineId),
        eq(settlementLines.lotId, line.lotId),
      ),
    )
  const all = sumFen(rows.map((row) => -(row.netFen + row.retentionFen)))
  const gross = sumFen(rows.map((row) => -row.grossFen))
  // Two kinds of claim on one lot share its reversal by their credited sums.
  return gross === 0 ? 0 : Math.min(all, Math.floor((all * (line.acceptedFen ?? 0)) / gross))
}
