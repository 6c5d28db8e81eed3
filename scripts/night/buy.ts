import { newId } from '@huming/shared/ids'
import { eachOf, Refused } from './client.ts'
import { type Buyer, count, type Night, type Offer, type Placed, type Site } from './night.ts'

type Wanted = { buyer: Buyer; site: Site; id: string }
type Line = { skuId: string; units: number }

/** Weight of one order that the fleet can carry, so that the night is possible: grams. */
const fleetShare = 0.72
const linesMax = 12

/** Buyers of all classes order, some twice by mistake, some with an old total; some change, some cancel. */
export async function buyEverything(
  night: Night,
  buyers: readonly Buyer[],
  fleetGrams: number,
): Promise<Placed[]> {
  const offers = await readOffers(night, buyers)
  const wanted = buyers
    .flatMap((buyer) => buyer.sites.map((site): Wanted => ({ buyer, site, id: newId() })))
    .slice(0, night.orders)
  const hot = scarce(offers.get(buyers[0]?.orgId ?? '') ?? [], wanted.length)
  night.say(
    `${wanted.length} orders to place for ${night.day}; scarce: ${hot.map((one) => one.name).join('、') || 'nothing'}`,
  )
  const gramsEach = Math.floor((fleetGrams * fleetShare) / wanted.length)
  const placed: Placed[] = []
  await eachOf(wanted, 32, async (one, index) => {
    const lines = basketOf(night, offers.get(one.buyer.orgId) ?? [], hot, gramsEach)
    const done = lines.length > 0 ? await place(night, one, lines) : null
    if (done) placed.push(done)
    if (done?.buyer.acceptors[0]) night.receivers.set(done.id, done.buyer.acceptors[0])
    if ((index + 1) % 100 === 0)
      night.say(`  ${index + 1} of ${wanted.length} asked, ${night.tally.placed} placed`)
  })
  return changeSome(night, placed)
}

