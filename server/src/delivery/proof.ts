import { type HandOver, missingProof } from '@huming/shared/proof'
import { areOwnFiles } from '../accounts/own-pictures.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/** Refuses a hand-over whose proof is incomplete, or is a file that the driver's organisation has not uploaded. */
export async function checkProof(tx: Tx, ctx: Ctx, hand: HandOver): Promise<void> {
  const missing = missingProof(hand)
  if (missing === 'temperatureDeciC') throw new Fault('temperature_missing')
  if (missing) throw proofMissing(missing)
  const files = [...hand.photoFileIds, ...(hand.signatureFileId ? [hand.signatureFileId] : [])]
  if (!(await areOwnFiles(tx, ctx, files))) throw proofMissing('photoFileIds')
}

const proofMissing = (member: string): Fault =>
  new Fault('proof_missing', '', { pointers: [{ pointer: `/body/${member}`, reason: 'required' }] })
