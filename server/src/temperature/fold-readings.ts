import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { iso } from './rows.ts'
import { clockToleranceMinutes } from './send-readings.ts'

/** Raw readings are kept for two years (上海: records of the cold chain), then their hours. */
const rawDays = 731
/** Rows of one transaction, and transactions of one night. */
const batch = 50_000
const rounds = 40

/** Folds readings past their time into hours and forgets used nonces that no message could use again. */
export async function foldReadings(ctx: Ctx): Promise<number> {
  allow(ctx, 'temperature.device')
  const forgetBefore = iso(ctx.now.getTime() - 3 * clockToleranceMinutes * 60_000)
  await ctx.db.execute(sql`delete from temperature_nonces where at < ${forgetBefore}::timestamptz`)
  const before = iso(ctx.now.getTime() - rawDays * 86_400_000)
  let folded = 0
  for (let i = 0; i < rounds; i += 1) {
    const count = await inTransaction(ctx, async (tx) => {
      const rows = await tx.execute<{ n: number }>(sql`
        with old as (
          delete from temperature_readings r using (
            select device_id, at, probe from temperature_readings where at < ${before}::timestamptz
            order by at limit ${batch} for update skip locked) x
          where r.device_id = x.device_id and r.at = x.at and r.probe = x.probe returning r.*),
        hours as (
          insert into temperature_hours (device_id, hour, probe, readings, lowest, highest, sum_deci_c)
          select device_id, date_trunc('hour', at), probe, count(*), min(deci_c), max(deci_c), sum(deci_c) from old group by 1, 2, 3
          on conflict (device_id, hour, probe) do update set
            readings = temperature_hours.readings + excluded.readings,
            lowest = least(temperature_hours.lowest, excluded.lowest),
            highest = greatest(temperature_hours.highest, excluded.highest),
            sum_deci_c = temperature_hours.sum_deci_c + excluded.sum_deci_c)
        select count(*)::int as n from old`)
      return rows[0]?.n ?? 0
    })
    folded += count
    if (count < batch) break
  }
  return folded
}
