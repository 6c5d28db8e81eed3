import { newId } from '@huming/shared/ids'
import { api, type Input } from '../app/api.ts'
import { deviceStore } from '../app/device-store.ts'
import { uploadFile } from '../app/files.ts'
import { type Kept, makeOutbox } from '../app/outbox.ts'
import { invalidate } from '../app/query.ts'
import { refusalOf } from '../app/refusal.ts'

/** A claim kept on the phone with its photos until the server has answered. */
export type WaitingClaim = Kept & {
  input: Input<'claims.send'>
  photos: { id: string; blob: Blob }[]
}

const outbox = makeOutbox<WaitingClaim>({
  name: 'claims',
  store: deviceStore('huming-claims'),
  // Claims have nothing to do with each other.
  waitsFor: () => false,
  send: async ({ input, photos }) => {
    for (const { id, blob } of photos) await uploadFile(blob, 'own', id)
    await api('claims.send', input)
  },
  refusalOf,
  changed: () => invalidate('claims.'),
})

export const { open: openClaims, again, drop } = outbox
export const useClaimOutbox = outbox.use

/** Keeps a claim on the device, then sends it; it counts from now on, network or not. */
export const keepClaim = (
  personId: string,
  input: Input<'claims.send'>,
  photos: WaitingClaim['photos'],
): Promise<void> =>
  outbox.keep({
    id: newId(),
    personId,
    problem: null,
    photos,
    input: { ...input, body: { ...input.body, saidAt: new Date().toISOString() } },
  })
