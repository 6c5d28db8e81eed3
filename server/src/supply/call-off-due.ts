import { calledOff } from '@huming/db/schema/inbound'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { askCallOffs } from './ask-call-offs.ts'
import { readCallOffTimes } from './timeline-rows.ts'
import { firstCallOffAt } from './timeline-rules.ts'

/** How many days ahead goods may be called off. */
const daysAhead = 15

/**
 * Calls off the goods of every hub and day whose call-off time has come; the clock does it each minute. Goods that
 * have not left by then serve later days only: their lots are ready from the day after the last one called off, so
 * that nothing more is promised for a day they cannot reach. What was promised before stays, and was called off.
 */
export async function callOffDue(ctx: Ctx): Promise<{ days: number; callOffs: number; movedLots: number }> {
  const sum = { days: 0, callOffs: 0, movedLots: 0 }
  for (const { id: hubId } of await ctx.sql<{ id: string }[]>`
    select distinct hub_id as id from call_off_times order by 1`) {
    const due = await dueDays(ctx, hubId)
    for (const day of due) {
      const callOffs = await askCallOffs(ctx, { hubId, day, placed: true })
      const movedLots = await closeDay(ctx, hubId, day, callOffs)
      sum.days++
      sum.callOffs += callOffs
      sum.movedLots += movedLots
    }
  }
  return sum
}

/** Days whose first call-off has passed and that are not called off yet, and those with lots declared late for it. */
async function dueDays(ctx: Ctx, hubId: string): Promise<ServiceDay[]> {
  const times = await readCallOffTimes(ctx.db, hubId)
  const today = serviceDayOf(ctx.now)
  const days = Array.from({ length: daysAhead + 1 }, (_, ahead) => addDays(today, ahead))
  const passed = days.filter((day) => {
    const at = firstCallOffAt(times, day)
    return at !== null && at <= ctx.now
  })
  if (passed.length === 0) return []
  const done = await ctx.sql<{ day: string }[]>`
    select day from called_off where hub_id = ${hubId} and day >= ${today}`
  const open = await ctx.sql<{ readyDay: string }[]>`
    select distinct ready_day as "readyDay" from lots where hub_id = ${hubId} and stage in ('planned', 'made')
      and ready_day <= ${passed.at(-1) as string} and promisable > promised`
  const known = new Set(done.map((row) => row.day))
  const early = open.reduce((a, row) => (row.readyDay < a ? row.readyDay : a), '9999-12-31')
  return passed.filter((day) => !known.has(day) || day >= early)
}

/** Lots at the base are ready after the day; what keeps no longer than it promises nothing more. */
async function closeDay(ctx: Ctx, hubId: string, day: ServiceDay, callOffs: number): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const next = addDays(day, 1)
    const moved = await tx.execute<{ id: string }>(sql`
      with late as materialized (
        select id from lots where hub_id = ${hubId} and stage in ('planned', 'made') and ready_day <= ${day}
          and promisable > promised
        order by id for no key update)
      update lots l set ready_day = least(l.use_by_day, ${next}),
        promisable = case when l.use_by_day < ${next} then l.promised else l.promisable end
      from late where l.id = late.id returning l.id`)
    await tx
      .insert(calledOff)
      .values({ hubId, day, at: ctx.now, callOffs, movedLots: moved.length })
      .onConflictDoUpdate({
        target: [calledOff.hubId, calledOff.day],
        set: {
          callOffs: sql`${calledOff.callOffs} + ${callOffs}::int4`,
          movedLots: sql`${calledOff.movedLots} + ${moved.length}::int4`,
        },
      })
    if (callOffs + moved.length > 0)
      await emit(tx, ctx, {
        type: 'supply.called_off',
        subjectId: hubId,
        hubId,
        payload: { day, callOffs, movedLots: moved.length },
      })
    return moved.length
  })
}
