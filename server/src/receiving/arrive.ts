import { consignments } from '@huming/db/schema/supply'
import { dockAppointments } from '@huming/db/schema/way'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Consignment, consignmentDoc } from '../supply/rows.ts'
import { lockForReceipt } from './rows.ts'

type Body = ContractParsed<Contracts['receiving.arrive']>['body']

/** A vehicle reached the dock: seal looked at, air temperature read (cold goods need one). A repeat gives the same. */
export async function arrive(ctx: Ctx, id: string, body: Body): Promise<Consignment> {
  allow(ctx, 'receipt.write')
  return inTransaction(ctx, async (tx) => {
    const row = await lockForReceipt(tx, ctx, id)
    if (row.status !== 'shipped') {
      if (row.sealOk === body.sealOk && row.arrivalDeciC === body.airDeciC) return consignmentDoc(tx, ctx, id)
      throw new Fault('wrong_state')
    }
    if (body.airDeciC === null && (await isCold(tx, id)))
      throw new Fault('temperature_missing', '', {
        pointers: [{ pointer: '/body/airDeciC', reason: 'required' }],
      })
    const status = nextStatus('consignment', row.status, 'arrive')
    if (!status) throw new Fault('wrong_state')
    await tx
      .update(consignments)
      .set({
        status,
        sealOk: body.sealOk,
        arrivalDeciC: body.airDeciC,
        arrivedAt: ctx.now,
        version: row.version + 1,
      })
      .where(eq(consignments.id, id))
    await tx
      .update(dockAppointments)
      .set({ status: 'arrived', arrivedAt: ctx.now, version: sql`${dockAppointments.version} + 1` })
      .where(
        and(
          eq(dockAppointments.consignmentId, id),
          inArray(dockAppointments.status, ['requested', 'confirmed']),
        ),
      )
    await emit(tx, ctx, {
      type: 'consignment.arrived',
      subjectId: id,
      orgId: row.orgId,
      hubId: row.hubId,
      payload: { sealOk: body.sealOk, airDeciC: body.airDeciC },
    })
    return consignmentDoc(tx, ctx, id)
  })
}

async function isCold(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.execute<{ zone: Zone }>(sql`
    select distinct k.zone from consignment_lines x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
    where x.consignment_id = ${id}`)
  return [...rows].some(({ zone }) => ZONES[zone].readingRequired)
}
