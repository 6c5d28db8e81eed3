import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, serviceDayOf } from '@huming/shared/days'
import type { Ctx } from '../kernel/ctx.ts'
import { WrittenJson } from '../kernel/written-json.ts'
import { readOffersOfSkus } from '../stock/offers.ts'
import { offerText } from '../stock/write-offers.ts'
import { deliveryDaysOf } from './read-delivery-days.ts'

type Reply = ContractReply<Contracts['orders.guide']>
type Usual = Omit<Reply['items'][number], 'offer'> & { skuId: string }

/** So far back goes the history that fills the guide, and so many packs does it show. */
const historyDays = 90
const itemsMax = 200

/**
 * What the site orders again and again: pinned packs first, then by how often. The day left out is the first that
 * can still be ordered for.
 */
export async function readGuide(
  ctx: Ctx,
  siteId: string,
  askedDay: string | undefined,
): Promise<WrittenJson<Reply>> {
  // Read together; whether the site is the actor's own is known before anything is told.
  const [{ days }, usuals] = await Promise.all([deliveryDaysOf(ctx, siteId), readUsuals(ctx, siteId)])
  const day = askedDay ?? days.find((one) => one.reason === null)?.day ?? addDays(serviceDayOf(ctx.now), 1)
  const { offers } = await readOffersOfSkus(
    ctx,
    { siteId, day },
    usuals.map((usual) => usual.skuId),
  )
  const texts = new Map(offers.map((offer) => [offer.fixed.skuId, offerText(offer)]))
  const items = usuals
    .filter(({ skuId }) => texts.has(skuId))
    .map((usual) => `{"offer":${texts.get(usual.skuId)},${usualText(usual)}`)
  return new WrittenJson(`{"day":"${day}","items":[${items.join()}]}`)
}

/** What the contract tells beside the offer, without the opening brace. */
const usualText = ({
  pinned,
  parUnits,
  lastUnits,
  lastDay,
  lastPriceCentifen,
  timesOrdered,
}: Usual): string =>
  JSON.stringify({ pinned, parUnits, lastUnits, lastDay, lastPriceCentifen, timesOrdered }).slice(1)

function readUsuals(ctx: Ctx, siteId: string): Promise<Usual[]> {
  const since = addDays(serviceDayOf(ctx.now), -historyDays)
  return ctx.sql<Usual[]>`
    with history as (
      select l.sku_id, count(*)::int4 as times,
        (array_agg(l.units order by o.day desc, o.id desc))[1] as units,
        (array_agg(l.price_centifen order by o.day desc, o.id desc))[1] as price, max(o.day) as day
      from orders o join order_lines l on l.order_id = o.id
      where o.site_id = ${siteId} and o.day >= ${since} and o.status <> 'cancelled' group by l.sku_id)
    select coalesce(g.sku_id, h.sku_id) as "skuId", g.sku_id is not null as pinned, g.par_units as "parUnits",
      h.units as "lastUnits", h.day as "lastDay", h.price as "lastPriceCentifen", coalesce(h.times, 0) as "timesOrdered"
    from (select * from guide_items where site_id = ${siteId}) g full join history h on h.sku_id = g.sku_id
    order by 2 desc, "timesOrdered" desc, h.day desc nulls last, 1 limit ${itemsMax}`
}
