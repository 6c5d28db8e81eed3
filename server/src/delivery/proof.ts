import { files } from '@huming/db/schema/accounts'
import { judgeTemperature } from '@huming/shared/reference/zones'
import { and, eq, inArray } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import type { StopOnRoad } from './rows.ts'
import { coldestOf, type Matched } from './rules.ts'

type Proof = {
  receiverName: string
  signatureFileId: string | null
  photoFileIds: readonly string[]
  temperatureDeciC: number | null
}

/**
 * Cold goods need a reading. A hand-over needs the receiver's name and signature; a key-drop, where nobody is
 * there, a photo; goods all refused, either of the two. Cold goods taken though measured too warm need a photo
 * besides. Answers how the reading is judged.
 */
export async function checkProof(
  tx: Tx,
  ctx: Ctx,
  { site }: Pick<StopOnRoad, 'site'>,
  lines: readonly Matched[],
  proof: Proof,
): Promise<'fine' | 'warn' | 'reject' | null> {
  const coldest = coldestOf(lines.map((line) => line.zone))
  if (coldest && proof.temperatureDeciC === null) throw new Fault('temperature_missing')
  const temperature =
    coldest && proof.temperatureDeciC !== null ? judgeTemperature(coldest, proof.temperatureDeciC) : null
  const taken = lines.filter((line) => line.delivered > 0)
  const missing = missingProof(site.keyDrop, taken.length > 0, proof)
  if (missing) refuse(missing)
  const coldTaken = coldestOf(taken.map((line) => line.zone)) !== null
  if (temperature === 'reject' && coldTaken && proof.photoFileIds.length === 0) refuse('photoFileIds')
  await refuseForeignFiles(tx, ctx, [
    ...proof.photoFileIds,
    ...(proof.signatureFileId ? [proof.signatureFileId] : []),
  ])
  return temperature
}

function missingProof(keyDrop: boolean, anyTaken: boolean, proof: Proof): keyof Proof | null {
  const photographed = proof.photoFileIds.length > 0
  if (keyDrop) return photographed ? null : 'photoFileIds'
  if (!anyTaken) return photographed || proof.signatureFileId ? null : 'photoFileIds'
  if (proof.signatureFileId === null) return 'signatureFileId'
  return proof.receiverName === '' ? 'receiverName' : null
}

function refuse(member: keyof Proof): never {
  throw new Fault('proof_missing', '', { pointers: [{ pointer: `/body/${member}`, reason: 'required' }] })
}

/** Proof is a file the driver's own organisation has uploaded. */
async function refuseForeignFiles(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const known = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(inArray(files.id, wanted), eq(files.orgId, person(ctx).orgId)))
  if (known.length < wanted.length) throw new Fault('proof_missing')
}
