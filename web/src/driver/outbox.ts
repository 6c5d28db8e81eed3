import { newId } from '@huming/shared/ids'
import { api } from '../app/api.ts'
import { deviceStore } from '../app/device-store.ts'
import { uploadFile } from '../app/files.ts'
import { makeOutbox, type OutboxState } from '../app/outbox.ts'
import { invalidate, keyOf, queryClient } from '../app/query.ts'
import { refusalOf } from '../app/refusal.ts'
import { done, type Run, type RunAct, type Stop, type StopAct, type Waiting, waitsFor } from './overlay.ts'

/** What the driver's phone keeps. */
export const driverStore = deviceStore('huming-driver')

const outbox = makeOutbox<Waiting>({
  name: 'outbox',
  store: driverStore,
  waitsFor,
  send: sendOne,
  refusalOf,
  changed: () => invalidate('delivery.'),
})

export type Outbox = OutboxState<Waiting>
export const { open: openOutbox, again, drop, send } = outbox
export const useOutbox = outbox.use

const kept = (personId: string, runId: string, files: Waiting['files']) => ({
  id: newId(),
  personId,
  runId,
  at: new Date().toISOString(),
  files,
  problem: null,
})

/** Keeps an action on the phone, then sends what waits. It counts from now on, network or not. */
export function keepAct(
  { personId, runId, stop }: { personId: string; runId: string; stop: Stop },
  what: StopAct,
  files: Waiting['files'] = [],
): Promise<void> {
  return outbox.keep({ ...kept(personId, runId, files), ...what, stopId: stop.id, site: stop.site })
}

/** The same for the run as a whole, or (by the truck’s id) for a truck; `about` says in words what it is about. */
export function keepRunAct(
  { personId, runId, about }: { personId: string; runId: string; about: string },
  what: RunAct,
  files: Waiting['files'] = [],
): Promise<void> {
  return outbox.keep({ ...kept(personId, runId, files), ...what, stopId: null, site: about })
}

/** What is shown of the run is right at once, before it is read again. */
async function sendOne(act: Waiting): Promise<void> {
  for (const { id, blob } of act.files) await uploadFile(blob, 'own', id)
  const stop = act.stopId === null ? await callRun(act) : (await callStop(act)).stop
  queryClient.setQueryData<Run>(keyOf('delivery.readRun', { params: { id: act.runId } }), (run) => {
    if (!run) return run
    if (!stop) return done(run, act)
    return { ...run, stops: run.stops.map((one) => (one.id === stop.id ? stop : one)) }
  })
}

function callStop(act: Extract<Waiting, { stopId: string }>) {
  const params = { id: act.stopId }
  // The server sees by it how far this phone's clock is off.
  const sentAt = new Date().toISOString()
  const when = { at: act.at }
  if (act.kind === 'arrive') return api('delivery.arrive', { params, body: { ...act.body, ...when } })
  if (act.kind === 'fail') return api('delivery.fail', { params, body: { ...act.body, ...when, sentAt } })
  return api('delivery.deliver', { params, body: { ...act.body, ...when, sentAt } })
}

async function callRun(act: Extract<Waiting, { stopId: null }>): Promise<null> {
  const params = { id: act.runId }
  const when = { at: act.at }
  if (act.kind === 'load') await api('delivery.loadTote', { params, body: { ...act.body, ...when } })
  else if (act.kind === 'check') await api('delivery.checkTrip', { params, body: { ...act.body, ...when } })
  else if (act.kind === 'depart') await api('delivery.depart', { params, body: { ...act.body, ...when } })
  else if (act.kind === 'disinfect')
    await api('delivery.disinfect', { params: { id: act.id }, body: { ...act.body, ...when } })
  else if (act.kind === 'odometer') await api('reports.writeOdometer', { params, body: act.body })
  else await api('delivery.finishRun', { params, body: when })
  return null
}
