import { files } from '@huming/db/schema/accounts'
import { newId } from '@huming/shared/ids'
import { type Market, testMarket } from '../orders/test-market.ts'
import type { Guest, TestApp } from '../test-app.ts'

export type Goods = Awaited<ReturnType<Market['goods']>>

/** For tests of the dock: a market whose supplier ships, and people to take the goods in. */
export async function dock(t: TestApp) {
  const m = await testMarket(t)
  const warehouse = { id: m.hub.orgId, kind: 'warehouse' }
  const lister = await t.guest(m.supplier, ['lister'])
  const receiver = await t.guest(warehouse, ['receiver'])
  const second = await t.guest(warehouse, ['receiver'])
  const lead = await t.guest(warehouse, ['lead'])
  const photo = await pictureOf(t, receiver)

  const madeGoods = (sku: object = {}, lot: object = {}): Promise<Goods> =>
    m.goods(10, sku, { stage: 'made', readyDay: m.day, ...lot })

  /** A consignment of these goods on its way, whole lots. */
  async function shipped(...goods: Goods[]) {
    const id = newId()
    const lines = goods.map(({ lot }) => ({ lotId: lot.id, quantity: lot.quantity }))
    const body = { orgId: m.supplier.id, hubId: m.hub.id, lines }
    await t.call('supply.writeConsignment', { params: { id }, body }, lister)
    const now = Date.now()
    const trip = {
      plate: '闽G12345',
      sealNumber: 'S-1',
      setPointDeciC: -180,
      departsAt: new Date(now - 10 * 3_600_000).toISOString(),
      expectedAt: new Date(now + 2 * 3_600_000).toISOString(),
    }
    const sent = await t.call(
      'supply.shipConsignment',
      { params: { id }, body: { ...trip, version: 1 } },
      lister,
    )
    if (sent.status !== 200) throw new Error(`not shipped: ${sent.problem.code}`)
    return { id, lineOf: (g: Goods) => sent.body.lines.find((line) => line.lotId === g.lot.id)?.id ?? '' }
  }
  const arrive = (id: string, body: object = {}, who = receiver) =>
    t.call('receiving.arrive', { params: { id }, body: { sealOk: 'ok', airDeciC: -185, ...body } }, who)
  /** Shipped and at the dock. */
  async function arrived(...goods: Goods[]) {
    const on = await shipped(...goods)
    await arrive(on.id)
    return on
  }
  return {
    m,
    warehouse,
    lister,
    receiver,
    second,
    lead,
    photo,
    madeGoods,
    shipped,
    arrive,
    arrived,
    ...words(t, { receiver, second, lead }),
  }
}
export type Dock = Awaited<ReturnType<typeof dock>>

/** What people of the dock ask, short to write. */
function words(t: TestApp, { receiver, second, lead }: Record<'receiver' | 'second' | 'lead', Guest>) {
  const receive = (id: string, lineId: string, body: object, who = receiver) =>
    t.call('receiving.receiveLine', { params: { id, lineId }, body: { accepted: 0, ...body } }, who)
  const confirm = (id: string, lineId: string, accepted: number, who = second) =>
    t.call('receiving.confirmLine', { params: { id, lineId }, body: { accepted } }, who)
  const finish = (id: string, body: object = {}) =>
    t.call('receiving.finish', { params: { id }, body }, receiver)
  const tripLog = (id: string, body: object, logId: string = newId(), who = receiver) =>
    t.call('receiving.addTripLog', { params: { id, logId }, body: { zone: 'frozen' as const, ...body } }, who)
  const goodTrip = (id: string, zone = 'frozen') =>
    tripLog(id, { zone, manual: { minDeciC: -200, maxDeciC: zone === 'frozen' ? -170 : 40 } })
  const weigh = (id: string, lineId: string, body: object, weighingId: string = newId(), who = receiver) =>
    t.call('receiving.weigh', { params: { id, lineId, weighingId }, body: { grossGrams: 1, ...body } }, who)
  const except = (id: string, lineId: string, body: object, who = lead) =>
    t.call(
      'receiving.grantException',
      { params: { id, lineId, exceptionId: newId() }, body: { kind: 'life', reason: '示例原因', ...body } },
      who,
    )
  const lotOf = async (g: Goods) =>
    (await t.sql`select stage, quantity, promisable, promised, on_hand from lots where id = ${g.lot.id}`)[0]
  const movedOf = async (g: Goods) =>
    (
      await t.sql`select coalesce(sum(quantity), 0)::int8 as n from movements
        where lot_id = ${g.lot.id} and (from_bin_id is null or to_bin_id is null)`
    )[0]?.['n']
  return { receive, confirm, finish, tripLog, goodTrip, weigh, except, lotOf, movedOf }
}

/** An uploaded picture of the guest's organisation. */
async function pictureOf(t: TestApp, { orgId, personId }: Guest): Promise<string> {
  const id = newId()
  const about = { mediaType: 'image/png', bytes: 68, sha256: id, visibility: 'own', createdAt: new Date() }
  await t.db.insert(files).values({ id, orgId, createdBy: personId, ...about })
  return id
}
