import { dockAppointments } from '@huming/db/schema/way'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, minutesText, type ServiceDay } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { notify } from '../kernel/notice.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { appointmentQuery, readSlots } from '../supply/dock-rows.ts'

type Route = Contracts['receiving.decideAppointment']
type Body = ContractParsed<Route>['body']
type Appointment = ContractReply<Route>
type Row = typeof dockAppointments.$inferSelect

/**
 * The warehouse keeps a truck's place at a door, moves it to another slot of its own choosing, or notes that it did
 * not come. The supplier is told. A repeat gives the same; no slot and no door takes more than it has room for.
 */
export async function decideAppointment(ctx: Ctx, id: string, body: Body): Promise<Appointment> {
  allow(ctx, 'dock.plan')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(dockAppointments).where(eq(dockAppointments.id, id))
    const { hubId } = found(row)
    allow(ctx, 'dock.plan', { hubId })
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dock:${hubId}:${body.day}`}, 0))`)
    const [locked] = await tx.select().from(dockAppointments).where(eq(dockAppointments.id, id)).for('update')
    const before = found(locked)
    if (repeats(before, body)) return docOf(tx, id)
    const status = nextStatus('appointment', before.status, body.decision)
    const stays = before.status === 'confirmed' && body.decision === 'confirm'
    if (!status && !stays) throw new Fault('wrong_state')
    if (before.version !== body.version) throw new Fault('stale_version')
    const place =
      body.decision === 'miss'
        ? { day: before.day, fromMinute: before.fromMinute, toMinute: before.toMinute, dock: before.dock }
        : await placeAt(tx, ctx, before, body)
    await tx
      .update(dockAppointments)
      .set({
        ...place,
        status: status ?? 'confirmed',
        decidedBy: person(ctx).personId,
        decidedAt: ctx.now,
        version: before.version + 1,
      })
      .where(eq(dockAppointments.id, id))
    await tell(tx, ctx, before, { ...place, decision: body.decision })
    return docOf(tx, id)
  })
}

const docOf = async (tx: Tx, id: string): Promise<Appointment> =>
  found((await docs<Appointment>(tx, appointmentQuery(sql`a.id = ${id}`)))[0])

const repeats = (row: Row, body: Body): boolean =>
  row.version === body.version + 1 &&
  (body.decision === 'miss'
    ? row.status === 'missed'
    : row.status === 'confirmed' &&
      row.day === body.day &&
      row.fromMinute === body.fromMinute &&
      row.dock === body.dock)

async function placeAt(tx: Tx, ctx: Ctx, before: Row, body: Body) {
  const { day, fromMinute, dock } = body
  if (dock === '')
    throw new Fault('reason_missing', '', { pointers: [{ pointer: '/body/dock', reason: 'required' }] })
  const at = { pointers: [{ pointer: '/body/fromMinute', reason: 'slot' }] }
  const slots = await readSlots(tx, before.hubId, day as ServiceDay)
  const same = before.day === day && before.fromMinute === fromMinute
  const slot =
    slots.find((one) => one.fromMinute === fromMinute) ?? (same ? { ...before, free: 0 } : undefined)
  if (!slot) throw new Fault('slot_unknown', '', at)
  if (!same && instantAt(day as ServiceDay, slot.toMinute) <= ctx.now) throw new Fault('slot_past', '', at)
  if (!same && slot.free === 0)
    throw new Fault('slot_full', '', { ...at, params: { from: minutesText(slot.fromMinute) } })
  const [other] = await tx
    .select({ id: dockAppointments.id })
    .from(dockAppointments)
    .where(
      and(
        eq(dockAppointments.hubId, before.hubId),
        eq(dockAppointments.day, day),
        eq(dockAppointments.fromMinute, fromMinute),
        eq(dockAppointments.dock, dock),
        ne(dockAppointments.id, before.id),
        inArray(dockAppointments.status, ['confirmed', 'arrived']),
      ),
    )
  if (other) throw new Fault('door_taken', '', { params: { dock } })
  return { day, fromMinute, toMinute: slot.toMinute, dock }
}

async function tell(
  tx: Tx,
  ctx: Ctx,
  row: Row,
  to: { day: string; fromMinute: number; dock: string; decision: string },
): Promise<void> {
  const { id, orgId, hubId, consignmentId } = row
  const type = to.decision === 'miss' ? 'appointment.missed' : 'appointment.confirmed'
  await emit(tx, ctx, { type, subjectId: id, orgId, hubId, payload: { consignmentId, ...to } })
  const key = to.decision === 'miss' ? 'notice.dock_missed' : 'notice.dock_confirmed'
  const params = { day: to.day, from: minutesText(to.fromMinute), dock: to.dock }
  await notify(tx, { orgId, key, params, subjectId: consignmentId, at: ctx.now })
}
