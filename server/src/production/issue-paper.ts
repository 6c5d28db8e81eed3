import type { lots } from '@huming/db/schema/stock'
import type { certificateBases } from '@huming/shared/contracts/production-shapes'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { insertLotPaper } from '../stock/lot-papers.ts'
import { makerOf } from './lot-label.ts'

type Lot = typeof lots.$inferSelect
/** A lot that went into a repacked one, with its certificate and the papers it is entered in. */
export type Parent = { lotId: string; lotCode: string; certificate: string; paperIds: string[] }

/** The goods that a batch mixed or packed anew, packaging aside, with their certificates in the order of taking. */
export const parentsOf = (tx: Tx, batchId: string): Promise<Parent[]> =>
  docs<Parent>(
    tx,
    sql`select i.lot_id as "lotId", l.code as "lotCode", l.certificate,
        array(select c.id from lot_papers c where c.lot_id = i.lot_id and c.voided_at is null
          and c.kind = 'conformity_certificate' order by c.id) as "paperIds"
      from batch_inputs i join lots l on l.id = i.lot_id left join materials m on m.sku_id = l.sku_id
      where i.batch_id = ${batchId} and m.kind is distinct from 'packaging'
      group by i.lot_id, l.code, l.certificate having sum(i.quantity) > 0 order by min(i.at), l.code`,
  )

type Issued = {
  readonly number: string
  readonly kind: 'factory_inspection' | 'form_2'
  readonly body: {
    readonly basis: readonly (typeof certificateBases)[number][]
    readonly inspectedOn: string
    readonly note: string
  }
  readonly parents: readonly Parent[]
}

/** Enters the certificate among the papers of the lot: the factory's inspection, or Form 2 naming the parents' papers. */
export async function issuePaper(tx: Tx, ctx: Ctx, lot: Lot, issued: Issued): Promise<void> {
  const maker = await makerOf(tx, lot.orgId)
  const isForm2 = issued.kind === 'form_2'
  await insertLotPaper(tx, ctx, {
    lotId: lot.id,
    kind: isForm2 ? 'conformity_certificate' : 'factory_inspection',
    number: issued.number,
    form: isForm2 ? 'collector' : null,
    basis: isForm2 ? [...issued.body.basis] : [],
    tested: issued.body.note,
    quantity: lot.quantity,
    issuer: maker.name,
    contact: maker.contact,
    origin: maker.address,
    issuedOn: issued.body.inspectedOn,
    fromPaperIds: issued.parents.flatMap((parent) => parent.paperIds),
  })
}
