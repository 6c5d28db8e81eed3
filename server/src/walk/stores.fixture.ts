import { makeBin, makeHub, makeLot, makeSku } from '@huming/db/factories'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { inTransaction } from '../kernel/transaction.ts'
import { takeGoods } from '../stock/bin-moves.ts'
import type { TestApp } from '../test-app.ts'
import { inDays, well } from './goods.fixture.ts'
import type { Parties } from './parties.fixture.ts'

type Bin = Awaited<ReturnType<typeof makeBin>>
type House = {
  dock: Bin
  destroy: Bin
  otherHubId: string
  bin: (kind: 'reserve', nth: number) => Promise<Bin>
}

/** The words to bring goods of a side's house into each state. */
function keeping(t: TestApp, { orgs, hub, guests, files }: Parties, house: House) {
  const { receiver, lead } = guests
  const { dock, destroy, bin } = house
  const lot = async (useByDay = inDays(25)) => {
    const sku = await makeSku(t.db, orgs.coop.id)
    return makeLot(t.db, sku, hub.id, 500_000, { useByDay })
  }
  const apart = async () => {
    const id = newId()
    const body = { lotId: (await lot()).id, fromBinId: dock.id, quantity: 10_000, reason: '包装破损' }
    well(await t.call('storing.quarantine', { params: { id }, body }, receiver))
    return { id, body }
  }
  const doomed = async () => {
    const { id } = await lot()
    const body = { lotId: id, fromBinId: dock.id, quantity: 20_000, reason: '破损' }
    const setApart = newId()
    well(await t.call('storing.setApart', { params: { id: setApart }, body }, receiver))
    return { lotId: id, setApart, body }
  }
  const disposal = async (by = receiver) => {
    const { lotId } = await doomed()
    const id = newId()
    const body = {
      lotId,
      binId: destroy.id,
      quantity: 20_000,
      method: 'dye' as const,
      reason: '破损',
      place: '销毁间',
      doneAt: new Date(Date.now() - 60_000).toISOString(),
      photoFileIds: [files.warehouse],
    }
    well(await t.call('storing.writeDisposal', { params: { id }, body }, by))
    return { id, body }
  }
  const transfer = async () => {
    const goods = await lot()
    const id = newId()
    const lines = [{ skuId: goods.skuId, quantity: 100_000 }]
    const body = { fromHubId: hub.id, toHubId: house.otherHubId, note: '', lines }
    well(await t.call('storing.askTransfer', { params: { id }, body }, receiver))
    return { id, body, load: { id: newId(), lotId: goods.id, quantity: 50_000 } }
  }
  const shipBody = (load: { id: string; lotId: string; quantity: number }) => ({
    plate: '沪A00001',
    sealNumber: 'F-1',
    lots: [load],
  })
  const countOf = async (nth: number) => {
    const one = { id: newId(), binId: (await bin('reserve', nth)).id }
    well(await t.call('storing.openCounts', { body: { hubId: hub.id, counts: [one] } }, lead))
    return one
  }
  return { lot, apart, doomed, disposal, transfer, shipBody, countOf }
}

type Counting = { dock: Bin; bin: House['bin']; lot: () => ReturnType<typeof makeLot> }

/** A bin counted short by two people, for the lead to decide. */
async function countedTwice(t: TestApp, { hub, guests }: Parties, { dock, bin, lot }: Counting) {
  const { receiver, lead } = guests
  const toDecide = newId()
  const counted = await lot()
  const place = await bin('reserve', 30)
  const moved = { lotId: counted.id, fromBinId: dock.id, toBinId: place.id, quantity: 30_000 }
  const moveId = newId()
  well(await t.call('storing.move', { params: { id: moveId }, body: moved }, receiver))
  well(
    await t.call(
      'storing.openCounts',
      { body: { hubId: hub.id, counts: [{ id: toDecide, binId: place.id }] } },
      lead,
    ),
  )
  for (const who of [receiver, guests.picker]) {
    const body = { startedAt: new Date().toISOString(), lines: [{ lotId: counted.id, quantity: 20_000 }] }
    well(await t.call('storing.submitCount', { params: { id: toDecide }, body }, who))
  }
  return { toDecide, counted, moved, moveId }
}

/** A side's goods in the house in every state that a door asks for, brought there by the real verbs. */
export async function storesOf(t: TestApp, parties: Parties) {
  const { orgs, hub, guests } = parties
  const { receiver, lead } = guests
  const otherHub = await makeHub(t.db, { orgId: orgs.warehouse.id, kind: 'sub_centre' })
  const bin = (kind: Parameters<typeof makeBin>[2]['kind'], nth = 1) =>
    makeBin(t.db, hub.id, { zone: 'ambient', kind, nth })
  const [dock, face, reserve, returns, destroy] = [
    await bin('dock'),
    await bin('pick_face', 7),
    await bin('reserve', 7),
    await bin('returns'),
    await bin('destroy'),
  ]
  const house = { dock, destroy, otherHubId: otherHub.id, bin }
  const { lot, apart, doomed, disposal, transfer, shipBody, countOf } = keeping(t, parties, house)
  const shipped = await transfer()
  well(
    await t.call(
      'storing.shipTransfer',
      { params: { id: shipped.id }, body: shipBody(shipped.load) },
      receiver,
    ),
  )
  const newCount = await countOf(22)
  const count = async (nth: number) => (await countOf(nth)).id
  const { toDecide, counted, moved, moveId } = await countedTwice(t, parties, { dock, bin, lot })
  const picked = await lot()
  await takenOut(t, picked)
  const returnedId = newId()
  const back = { hubId: hub.id, lotId: picked.id, quantity: 100, reason: '门店退回' }
  well(await t.call('storing.takeBack', { params: { id: returnedId }, body: back }, receiver))
  const spare = await bin('reserve', 40)
  return {
    otherHub,
    bins: { dock, face, reserve, returns, destroy, spare },
    move: { id: moveId, body: moved },
    quarantine: await apart(),
    toTest: await apart(),
    toRelease: await apart(),
    setApart: await doomed(),
    disposal: await disposal(),
    toWitness: await disposal(lead),
    toCancel: await disposal(lead),
    near: await lot(inDays(1)),
    toStop: await lot(),
    transfers: { asked: await transfer(), toShip: await transfer(), toCancel: await transfer(), shipped },
    shipBody,
    counts: { open: await count(20), toCancel: await count(21), toDecide, countedLotId: counted.id },
    returned: { id: returnedId, lotId: picked.id },
    newCount,
  }
}

/** Some of it was picked once. */
const takenOut = (t: TestApp, lot: { id: string }) =>
  inTransaction(t.system(), async (tx) => {
    const taken = { lotId: lot.id, quantity: 10_000, kind: 'pick', subjectId: newId(), eventId: newId() }
    await takeGoods(tx, t.system(), taken)
    await tx.execute(
      sql`update lots set on_hand = on_hand - 10000, promisable = promisable - 10000 where id = ${lot.id}`,
    )
  })
