import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { termsOf } from '../orders/calendar.ts'
import { readCalendar } from '../orders/rows.ts'
import { type Checked, checkCutOff } from './check-rules.ts'
import { readCallOffTimes, readGoods, readSteps, readWindows } from './timeline-rows.ts'
import { callOffAt, type Timeline } from './timeline-rules.ts'

type Route = Contracts['timeline.check']

/** Can the goods meet the hub's cut-offs for a delivery day (the day after tomorrow unless told)? */
export async function checkCutOffs(
  ctx: Ctx,
  hubId: string,
  query: { day?: string | undefined },
): Promise<ContractReply<Route>> {
  allow(ctx, 'board.read', { hubId })
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const day = (query.day ?? addDays(serviceDayOf(ctx.now), 2)) as ServiceDay
  const [steps, goods, times, windows, calendar] = await Promise.all([
    readSteps(ctx.db, hubId),
    readGoods(ctx.db, hubId, ctx.now),
    readCallOffTimes(ctx.db, hubId),
    readWindows(ctx.db, hubId),
    readCalendar(ctx, hubId, day, day),
  ])
  return {
    items: BUYER_CLASS_IDS.map((buyerClass) => {
      const { cutOffAt } = termsOf(calendar.terms, hubId, buyerClass, day)
      const windowFrom = windows.get(buyerClass) ?? 0
      const callsOffAt = callOffAt(times, buyerClass, day) ?? cutOffAt
      const checked = checkCutOff(steps, goods, {
        buyerClass,
        day,
        windowFrom,
        cutOffAt,
        callOffAt: callsOffAt,
      })
      return {
        buyerClass,
        day,
        cutOffAt: cutOffAt.toISOString(),
        callOffAt: callsOffAt.toISOString(),
        windowFrom,
        way: checked.way && wayText(checked.way),
        failures: checked.failures.map(failureText),
      }
    }),
  }
}

const wayText = (way: Timeline) => ({
  callBy: way.callBy.toISOString(),
  startBy: way.startBy.toISOString(),
  makeBy: way.makeBy.toISOString(),
  shipBy: way.shipBy.toISOString(),
  dockBy: way.dockBy.toISOString(),
  waveBy: way.waveBy.toISOString(),
  departBy: way.departBy.toISOString(),
})

const failureText = ({ latest, ...failure }: Checked['failures'][number]) => ({
  ...failure,
  latest: latest?.toISOString() ?? null,
})
