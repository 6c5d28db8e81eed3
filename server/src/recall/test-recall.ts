import { makeOrg } from '@huming/db/factories'
import type { ContractInput } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { takeGoods } from '../stock/bin-moves.ts'
import type { TestApp } from '../test-app.ts'

type Open = ContractInput<Contracts['recall.open']>['body']

/** For tests of recalls: food safety of the operations centre, and the words to bring a recall forward. */
export async function recallHands(t: TestApp) {
  const operations = await makeOrg(t.db, 'operations')
  const safety = await t.guest(operations, ['food_safety'])
  const byId = (id: string) => ({ params: { id } })
  const open = (lotIds: string[], over: Partial<Open> = {}, id = newId()) =>
    t.call(
      'recall.open',
      {
        ...byId(id),
        body: {
          level: 2,
          cause: 'contamination',
          reason: '示例：快检农残超标',
          knownAt: new Date(Date.now() - 60_000).toISOString(),
          lotIds,
          ...over,
        },
      },
      safety,
    )
  const stop = (id: string) => t.call('recall.stop', byId(id), safety)
  const scope = (id: string) => t.call('recall.computeScope', byId(id), safety)
  const tell = (id: string) => t.call('recall.notify', byId(id), safety)
  const read = async (id: string) => (await t.call('recall.read', byId(id), safety)).body
  /** A recall of these lots with the sale stopped. */
  async function stopped(lotIds: string[], over: Partial<Open> = {}): Promise<string> {
    const id = newId()
    const drafted = await open(lotIds, over, id)
    expect([drafted.status, drafted.problem?.code]).toEqual([200, undefined])
    const answer = await stop(id)
    expect([answer.status, answer.problem?.code]).toEqual([200, undefined])
    return id
  }
  /** … and every place told. */
  async function told(lotIds: string[], over: Partial<Open> = {}): Promise<string> {
    const id = await stopped(lotIds, over)
    for (const answer of [await scope(id), await tell(id)]) expect(answer.problem?.code).toBeUndefined()
    return id
  }
  return { operations, safety, open, stop, scope, tell, read, stopped, told }
}

/** Picked orders of the factory lie in totes; what was picked for them leaves the shelf here. */
export const pickOff = (t: TestApp, lotId: string, quantity: number) =>
  t.db.transaction(async (tx) => {
    await tx.execute(
      sql`update lots set on_hand = on_hand - ${quantity}, promisable = promisable - ${quantity} where id = ${lotId}`,
    )
    const taking = { lotId, quantity, kind: 'pick', subjectId: lotId, eventId: newId() }
    await takeGoods(tx, t.system(), taking)
  })
