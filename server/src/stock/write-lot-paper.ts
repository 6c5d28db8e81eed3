import { isDeepStrictEqual } from 'node:util'
import { files } from '@huming/db/schema/accounts'
import { lotPapers } from '@huming/db/schema/papers'
import { lots } from '@huming/db/schema/stock'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { lotPaperFlaws } from '@huming/shared/paper-rules'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { allow, person, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type LotPaperView, viewLotPaper } from './list-lot-papers.ts'

type Body = ContractParsed<Contracts['lotPapers.write']>['body']
type Flaw = { pointer: string; reason: string }

/** A lot that is only forecast has no papers yet, one that is gone needs none. */
const stages = ['made', 'shipped', 'received', 'held', 'recalled']

/**
 * Enters a paper of a lot. It is never changed: a wrong one is voided and entered anew. Flaws are `bad_input`, each
 * with its place; a repeat gives the same, another paper under the id is `id_reused`.
 */
export async function writeLotPaper(ctx: Ctx, id: string, body: Body): Promise<LotPaperView> {
  allow(ctx, 'lot.certify')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(lots).where(eq(lots.id, body.lotId)).for('key share')
    const lot = found(row)
    allow(ctx, 'lot.certify', { orgId: lot.orgId, hubId: lot.hubId })
    const today = serviceDayOf(ctx.now)
    const fields = {
      ...body,
      basis: [...new Set(body.basis)].sort(),
      fromPaperIds: [...new Set(body.fromPaperIds)].sort(),
    }
    const [before] = await tx.select().from(lotPapers).where(eq(lotPapers.id, id))
    if (before) {
      const same = Object.entries(fields).every(([key, value]) =>
        isDeepStrictEqual(before[key as keyof typeof before], value),
      )
      if (!same) throw new Fault('id_reused')
      return viewLotPaper(before, today)
    }
    if (!stages.includes(lot.stage)) throw new Fault('lot_wrong_stage', lot.code, { lotCode: lot.code })
    const flaws = [...lotPaperFlaws(fields, today), ...(await strangers(tx, ctx, fields, lot.orgId))]
    if (flaws.length > 0) throw new Fault('bad_input', '', { pointers: flaws })
    const [written] = await tx
      .insert(lotPapers)
      .values({ id, ...fields, createdBy: personIdOf(ctx), createdAt: ctx.now })
      .returning()
    await emit(tx, ctx, {
      type: 'lot.paper_entered',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { paperId: id, kind: body.kind, number: body.number, quantity: body.quantity },
    })
    return viewLotPaper(found(written), today)
  })
}

/** Files nobody here uploaded, and certificates a collector cannot stand on. */
async function strangers(tx: Tx, ctx: Ctx, body: Body, orgId: string): Promise<Flaw[]> {
  const flaws: Flaw[] = []
  if (body.fileId !== null) {
    const owners = [orgId, person(ctx).orgId]
    const [file] = await tx
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.id, body.fileId), inArray(files.orgId, owners)))
    if (!file) flaws.push({ pointer: '/body/fileId', reason: 'no_such_picture' })
  }
  if (body.fromPaperIds.length > 0) {
    const known = await tx
      .select({ id: lotPapers.id })
      .from(lotPapers)
      .innerJoin(lots, eq(lots.id, lotPapers.lotId))
      .where(
        and(
          inArray(lotPapers.id, body.fromPaperIds),
          inArray(lotPapers.kind, ['conformity_certificate', 'origin_certificate']),
          isNull(lotPapers.voidedAt),
        ),
      )
    if (known.length < body.fromPaperIds.length)
      flaws.push({ pointer: '/body/fromPaperIds', reason: 'unknown' })
  }
  return flaws
}

/** Voids a paper of a lot: from now on it counts nowhere. A repeat changes nothing. */
export async function voidLotPaper(ctx: Ctx, id: string, reason: string): Promise<void> {
  allow(ctx, 'lot.certify')
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ paper: lotPapers, orgId: lots.orgId, hubId: lots.hubId })
      .from(lotPapers)
      .innerJoin(lots, eq(lots.id, lotPapers.lotId))
      .where(eq(lotPapers.id, id))
      .orderBy(asc(lotPapers.id))
      .for('update', { of: lotPapers })
    const { paper, orgId, hubId } = found(row)
    allow(ctx, 'lot.certify', { orgId, hubId })
    if (paper.voidedAt) {
      if (paper.voidReason === reason) return
      throw new Fault('wrong_state')
    }
    await tx.update(lotPapers).set({ voidedAt: ctx.now, voidReason: reason }).where(eq(lotPapers.id, id))
    await emit(tx, ctx, {
      type: 'lot.paper_voided',
      subjectId: paper.lotId,
      orgId,
      hubId,
      payload: { paperId: id, kind: paper.kind, number: paper.number, reason },
    })
  })
}
