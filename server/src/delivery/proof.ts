import type { Evidence } from '@huming/db/schema/driving'
import { type DoorRule, type Handing, missingEvidence } from '@huming/shared/evidence'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { type HandOver, isScaleError, missingProof, type Proof } from '@huming/shared/proof'
import { sql } from 'drizzle-orm'
import { areOwnFiles } from '../accounts/own-pictures.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/** Refuses a hand-over whose proof is incomplete, or is a file that the driver's organisation has not uploaded. */
export async function checkProof(
  tx: Tx,
  ctx: Ctx,
  hand: HandOver & { evidence: Evidence },
  proofs?: readonly Proof[],
): Promise<void> {
  const missing = missingProof(hand, proofs)
  if (missing === 'temperatureDeciC') throw new Fault('temperature_missing')
  if (missing) throw proofMissing(missing)
  const files = [...hand.photoFileIds, ...(hand.signatureFileId ? [hand.signatureFileId] : [])]
  const shots = hand.evidence.shots.map((shot) => shot.fileId)
  if (shots.some((id) => !hand.photoFileIds.includes(id))) throw proofMissing('evidence/shots')
  if (!(await areOwnFiles(tx, ctx, files))) throw proofMissing('photoFileIds')
}

const proofMissing = (member: string): Fault =>
  new Fault('proof_missing', '', { pointers: [{ pointer: `/body/${member}`, reason: 'required' }] })

/** Refuses with `proof_missing` what the rule of the day asks for besides. */
export function checkEvidence(rule: DoorRule | null, hand: Omit<Handing, 'totes'>, totes: number): void {
  const missing = missingEvidence(rule, { ...hand, totes })
  if (!missing) return
  throw new Fault('proof_missing', '', { pointers: [{ pointer: '/body/evidence', reason: missing }] })
}

/** How many totes are aboard for a stop; refuses with `tote_not_here` codes that are of another. */
export async function totesHere(tx: Tx, stopId: string, evidence: Evidence): Promise<number> {
  const rows = await tx.execute<{ code: string; sscc: string | null }>(sql`
    select c.code, c.sscc from totes c join stop_orders so on so.order_id = c.order_id
    where so.stop_id = ${stopId} and c.status = 'loaded'`)
  const known = new Set([...rows].flatMap((row) => [row.code, ...(row.sscc ? [row.sscc] : [])]))
  for (const code of evidence.unload?.scanned ?? [])
    if (!codesIn(code).some((one) => known.has(one)))
      throw new Fault('tote_not_here', '', { params: { code } })
  return rows.length
}

/** Only weighed goods are weighed again, and less within the scale's tolerance is no less: else `delivery_mismatch`. */
export function refuseReweighed(
  lines: readonly { reason: string | null; catchWeight: boolean; quantity: number; refused: number }[],
  toleranceBp: number,
): void {
  const same = (line: (typeof lines)[number]) => isScaleError(line.quantity, line.refused, toleranceBp)
  const i = lines.findIndex((line) => line.reason === 'reweighed' && (!line.catchWeight || same(line)))
  if (i < 0) return
  throw new Fault('delivery_mismatch', '', {
    params: { expected: lines[i]?.quantity ?? 0 },
    pointers: [
      {
        pointer: `/body/lines/${i}/reason`,
        reason: lines[i]?.catchWeight ? 'within_tolerance' : 'not_weighed',
      },
    ],
  })
}
