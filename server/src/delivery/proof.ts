import { files } from '@huming/db/schema/accounts'
import { type HandOver, missingProof } from '@huming/shared/proof'
import { and, eq, inArray } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/** Refuses a hand-over whose proof is incomplete, or is a file that the driver's organisation has not uploaded. */
export async function checkProof(tx: Tx, ctx: Ctx, hand: HandOver): Promise<void> {
  const missing = missingProof(hand)
  if (missing === 'temperatureDeciC') throw new Fault('temperature_missing')
  if (missing) throw proofMissing(missing)
  const wanted = [...new Set([...hand.photoFileIds, ...(hand.signatureFileId ? [hand.signatureFileId] : [])])]
  if (wanted.length === 0) return
  const known = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(inArray(files.id, wanted), eq(files.orgId, person(ctx).orgId)))
  if (known.length < wanted.length) throw proofMissing('photoFileIds')
}

const proofMissing = (member: string): Fault =>
  new Fault('proof_missing', '', { pointers: [{ pointer: `/body/${member}`, reason: 'required' }] })
