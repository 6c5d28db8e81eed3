import { newId } from '@huming/shared/ids'
import { ApiProblem, api, type Input, type Reply } from '../app/api.ts'
import { deviceStore } from '../app/device-store.ts'
import { type Kept, makeOutbox } from '../app/outbox.ts'
import { forgetSession, invalidate } from '../app/query.ts'
import { refusalOf } from '../app/refusal.ts'

type What =
  | { kind: 'pick'; input: Input<'picking.pick'> }
  | { kind: 'short'; input: Input<'picking.short'> }
  | { kind: 'fetch'; input: Input<'picking.fetchBatch'> }
type Answer = Reply<'picking.pick'> | Reply<'picking.short'> | Reply<'picking.fetchBatch'>

/** Something done on the floor, with the words by which the picker knows it again. */
export type FloorAct = Kept & What & { at: string; title: string; sub: string }

/** What a PDA keeps: acts to send, and the list of the wave in hand. */
export const floorStore = deviceStore('huming-floor')

const outbox = makeOutbox<FloorAct>({
  name: 'floor',
  store: floorStore,
  waitsFor: (act, earlier) => act.input.params.id === earlier.input.params.id,
  send: async (act) => {
    await call(act)
  },
  refusalOf,
  changed: () => invalidate('picking.'),
})
export const { open: openFloor, again, drop, send } = outbox
export const useFloor = outbox.use

/** Wi-Fi between shelves comes and goes: longer than this nobody waits with goods in hand. */
const PATIENCE_MS = 6000

/**
 * Does it now, or keeps it on the device when the server cannot be reached; behind others that wait it queues, so that
 * the order of doing stays. Throws what the server refused.
 */
export async function actNow(
  personId: string,
  what: What,
  words: { title: string; sub: string },
): Promise<Answer | 'kept'> {
  const at = new Date().toISOString()
  const act: FloorAct = { ...what, ...words, id: newId(), personId, at, problem: null }
  if (outbox.waiting().every((one) => one.problem !== null)) {
    try {
      return await call(act, AbortSignal.timeout(PATIENCE_MS))
    } catch (error) {
      if (error instanceof ApiProblem && !error.lost) throw error
    }
  }
  await outbox.keep(act)
  return 'kept'
}

/** Sends it; an expired session leads to signing in, and what is kept waits until the same person is back. */
async function call(act: FloorAct, signal?: AbortSignal): Promise<Answer> {
  try {
    return await ask(act, signal)
  } catch (error) {
    forgetSession(error)
    throw error
  }
}

function ask(act: FloorAct, signal?: AbortSignal): Promise<Answer> {
  const options = signal ? { signal } : {}
  const { at } = act
  if (act.kind === 'pick')
    return api('picking.pick', { ...act.input, body: { ...act.input.body, at } }, options)
  if (act.kind === 'short')
    return api('picking.short', { ...act.input, body: { ...act.input.body, at } }, options)
  return api('picking.fetchBatch', { ...act.input, body: { ...act.input.body, at } }, options)
}
