import { consignments } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { eq } from 'drizzle-orm'
import { bookCrates } from '../crates/book-crates.ts'
import type { CrateMove, Party } from '../crates/rules.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { type ConsignmentRow, lockForReceipt } from './rows.ts'

type Body = ContractParsed<Contracts['receiving.finish']>['body']

/** Closes a receipt once every lot is in or refused, and books the crates counted at the dock. A repeat gives the same. */
export async function finishReceipt(ctx: Ctx, id: string, body: Body): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockForReceipt(tx, ctx, id)
    const doc = await consignmentDoc(tx, ctx, id)
    if (row.status === 'received') return doc
    const status = nextStatus('consignment', row.status, 'receive')
    if (!status) throw new Fault('wrong_state')
    const open = doc.lines.filter((line) => line.receivedAt === null).length
    if (open > 0) throw new Fault('lines_open', '', { params: { open } })
    await tx
      .update(consignments)
      .set({ status, receivedAt: ctx.now, version: row.version + 1 })
      .where(eq(consignments.id, id))
    await emit(tx, ctx, {
      type: 'consignment.received',
      subjectId: id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { lots: doc.lines.length, refusedLots: doc.lines.filter((l) => l.refusedQuantity > 0).length },
    })
    const moves = cratesOf(row, body)
    await bookCrates(tx, ctx, { hubId: row.hubId, subjectId: id, orgId: row.orgId, moves, cover: 'explain' })
    return consignmentDoc(tx, ctx, id)
  })
}

/** Full crates from the supplier, empties back to it with the same truck. */
function cratesOf(row: ConsignmentRow, { cratesIn, cratesBack }: Body): CrateMove[] {
  const supplier: Party = { kind: 'org', id: row.orgId }
  const hub: Party = { kind: 'hub', id: row.hubId }
  return [
    ...cratesIn.map((one): CrateMove => ({ ...one, from: supplier, to: hub, kind: 'receive' })),
    ...cratesBack.map((one): CrateMove => ({ ...one, from: hub, to: supplier, kind: 'send_back' })),
  ]
}
