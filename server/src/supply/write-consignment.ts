import { hubs } from '@huming/db/schema/accounts'
import { consignmentLines, consignments } from '@huming/db/schema/supply'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { newId, sayableNumber } from '@huming/shared/ids'
import { and, eq, notInArray, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockLots } from './lock-lots.ts'
import { anyOf, type Consignment, consignmentDoc } from './rows.ts'
import { sameTransport, transportOf } from './transport.ts'

type Body = ContractParsed<Contracts['supply.writeConsignment']>['body']

/**
 * Writes the draft of a consignment whole. A repeat of the write that made the present version gives it again.
 * Lots must be the organisation's own, made, bound for the hub and on no other open consignment.
 */
export async function writeConsignment(ctx: Ctx, id: string, body: Body): Promise<Consignment> {
  allow(ctx, 'supply.write', { orgId: body.orgId })
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const before = await readForWrite(tx, id)
    if (before && before.row.orgId !== body.orgId) throw new Fault('not_found')
    if (before && repeats(before, body)) return consignmentDoc(tx, ctx, id)
    refuseStale(before?.row, body.version)
    found((await tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, body.hubId)))[0])
    await checkLots(tx, id, body)
    const fields = { hubId: body.hubId, ...transportOf(body) }
    await tx
      .insert(consignments)
      .values({
        id,
        number: sayableNumber('C', id),
        orgId: body.orgId,
        status: 'draft',
        createdBy: personId,
        createdAt: ctx.now,
        ...fields,
      })
      .onConflictDoUpdate({
        target: consignments.id,
        set: { ...fields, version: sql`${consignments.version} + 1` },
      })
    await writeLines(tx, id, body.lines)
    await emit(tx, ctx, {
      type: 'consignment.written',
      subjectId: id,
      orgId: body.orgId,
      payload: { lots: body.lines.length },
    })
    return consignmentDoc(tx, ctx, id)
  })
}

type Before = Awaited<ReturnType<typeof readForWrite>>

async function readForWrite(tx: Tx, id: string) {
  const [row] = await tx.select().from(consignments).where(eq(consignments.id, id)).for('update')
  if (!row) return null
  const lines = await tx.select().from(consignmentLines).where(eq(consignmentLines.consignmentId, id))
  return { row, lines }
}

/** The stored draft is what this body made: same content, at its version or the one after. */
function repeats({ row, lines }: NonNullable<Before>, body: Body): boolean {
  const quantityOf = new Map(lines.map((line) => [line.lotId, line.quantity]))
  return (
    row.status === 'draft' &&
    row.hubId === body.hubId &&
    (row.version === body.version || row.version === body.version + 1) &&
    sameTransport(row, body) &&
    quantityOf.size === body.lines.length &&
    body.lines.every((line) => quantityOf.get(line.lotId) === line.quantity)
  )
}

function refuseStale(row: { status: string; version: number } | undefined, version: number): void {
  if (!row) {
    if (version !== 0) throw new Fault('not_found')
    return
  }
  if (!nextStatus('consignment', row.status, 'edit')) throw new Fault('wrong_state')
  if (version === 0) throw new Fault('id_reused')
  if (row.version !== version) throw new Fault('stale_version')
}

async function checkLots(tx: Tx, id: string, body: Body): Promise<void> {
  const ids = body.lines.map((line) => line.lotId)
  if (new Set(ids).size < ids.length) throw faultAt('bad_input', ids.length - 1, 'lot_twice')
  const lots = new Map((await lockLots(tx, ids)).map((lot) => [lot.id, lot]))
  const taken = await onOtherConsignments(tx, id, ids)
  body.lines.forEach((line, index) => {
    const lot = lots.get(line.lotId)
    if (!lot || lot.orgId !== body.orgId) throw new Fault('not_found')
    if (taken.has(line.lotId)) throw faultAt('lot_already_shipped', index, lot.code)
    if (lot.hubId !== body.hubId) throw faultAt('bad_input', index, 'other_hub')
    if (!nextStatus('lot', lot.stage, 'ship')) throw faultAt('lot_wrong_stage', index, lot.stage)
    if (line.quantity > lot.quantity)
      throw new Fault('lot_not_enough', '', {
        pointers: [{ pointer: `/body/lines/${index}/quantity`, reason: 'too_much' }],
        params: { available: lot.quantity },
      })
  })
}

const faultAt = (
  code: 'bad_input' | 'lot_already_shipped' | 'lot_wrong_stage',
  index: number,
  reason: string,
): Fault => new Fault(code, '', { pointers: [{ pointer: `/body/lines/${index}/lotId`, reason }] })

async function onOtherConsignments(tx: Tx, id: string, lotIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.execute<{ lotId: string }>(sql`
    select x.lot_id as "lotId" from consignment_lines x join consignments c on c.id = x.consignment_id
    where x.lot_id = ${anyOf(lotIds)} and c.id <> ${id} and c.status <> 'cancelled'`)
  return new Set([...rows].map((row) => row.lotId))
}

async function writeLines(tx: Tx, consignmentId: string, lines: Body['lines']): Promise<void> {
  const mine = eq(consignmentLines.consignmentId, consignmentId)
  const kept = lines.map((line) => line.lotId)
  await tx
    .delete(consignmentLines)
    .where(kept.length > 0 ? and(mine, notInArray(consignmentLines.lotId, kept)) : mine)
  if (lines.length === 0) return
  await tx
    .insert(consignmentLines)
    .values(lines.map((line) => ({ id: newId(), consignmentId, photoFileIds: [], ...line })))
    .onConflictDoUpdate({
      target: [consignmentLines.consignmentId, consignmentLines.lotId],
      set: { quantity: sql`excluded.quantity` },
    })
}
