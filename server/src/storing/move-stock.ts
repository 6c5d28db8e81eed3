import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { isSellableBin } from '@huming/shared/reference/bins'
import { ZONES } from '@huming/shared/reference/zones'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { moveGoods } from '../stock/bin-moves.ts'
import { lockLot } from '../stock/rows.ts'
import { stockOf } from './read-stock.ts'
import { movedBefore, readBinRow, zoneOf } from './rows.ts'

type Route = Contracts['storing.move']

/**
 * Carries goods from one sellable bin to another of their temperature zone; nothing is promised or unpromised by
 * it. A repeat gives the same. Quarantine, returns and goods to destroy have their own verbs.
 */
export async function moveStock(
  ctx: Ctx,
  id: string,
  body: ContractParsed<Route>['body'],
): Promise<ContractReply<Route>> {
  allow(ctx, 'stock.move')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const lot = await lockLot(tx, body.lotId)
    allow(ctx, 'stock.move', { hubId: lot.hubId })
    if (await movedBefore(tx, id, body)) return { stock: await stockOf(tx, lot.id) }
    const [from, to] = [await readBinRow(tx, body.fromBinId), await readBinRow(tx, body.toBinId)]
    if (from.hubId !== lot.hubId || to.hubId !== lot.hubId) throw new Fault('not_found')
    const zone = await zoneOf(tx, lot.skuId)
    if (to.zone !== zone) {
      const params = { zone: ZONES[zone][ctx.locale], bin: to.code }
      throw new Fault('bin_wrong_zone', '', {
        params,
        pointers: [{ pointer: '/body/toBinId', reason: 'zone' }],
      })
    }
    if (from.id === to.id || !isSellableBin(from.kind) || !isSellableBin(to.kind))
      throw new Fault('bin_move_forbidden')
    const kind =
      from.kind === 'dock' ? 'put' : from.kind === 'reserve' && to.kind === 'pick_face' ? 'replenish' : 'move'
    const eventId = await emit(tx, ctx, {
      type: 'stock.moved',
      subjectId: lot.id,
      orgId: lot.orgId,
      hubId: lot.hubId,
      payload: { moveId: id, from: from.code, to: to.code, quantity: body.quantity, kind },
    })
    await moveGoods(tx, ctx, { ...body, kind, subjectId: id, eventId })
    return { stock: await stockOf(tx, lot.id) }
  })
}
