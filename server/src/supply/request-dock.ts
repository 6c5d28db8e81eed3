import { consignments } from '@huming/db/schema/supply'
import { dockAppointments } from '@huming/db/schema/way'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, minutesText, type ServiceDay } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { appointmentQuery, readSlots } from './dock-rows.ts'

type Route = Contracts['docks.request']
type Body = ContractParsed<Route>['body']
export type Appointment = ContractReply<Route>
type Row = typeof dockAppointments.$inferSelect

/** Slots of a hub's dock on a day with the places left. */
export async function listDockSlots(
  ctx: Ctx,
  hubId: string,
  day: string,
): Promise<ContractReply<Contracts['docks.slots']>> {
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const slots = await readSlots(ctx.db, hubId, day as ServiceDay)
  return {
    items: slots.map((slot) => ({ ...slot, past: instantAt(day as ServiceDay, slot.toMinute) <= ctx.now })),
  }
}

/**
 * Asks for a place at the dock for a consignment that has not arrived, or moves it to another slot, which the
 * warehouse then looks at again. No slot takes more trucks than it has places, however many ask at once.
 */
export async function requestDock(ctx: Ctx, id: string, body: Body): Promise<Appointment> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(consignments)
      .where(eq(consignments.id, body.consignmentId))
      .for('update')
    const { orgId, hubId, status } = found(row)
    allow(ctx, 'supply.write', { orgId })
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dock:${hubId}:${body.day}`}, 0))`)
    const [before] = await tx.select().from(dockAppointments).where(eq(dockAppointments.id, id)).for('update')
    if (before && before.consignmentId !== body.consignmentId) throw new Fault('id_reused')
    if (before && repeats(before, body)) return appointmentDoc(tx, id)
    if (status !== 'draft' && status !== 'shipped') throw new Fault('wrong_state')
    refuseStale(before, body.version)
    const toMinute = await placeAt(tx, ctx, hubId, body, before)
    const { day, fromMinute, note } = body
    const fields = {
      day,
      fromMinute,
      toMinute,
      note,
      status: 'requested',
      dock: '',
      decidedBy: null,
      decidedAt: null,
    }
    if (before)
      await tx
        .update(dockAppointments)
        .set({ ...fields, version: before.version + 1 })
        .where(eq(dockAppointments.id, id))
    else {
      await refuseSecond(tx, body.consignmentId)
      await tx.insert(dockAppointments).values({
        id,
        hubId,
        orgId,
        consignmentId: body.consignmentId,
        ...fields,
        requestedBy: personIdOf(ctx),
        requestedAt: ctx.now,
      })
    }
    const payload = { consignmentId: body.consignmentId, day, fromMinute }
    await emit(tx, ctx, { type: 'appointment.requested', subjectId: id, orgId, hubId, payload })
    return appointmentDoc(tx, id)
  })
}

/** Gives the place back. A repeat gives the same. */
export async function cancelDock(ctx: Ctx, id: string): Promise<Appointment> {
  allow(ctx, 'supply.write')
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(dockAppointments).where(eq(dockAppointments.id, id)).for('update')
    const { orgId, hubId, status, version } = found(before)
    allow(ctx, 'supply.write', { orgId })
    if (status === 'cancelled') return appointmentDoc(tx, id)
    const next = nextStatus('appointment', status, 'cancel')
    if (!next) throw new Fault('wrong_state')
    await tx
      .update(dockAppointments)
      .set({ status: next, version: version + 1 })
      .where(eq(dockAppointments.id, id))
    await emit(tx, ctx, { type: 'appointment.cancelled', subjectId: id, orgId, hubId })
    return appointmentDoc(tx, id)
  })
}

const appointmentDoc = async (tx: Tx, id: string): Promise<Appointment> =>
  found((await docs<Appointment>(tx, appointmentQuery(sql`a.id = ${id}`)))[0])

const repeats = (before: Row, body: Body): boolean =>
  before.day === body.day &&
  before.fromMinute === body.fromMinute &&
  before.note === body.note &&
  ['requested', 'confirmed'].includes(before.status) &&
  (before.version === body.version || before.version === body.version + 1)

function refuseStale(before: Row | undefined, version: number): void {
  if (!before) {
    if (version !== 0) throw new Fault('not_found')
    return
  }
  if (!nextStatus('appointment', before.status, 'move')) throw new Fault('wrong_state')
  if (version === 0) throw new Fault('id_reused')
  if (before.version !== version) throw new Fault('stale_version')
}

/** The end of the slot, when it has a place for one more and is not over. */
async function placeAt(
  tx: Tx,
  ctx: Ctx,
  hubId: string,
  body: Body,
  before: Row | undefined,
): Promise<number> {
  const slots = await readSlots(tx, hubId, body.day as ServiceDay)
  const slot = slots.find((one) => one.fromMinute === body.fromMinute)
  const at = { pointers: [{ pointer: '/body/fromMinute', reason: 'slot' }] }
  if (!slot) throw new Fault('slot_unknown', '', at)
  if (instantAt(body.day as ServiceDay, slot.toMinute) <= ctx.now) throw new Fault('slot_past', '', at)
  const own = before?.day === body.day && before.fromMinute === body.fromMinute
  if (slot.free === 0 && !own)
    throw new Fault('slot_full', '', { ...at, params: { from: minutesText(slot.fromMinute) } })
  return slot.toMinute
}

/** A consignment has one place at a time. */
async function refuseSecond(tx: Tx, consignmentId: string): Promise<void> {
  const [open] = await tx.execute(sql`
    select id from dock_appointments where consignment_id = ${consignmentId} and status in ('requested', 'confirmed')`)
  if (open) throw new Fault('wrong_state')
}
