import { makeBin, makeHub, makeOrg } from '@huming/db/factories'
import { files } from '@huming/db/schema/accounts'
import { newId } from '@huming/shared/ids'
import type { BinKind } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import type { Guest, TestApp } from '../test-app.ts'
import { type TestNight, testNight } from './test-night.ts'

/** A night with the people and bins of a warehouse and its sub-centre, and the words to move goods about. */
export async function testStores(t: TestApp) {
  const n = await testNight(t)
  const warehouse = { id: n.hub.orgId, kind: 'warehouse' }
  const sub = await makeHub(t.db, { orgId: warehouse.id, kind: 'sub_centre' })
  const receiver = await t.guest(warehouse, ['receiver'])
  const safety = await t.guest(await makeOrg(t.db, 'operations'), ['food_safety'])
  const bin = (kind: BinKind, nth = 1, zone: Zone = 'ambient', hubId: string = n.hub.id) =>
    makeBin(t.db, hubId, { zone, kind, nth })

  /** What lies where of a lot: `{ 'AM-D01': 5000 }`. */
  async function lying(lotId: string): Promise<Record<string, number>> {
    const rows = await t.sql<{ code: string; quantity: number }[]>`
      select b.code, s.quantity from bin_stock s join bins b on b.id = s.bin_id
      where s.lot_id = ${lotId} and s.quantity > 0 order by b.code`
    return Object.fromEntries(rows.map((row) => [row.code, row.quantity]))
  }
  const people = { n, receiver, safety }
  return {
    ...n,
    warehouse,
    sub,
    receiver,
    safety,
    bin,
    lying,
    ...placeWords(t, people),
    ...apartWords(t, people),
    ...transferWords(t, people, sub.id),
    ...countWords(t, people),
  }
}
export type Stores = Awaited<ReturnType<typeof testStores>>

type People = { n: TestNight; receiver: Guest; safety: Guest }

const placeWords = (t: TestApp, { receiver, safety }: People) => ({
  put: (lotId: string, from: string, to: string, quantity: number, id = newId(), who = receiver) =>
    t.call('storing.move', { params: { id }, body: { lotId, fromBinId: from, toBinId: to, quantity } }, who),
  hold: (lotId: string, from: string, quantity: number, id = newId(), who = receiver) =>
    t.call(
      'storing.quarantine',
      { params: { id }, body: { lotId, fromBinId: from, quantity, reason: '包装破损' } },
      who,
    ),
  decide: (id: string, release: boolean, who = safety) =>
    t.call('storing.decideQuarantine', { params: { id }, body: { release, reason: '复检结果' } }, who),
  setApart: (lotId: string, from: string, quantity: number, id = newId(), who = receiver) =>
    t.call(
      'storing.setApart',
      { params: { id }, body: { lotId, fromBinId: from, quantity, reason: '破损' } },
      who,
    ),
})

function apartWords(t: TestApp, { n, receiver }: People) {
  let photo: string | undefined
  return {
    takeBack: (lotId: string, quantity: number, id = newId()) =>
      t.call(
        'storing.takeBack',
        { params: { id }, body: { hubId: n.hub.id, lotId, quantity, reason: '门店退回' } },
        receiver,
      ),
    dispose: async (lotId: string, binId: string, quantity: number, id = newId()) => {
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
    },
    witness: (id: string, who = n.lead) =>
      t.call('storing.witnessDisposal', { params: { id }, body: {} }, who),
  }
}

type Load = {
  lotId: string
  quantity: number
  id?: string
  laterLotReason?: string
  surfaceDeciC?: number
}
type Unload = { id: string; received: number; shortReason?: string; surfaceDeciC?: number }

const transferWords = (t: TestApp, { n, receiver }: People, subId: string) => ({
  ask: (lines: { skuId: string; quantity: number }[], id = newId(), over: object = {}) =>
    t.call(
      'storing.askTransfer',
      { params: { id }, body: { fromHubId: n.hub.id, toHubId: subId, lines, ...over } },
      receiver,
    ),
  ship: (id: string, lots: Load[]) =>
    t.call(
      'storing.shipTransfer',
      {
        params: { id },
        body: { plate: '沪A00001', sealNumber: 'F-1', lots: lots.map((lot) => ({ id: newId(), ...lot })) },
      },
      receiver,
    ),
  unload: (id: string, lots: Unload[], sealOk = true) =>
    t.call('storing.receiveTransfer', { params: { id }, body: { sealOk, lots } }, receiver),
})

const countWords = (t: TestApp, { n, receiver }: People) => ({
  openCount: async (binId: string, id = newId()): Promise<string> => {
    await t.call('storing.openCounts', { body: { hubId: n.hub.id, counts: [{ id, binId }] } }, n.lead)
    return id
  },
  count: (id: string, lines: { lotId: string; quantity: number }[], who = receiver, startedAt = new Date()) =>
    t.call(
      'storing.submitCount',
      { params: { id }, body: { startedAt: startedAt.toISOString(), lines } },
      who,
    ),
  settle: (id: string, approve = true, who = n.lead) =>
    t.call('storing.decideCount', { params: { id }, body: { approve, reason: '两次盘点一致' } }, who),
})

/** An uploaded picture of the guest's organisation. */
async function picture(t: TestApp, { orgId, personId }: Guest): Promise<string> {
  const id = newId()
  const about = {
    mediaType: 'image/png',
    bytes: 68,
    sha256: id,
    visibility: 'own',
    createdAt: new Date(),
  }
  await t.db.insert(files).values({ id, orgId, createdBy: personId, ...about })
  return id
}
