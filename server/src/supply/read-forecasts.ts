import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { effectiveOf, readConfidences, readTerms } from '../stock/confidence.ts'
import { type OpenForecast, readOpen, readPacks, readSums, type WeekSum } from './forecast-rows.ts'
import { weekInSeason, weekOf, weeksShown } from './forecast-rules.ts'

type Reply = ContractReply<Contracts['forecasts.read']>
type Row = Reply['rows'][number]

/** Packs of a supplier by harvest week: the week before, the one asked for (this one), and the next two. */
export async function readForecasts(
  ctx: Ctx,
  query: { orgId: string; hubId: string; week?: string | undefined },
): Promise<Reply> {
  allow(ctx, 'supply.read', { orgId: query.orgId })
  const { hubId, orgId } = query
  const [hub] = await ctx.sql`select id from hubs where id = ${hubId}`
  found(hub)
  const today = serviceDayOf(ctx.now)
  const weeks = weeksShown(weekOf((query.week ?? today) as ServiceDay))
  const packs = await readPacks<Omit<Row, 'cells' | 'confidenceBp' | 'source'>>(ctx.db, { orgId })
  const skuIds = packs.map((pack) => pack.skuId)
  const [open, sums, confidences, terms] = await Promise.all([
    readOpen(ctx.db, { hubId, skuIds, weeks }),
    readSums(ctx.db, { hubId, skuIds, weeks }),
    readConfidences(ctx.db, skuIds),
    readTerms(ctx.db, today),
  ])
  const key = (skuId: string, week: string) => `${skuId} ${week}`
  const openBy = Map.groupBy(open, (one) => key(one.skuId, one.week))
  const sumBy = new Map(sums.map((one) => [key(one.skuId, one.week), one]))
  return {
    weeks,
    rows: packs.map(({ seasons, ...pack }) => {
      const { bp, source } = effectiveOf(confidences.get(pack.skuId), terms, today)
      const cells = weeks.map((week) => {
        const at = key(pack.skuId, week)
        return cellOf(week, openBy.get(at) ?? [], sumBy.get(at), weekInSeason(seasons, week))
      })
      return { ...pack, confidenceBp: bp, source, cells }
    }),
  }
}

function cellOf(
  week: ServiceDay,
  open: readonly OpenForecast[],
  sum: WeekSum | undefined,
  inSeason: boolean,
): Row['cells'][number] {
  const forecasts = open.map(({ skuId: _sku, week: _week, ...one }) => one as Forecast)
  return { week, forecasts, said: sum?.said ?? [], made: sum?.made ?? 0, inSeason }
}
type Forecast = Row['cells'][number]['forecasts'][number]