/** What each class can order for the day; prices are personal. */
async function readOffers({ client, day }: Night, buyers: readonly Buyer[]): Promise<Map<string, Offer[]>> {
  const offers = new Map<string, Offer[]>()
  for (const buyer of buyers) {
    const siteId = buyer.sites[0]?.id
    const all: Offer[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await client.call(
        'catalogue.browse',
        { query: { siteId, day, available: 'true', limit: 200, ...(cursor ? { cursor } : {}) } },
        buyer.purchaser,
      )
      all.push(...page.items)
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    offers.set(
      buyer.orgId,
      all.filter((one) => one.availableUnits > 0 && one.tiers.length > 0),
    )
  }
  return offers
}

/** Packs that will run out tonight: the three with the least to sell. */
const scarce = (offers: readonly Offer[], orders: number): Offer[] =>
  offers
    .toSorted((a, b) => a.availableUnits - b.availableUnits)
    .filter((one) => one.availableUnits < orders * 4)
    .slice(0, 3)

function basketOf(
  { chance }: Night,
  offers: readonly Offer[],
  hot: readonly Offer[],
  gramsMax: number,
): Line[] {
  const lines = new Map<string, number>()
  const wish = chance.whole(6, linesMax)
  let grams = 0
  const hotHere = hot.filter((one) => offers.some((offer) => offer.skuId === one.skuId))
  if (hotHere.length > 0 && chance.happens(0.25)) {
    const one = chance.pick(hotHere)
    lines.set(one.skuId, stepped(one, Math.max(1, Math.ceil(one.availableUnits / 40))))
  }
  for (const offer of chance.some(offers, wish)) {
    const units = stepped(offer, chance.whole(1, 2))
    const weight = offer.baseUnit === 'piece' ? units * 5000 : units * offer.basePerOrderUnit
    if (grams + weight > gramsMax && lines.size >= 3) continue
    grams += weight
    lines.set(offer.skuId, units)
  }
  return [...lines].map(([skuId, units]) => ({ skuId, units }))
}

/** The nearest number of units that minimum and step allow. */
const stepped = (offer: Offer, units: number): number =>
  Math.min(offer.maxUnits, Math.max(offer.minUnits, Math.ceil(units / offer.stepUnits) * offer.stepUnits))

/** Places one order as a person would: sees the total, sends, and reacts to what is refused. */
async function place(night: Night, { buyer, site, id }: Wanted, basket: Line[]): Promise<Placed | null> {
  const { client, chance, tally } = night
  let lines = basket
  for (let attempt = 1; attempt <= 4 && lines.length > 0; attempt++) {
    const quote = await client.call(
      'orders.quote',
      { body: { siteId: site.id, day: night.day, lines } },
      buyer.purchaser,
    )
    const takesWhatIsLeft = attempt > 1 || chance.happens(0.6)
    if (takesWhatIsLeft)
      lines = lines.filter((line) => !quote.lines.find((one) => one.skuId === line.skuId)?.problem)
    const stale = attempt === 1 && chance.happens(0.03) ? 100 : 0
    const expectedTotalFen = takesWhatIsLeft
      ? quote.lines
          .filter((one) => lines.some((line) => line.skuId === one.skuId))
          .reduce((sum, one) => sum + one.amountFen, 0)
      : quote.totalFen
    const body = {
      siteId: site.id,
      day: night.day,
      windowFrom: site.windowFrom,
      windowTo: site.windowTo,
      expectedTotalFen: expectedTotalFen + stale,
      lines,
    }
    try {
      if (lines.length === 0) break
      const reply = await client.call('orders.place', { params: { id }, body }, buyer.purchaser)
      await sendTwice(night, buyer, id, body, reply.version)
      tally.placed++
      tally.lines += lines.length
      if (reply.status === 'awaiting_approval' && chance.happens(0.9)) {
        await client.call(
          'orders.approve',
          { params: { id }, body: { version: reply.version } },
          buyer.approver,
        )
      }
      return { id, buyer, siteId: site.id, lines: lines.length }
    } catch (error) {
      if (!(error instanceof Refused) || error.status >= 500) throw error
      if (error.code === 'total_changed' || (error.code === 'not_available' && takesWhatIsLeft)) continue
      count(tally.refused, error.code)
      return null
    }
  }
  count(tally.refused, 'not_available')
  return null
}

/** One in twenty presses the button twice: the answer must be the same. */
async function sendTwice(
  night: Night,
  buyer: Buyer,
  id: string,
  body: object,
  version: number,
): Promise<void> {
  if (!night.chance.happens(0.05)) return
  const again = await night.client.call(
    'orders.place',
    { params: { id }, body: body as never },
    buyer.purchaser,
  )
  if (again.version !== version) throw new Error(`a repeat of order ${id} changed it`)
  night.tally.repeated++
}

async function changeSome(night: Night, placed: readonly Placed[]): Promise<Placed[]> {
  const { client, chance, tally } = night
  const standing: Placed[] = []
  await eachOf(placed, 16, async (order) => {
    const { id, buyer } = order
    if (chance.happens(0.04)) {
      await client.call(
        'orders.cancel',
        { params: { id }, body: { reason: '示例：今天休息' } },
        buyer.purchaser,
      )
      tally.cancelled++
      return
    }
    if (chance.happens(0.08)) await editOne(night, order)
    standing.push(order)
  })
  return standing
}

/** One carton more of the first line, or nothing when that cannot be had. */
async function editOne(night: Night, { id, buyer }: Placed): Promise<void> {
  const { client, tally } = night
  const order = await client.call('orders.read', { params: { id } }, buyer.purchaser)
  const lines = order.lines.map((line, i) => ({ skuId: line.skuId, units: line.units + (i === 0 ? 1 : 0) }))
  const quote = await client.call(
    'orders.quote',
    { body: { siteId: order.siteId, day: order.day, lines } },
    buyer.purchaser,
  )
  const { siteId, day, windowFrom, windowTo, version } = order
  try {
    await client.call(
      'orders.place',
      {
        params: { id },
        body: { siteId, day, windowFrom, windowTo, version, lines, expectedTotalFen: quote.totalFen },
      },
      buyer.purchaser,
    )
    tally.edited++
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error
    count(tally.refused, `edit_${error.code}`)
  }
}
