import { createHash } from 'node:crypto'
import { hubs } from '@huming/db/schema/accounts'
import { skus } from '@huming/db/schema/catalogue'
import { transferLines, transfers } from '@huming/db/schema/storing'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { newId, sayableNumber } from '@huming/shared/ids'
import { eq, inArray } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockTransfer, type Transfer, transferDoc } from './transfer-rows.ts'

type Body = ContractParsed<Contracts['storing.askTransfer']>['body']

/** Asks another hub for packs; nothing is promised by it. A repeat gives the same. */
export async function askTransfer(ctx: Ctx, id: string, body: Body): Promise<Transfer> {
  allow(ctx, 'transfer.write', { hubId: body.toHubId })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const requestHash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    const [before] = await tx.select().from(transfers).where(eq(transfers.id, id))
    if (before) {
      if (before.requestHash === requestHash) return transferDoc(tx, ctx, id)
      throw new Fault('id_reused')
    }
    await refuseUnknown(tx, body)
    const { fromHubId, toHubId, note, lines } = body
    const number = sayableNumber('D', id)
    await tx.insert(transfers).values({
      id,
      number,
      fromHubId,
      toHubId,
      note,
      requestHash,
      status: 'asked',
      askedBy: personIdOf(ctx),
      askedAt: ctx.now,
    })
    await tx
      .insert(transferLines)
      .values(lines.map(({ skuId, quantity }) => ({ id: newId(), transferId: id, skuId, quantity })))
    await emit(tx, ctx, {
      type: 'transfer.asked',
      subjectId: id,
      hubId: fromHubId,
      payload: { number, toHubId, lines },
    })
    return transferDoc(tx, ctx, id)
  })
}

async function refuseUnknown(tx: Tx, { fromHubId, toHubId, lines }: Body): Promise<void> {
  const bad = (pointer: string, reason: string) =>
    new Fault('bad_input', '', { pointers: [{ pointer, reason }] })
  if (fromHubId === toHubId) throw bad('/body/fromHubId', 'same_hub')
  const known = await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, fromHubId))
  if (known.length === 0) throw bad('/body/fromHubId', 'unknown')
  const ids = [...new Set(lines.map((line) => line.skuId))]
  if (ids.length < lines.length) throw bad('/body/lines', 'twice')
  const packs = await tx.select({ id: skus.id }).from(skus).where(inArray(skus.id, ids))
  if (packs.length < ids.length) throw bad('/body/lines', 'unknown')
}

/** Either end calls off a transfer that has not left. A repeat gives the same. */
export async function cancelTransfer(ctx: Ctx, id: string, reason: string): Promise<Transfer> {
  allow(ctx, 'transfer.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockTransfer(tx, ctx, id, 'either')
    if (row.status === 'cancelled') return transferDoc(tx, ctx, id)
    const status = nextStatus('transfer', row.status, 'cancel')
    if (!status) throw new Fault('wrong_state')
    await tx.update(transfers).set({ status, cancelReason: reason }).where(eq(transfers.id, id))
    await emit(tx, ctx, {
      type: 'transfer.cancelled',
      subjectId: id,
      hubId: row.fromHubId,
      payload: { reason },
    })
    return transferDoc(tx, ctx, id)
  })
}
