import { lotPapers } from '@huming/db/schema/papers'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { isCategoryId, statutoryPaper } from '@huming/shared/reference/categories'
import { sql } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'

export type NewLotPaper = Omit<typeof lotPapers.$inferInsert, 'id' | 'createdAt' | 'createdBy'>

/** Writes a paper of a lot as it is; gives its id. */
export async function insertLotPaper(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  paper: NewLotPaper,
  id: string = newId(),
): Promise<string> {
  await tx.insert(lotPapers).values({ id, ...paper, createdBy: personIdOf(ctx), createdAt: ctx.now })
  return id
}

/**
 * Issues the paper that who makes goods owes with them, under the number given: form 1 of the 承诺达标合格证 for
 * goods of the field, the factory inspection for packed food (农产品质量安全法 Art. 38; 食品安全法 Art. 51). Nothing
 * for goods that need none of these, or without a number.
 */
export async function issueMakersPaper(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  lot: {
    readonly id: string
    readonly category: string
    /** Base units it covers. */
    readonly quantity: number
    readonly number: string
    readonly issuer: string
    readonly issuedOn?: string | null
  },
): Promise<void> {
  const kind = isCategoryId(lot.category) ? statutoryPaper(lot.category) : null
  if (!kind || lot.number === '' || lot.quantity <= 0) return
  const conformity = kind === 'conformity_certificate'
  await insertLotPaper(tx, ctx, {
    lotId: lot.id,
    kind,
    number: lot.number,
    form: conformity ? 'producer' : null,
    basis: conformity ? ['controlled'] : [],
    quantity: lot.quantity,
    issuer: lot.issuer,
    issuedOn: (lot.issuedOn as ServiceDay | null) ?? serviceDayOf(ctx.now),
  })
}

/**
 * Goods moved on as another lot of the same pack keep their papers: each paper of the first lot that was not voided
 * is entered for the other, covering `quantity` base units at most, and names the paper it stands on.
 */
export async function copyLotPapers(
  tx: Tx,
  ctx: Pick<Ctx, 'actor' | 'now'>,
  move: { readonly fromLotId: string; readonly toLotId: string; readonly quantity: number },
): Promise<void> {
  await tx.execute(sql`
    insert into lot_papers (id, lot_id, kind, number, form, basis, tested, quantity, origin, issuer, contact, issued_on,
      valid_to, file_id, from_paper_ids, created_by, created_at, is_sample)
    select gen_random_uuid(), ${move.toLotId}, kind, number, form, basis, tested, least(quantity, ${move.quantity}),
      origin, issuer, contact, issued_on, valid_to, file_id, array[id], ${personIdOf(ctx)}::uuid,
      ${ctx.now.toISOString()}::timestamptz, is_sample
    from lot_papers where lot_id = ${move.fromLotId} and voided_at is null`)
}
