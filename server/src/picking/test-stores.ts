import { makeBin, makeHub, makeOrg } from '@huming/db/factories'
import { files } from '@huming/db/schema/accounts'
import { newId } from '@huming/shared/ids'
import type { BinKind } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import type { Guest, TestApp } from '../test-app.ts'
import { testNight } from './test-night.ts'

/** A night with the people and bins of a warehouse and its sub-centre, and the words to move goods about. */
export async function testStores(t: TestApp) {
  const n = await testNight(t)
  const warehouse = { id: n.hub.orgId, kind: 'warehouse' }
  const sub = await makeHub(t.db, { orgId: warehouse.id, kind: 'sub_centre' })
  const receiver = await t.guest(warehouse, ['receiver'])
  const safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  const bin = (kind: BinKind, nth = 1, zone: Zone = 'ambient', hubId: string = n.hub.id) =>
    makeBin(t.db, hubId, { zone, kind, nth })

  const put = (
    lotId: string,
    from: string,
    to: string,
    quantity: number,
    id = newId(),
    who: Guest = receiver,
  ) =>
    t.call('storing.move', { params: { id }, body: { lotId, fromBinId: from, toBinId: to, quantity } }, who)
  const hold = (lotId: string, from: string, quantity: number, id = newId(), who: Guest = receiver) =>
    t.call(
      'storing.quarantine',
      { params: { id }, body: { lotId, fromBinId: from, quantity, reason: '包装破损' } },
      who,
    )
  const decide = (id: string, release: boolean, who: Guest = safety) =>
    t.call('storing.decideQuarantine', { params: { id }, body: { release, reason: '复检结果' } }, who)
  const setApart = (lotId: string, from: string, quantity: number, id = newId(), who: Guest = receiver) =>
    t.call(
      'storing.setApart',
      { params: { id }, body: { lotId, fromBinId: from, quantity, reason: '破损' } },
      who,
    )
  const takeBack = (lotId: string, quantity: number, id = newId(), who: Guest = receiver) =>
    t.call(
      'storing.takeBack',
      { params: { id }, body: { hubId: n.hub.id, lotId, quantity, reason: '门店退回' } },
      who,
    )
  let photo: string | undefined
  async function dispose(lotId: string, binId: string, quantity: number, id = newId()) {
    photo ??= await picture(t, receiver)
    const body = {
      lotId,
      binId,
      quantity,
      method: 'dye' as const,
      reason: '过期',
      place: '销毁间',
      doneAt: new Date(Date.now() - 1000).toISOString(),
      photoFileIds: [photo],
    }
    return t.call('storing.writeDisposal', { params: { id }, body }, receiver)
  }
  const witness = (id: string, who: Guest = n.lead) =>
    t.call('storing.witnessDisposal', { params: { id }, body: {} }, who)

  const ask = (lines: { skuId: string; quantity: number }[], id = newId()) =>
    t.call(
      'storing.askTransfer',
      { params: { id }, body: { fromHubId: n.hub.id, toHubId: sub.id, lines } },
      receiver,
    )
  const ship = (
    id: string,
    lots: { lotId: string; quantity: number; id?: string; laterLotReason?: string; surfaceDeciC?: number }[],
  ) =>
    t.call(
      'storing.shipTransfer',
      {
        params: { id },
        body: { plate: '沪A00001', sealNumber: 'F-1', lots: lots.map((lot) => ({ id: newId(), ...lot })) },
      },
      receiver,
    )
  const unload = (
    id: string,
    lots: { id: string; received: number; shortReason?: string; surfaceDeciC?: number }[],
    sealOk = true,
  ) => t.call('storing.receiveTransfer', { params: { id }, body: { sealOk, lots } }, receiver)

  async function openCount(binId: string, id = newId()): Promise<string> {
    await t.call('storing.openCounts', { body: { hubId: n.hub.id, counts: [{ id, binId }] } }, n.lead)
    return id
  }
  const count = (
    id: string,
    lines: { lotId: string; quantity: number }[],
    who: Guest = receiver,
    startedAt = new Date(),
  ) =>
    t.call(
      'storing.submitCount',
      { params: { id }, body: { startedAt: startedAt.toISOString(), lines } },
      who,
    )
  const settle = (id: string, approve = true, who: Guest = n.lead) =>
    t.call('storing.decideCount', { params: { id }, body: { approve, reason: '两次盘点一致' } }, who)

  /** What lies where of a lot: `{ 'AM-D01': 5000 }`. */
  async function lying(lotId: string): Promise<Record<string, number>> {
    const rows = await t.sql<{ code: string; quantity: number }[]>`
      select b.code, s.quantity from bin_stock s join bins b on b.id = s.bin_id
      where s.lot_id = ${lotId} and s.quantity > 0 order by b.code`
    return Object.fromEntries(rows.map((row) => [row.code, row.quantity]))
  }

  return {
    ...n,
    warehouse,
    sub,
    receiver,
    safety,
    bin,
    put,
    hold,
    decide,
    setApart,
    takeBack,
    dispose,
    witness,
    ask,
    ship,
    unload,
    openCount,
    count,
    settle,
    lying,
  }
}
export type Stores = Awaited<ReturnType<typeof testStores>>

/** An uploaded picture of the guest's organisation. */
async function picture(t: TestApp, { orgId, personId }: Guest): Promise<string> {
  const id = newId()
  const about = { mediaType: 'image/png', bytes: 68, sha256: id, visibility: 'own', createdAt: new Date() }
  await t.db.insert(files).values({ id, orgId, createdBy: personId, ...about })
  return id
}
