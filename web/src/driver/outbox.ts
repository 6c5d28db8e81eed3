import { newId } from '@huming/shared/ids'
import { api } from '../app/api.ts'
import { deviceStore } from '../app/device-store.ts'
import { uploadFile } from '../app/files.ts'
import { makeOutbox, type OutboxState } from '../app/outbox.ts'
import { invalidate, keyOf, queryClient } from '../app/query.ts'
import { refusalOf } from '../app/refusal.ts'
import type { Run, Stop, StopAct, Waiting } from './overlay.ts'

/** What the driver's phone keeps. */
export const driverStore = deviceStore('huming-driver')

const outbox = makeOutbox<Waiting>({
  name: 'outbox',
  store: driverStore,
  groupOf: (act) => act.stopId,
  send: sendOne,
  refusalOf,
  changed: () => invalidate('delivery.'),
})

export type Outbox = OutboxState<Waiting>
export const { open: openOutbox, again, drop, send } = outbox
export const useOutbox = outbox.use

/** Keeps an action on the phone, then sends what waits. It counts from now on, network or not. */
export function keepAct(
  at: { personId: string; runId: string; stop: Stop },
  what: StopAct,
  files: Waiting['files'] = [],
): Promise<void> {
  const { personId, runId, stop } = at
  return outbox.keep({
    ...what,
    id: newId(),
    personId,
    runId,
    stopId: stop.id,
    site: stop.site,
    at: new Date().toISOString(),
    files,
    problem: null,
  })
}

async function sendOne(act: Waiting): Promise<void> {
  for (const { id, blob } of act.files) await uploadFile(blob, 'own', id)
  const { stop } = await call(act)
  queryClient.setQueryData<Run>(keyOf('delivery.readRun', { params: { id: act.runId } }), (run) =>
    run ? { ...run, stops: run.stops.map((one) => (one.id === stop.id ? stop : one)) } : run,
  )
}

function call(act: Waiting) {
  const params = { id: act.stopId }
  // The server sees by it how far this phone's clock is off.
  const sentAt = new Date().toISOString()
  const when = { at: act.at }
  if (act.kind === 'arrive') return api('delivery.arrive', { params, body: { ...act.body, ...when } })
  if (act.kind === 'fail') return api('delivery.fail', { params, body: { ...act.body, ...when, sentAt } })
  return api('delivery.deliver', { params, body: { ...act.body, ...when, sentAt } })
}
