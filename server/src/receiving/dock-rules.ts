import { lifeRules, secondPersonRules, temperatureLimits } from '@huming/db/schema/receiving'
import { dockSlots } from '@huming/db/schema/way'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { readSlots } from '../supply/dock-rows.ts'

type Rules = ContractReply<Contracts['dockRules.read']>
type Slot = ContractParsed<Contracts['dockRules.writeSlot']>['body']
type Second = ContractParsed<Contracts['dockRules.writeSecondPerson']>['body']

/** Rows of each kind shown at most. */
const shown = 300

/** The rules of a hub's dock that hold today or will hold; those of goods are the same for every hub. */
export async function readDockRules(ctx: Ctx, hubId: string): Promise<Rules> {
  allow(ctx, 'hub.read', { hubId })
  const today = serviceDayOf(ctx.now)
  const slots = await ctx.db
    .select()
    .from(dockSlots)
    .where(and(eq(dockSlots.hubId, hubId), gte(dockSlots.validTo, today)))
    .orderBy(asc(dockSlots.fromMinute), asc(dockSlots.weekday), asc(dockSlots.validFrom), asc(dockSlots.id))
    .limit(shown)
  const second = await ctx.db
    .select()
    .from(secondPersonRules)
    .where(gte(secondPersonRules.validTo, today))
    .orderBy(asc(secondPersonRules.kind), asc(secondPersonRules.validFrom), asc(secondPersonRules.id))
    .limit(shown)
  const life = await ctx.db
    .select()
    .from(lifeRules)
    .where(gte(lifeRules.validTo, today))
    .orderBy(asc(lifeRules.category), asc(lifeRules.validFrom))
    .limit(shown)
  return {
    slots: slots.map((row) => {
      const { hubId: _, isSample: _sample, ...slot } = row
      return slot
    }),
    secondPerson: second as Rules['secondPerson'],
    life,
    temperature: await readLimits(ctx, today),
  }
}

async function readLimits(ctx: Ctx, today: ServiceDay): Promise<Rules['temperature']> {
  const rows = await ctx.db.execute<Rules['temperature'][number]>(sql`
    select t.id, t.zone, coalesce(p.name || ' ' || k.spec, '') as pack, t.warn_above_deci_c as "warnAboveDeciC",
      t.warn_for_minutes as "warnForMinutes", t.surface_max_deci_c as "surfaceMaxDeciC",
      t.core_max_deci_c as "coreMaxDeciC", t.trip_log_needed as "tripLogNeeded", t.valid_from as "validFrom",
      t.valid_to as "validTo", t.source
    from ${temperatureLimits} t left join skus k on k.id = t.sku_id left join products p on p.id = k.product_id
    where t.valid_to >= ${today} order by t.zone, pack, t.valid_from, t.id limit ${shown}`)
  return [...rows]
}

const endsBefore = (body: { validFrom: string; validTo: string }): void => {
  if (body.validTo < body.validFrom)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/validTo', reason: 'before_start' }] })
}

/**
 * Says how many trucks the dock takes in a slot from a day on: what is said last for the same minutes holds, 0 closes
 * the slot. Places given already stay. `slot_overlaps` where two open slots of a day would lie over each other.
 */
export async function writeDockSlot(ctx: Ctx, id: string, body: Slot): Promise<{ ok: true }> {
  allow(ctx, 'dock.plan', { hubId: body.hubId })
  endsBefore(body)
  if (body.toMinute <= body.fromMinute)
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/toMinute', reason: 'before_start' }] })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, body.hubId)
    const [hub] = await tx.execute(sql`select id from hubs where id = ${body.hubId}`)
    found(hub)
    const [before] = await tx.select().from(dockSlots).where(eq(dockSlots.id, id))
    if (before) return repeatOf(before, body)
    await tx.insert(dockSlots).values({ id, ...body })
    await refuseOverlap(tx, body)
    await emit(tx, ctx, { type: 'dock.slot_written', subjectId: id, hubId: body.hubId, payload: { ...body } })
    return { ok: true }
  })
}

function repeatOf(before: Record<string, unknown>, body: object): { ok: true } {
  if (!Object.entries(body).every(([name, value]) => before[name] === value)) throw new Fault('id_reused')
  return { ok: true }
}

/** Looks at the first week the row holds for: each weekday once. */
async function refuseOverlap(tx: Tx, { hubId, validFrom, validTo }: Slot): Promise<void> {
  for (let ahead = 0; ahead < 7; ahead++) {
    const day = addDays(validFrom as ServiceDay, ahead)
    if (day > validTo) return
    const open = (await readSlots(tx, hubId, day)).filter((slot) => slot.capacity > 0)
    if (open.some((slot, i) => i > 0 && slot.fromMinute < (open[i - 1]?.toMinute ?? 0)))
      throw new Fault('slot_overlaps', day, {
        pointers: [{ pointer: '/body/fromMinute', reason: 'overlaps' }],
      })
  }
}

/**
 * Adds a dated rule of when two people must see a receipt (学校食堂双人联检; high-risk food of 上海市食品安全条例
 * Art. 114; dear goods). A rule that is there keeps what it says; only its last day may be moved, to today at the
 * earliest.
 */
export async function writeSecondPersonRule(ctx: Ctx, id: string, body: Second): Promise<{ ok: true }> {
  allow(ctx, 'receiptRule.write')
  endsBefore(body)
  const told = { value_above: body.aboveFen !== null, buyer_class: body.buyerClass !== null }
  for (const [kind, field] of [['value_above', 'aboveFen'] as const, ['buyer_class', 'buyerClass'] as const])
    if ((body.kind === kind) !== told[kind])
      throw new Fault('bad_input', '', { pointers: [{ pointer: `/body/${field}`, reason: 'does_not_fit' }] })
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [before] = await tx
      .select()
      .from(secondPersonRules)
      .where(eq(secondPersonRules.id, id))
      .for('update')
    if (before) {
      repeatOf(before, { ...body, validTo: before.validTo })
      if (before.validTo !== body.validTo && body.validTo < serviceDayOf(ctx.now))
        throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/validTo', reason: 'past' }] })
    }
    await tx
      .insert(secondPersonRules)
      .values({ id, ...body })
      .onConflictDoUpdate({ target: secondPersonRules.id, set: { validTo: body.validTo } })
    await emit(tx, ctx, { type: 'dock.second_person_written', subjectId: id, payload: { ...body } })
    return { ok: true }
  })
}
