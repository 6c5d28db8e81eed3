import { stops } from '@huming/db/schema/routes'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { judgeHandOver } from '@huming/shared/proof'
import { eq, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import type { StopDone } from './arrive.ts'
import { handedBeforeStop, tellFoodSafety } from './before-recall.ts'
import { closeStop, sameLines } from './close-stop.ts'
import { bookStopCrates, crateSums, sameCrates } from './crates.ts'
import { clockIsSane, doorRuleAt, type ProofKind, sameEvidence, writeProof } from './door-rule.ts'
import { refuseHeldWarm } from './held-warm.ts'
import { checkEvidence, checkProof, refuseReweighed, totesHere } from './proof.ts'
import { checkPin } from './receiver-pin.ts'
import {
  aboardOf,
  isOutOfOrder,
  lockOrdersAt,
  lockStop,
  refuseOffRoad,
  type StopOnRoad,
  type StopRow,
} from './rows.ts'
import { endOf, happenedAt, type Matched, matchLines } from './rules.ts'
import { stopView } from './run-doc.ts'

export type Delivering = ContractParsed<Contracts['delivery.deliver']>['body'] & { id: string }

/**
 * Hands a stop's goods over by line and lot: what is aboard is delivered or refused with a reason, proof and
 * temperature are there, the orders end and their money is posted, in one transaction. The same again gives the
 * same answer; something else after the end is `wrong_state`. What the phone kept while it had no network and says
 * to have happened before a recall stopped the lot is taken as it happened, and food safety is told.
 */
export async function deliver(ctx: Ctx, input: Delivering): Promise<StopDone> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const at = await lockStop(tx, ctx, input.id)
    const { stop, run } = at
    const outOfOrder = await isOutOfOrder(tx, stop)
    const done = async (): Promise<StopDone> => ({
      stop: await stopView(tx, run.id, stop.id, ctx.now),
      outOfOrder,
    })
    if (stop.finishedAt !== null && (await repeats(tx, stop, input))) return done()
    await lockOrdersAt(tx, stop.id)
    const matched = matchLines(await aboardOf(tx, stop.id), input.lines)
    if (stop.status !== 'arrived') throw new Fault('wrong_state')
    refuseOffRoad(run)
    if (!('lines' in matched)) {
      const { pointer, expected } = matched
      throw new Fault('delivery_mismatch', '', {
        params: { expected },
        pointers: [{ pointer, reason: 'mismatch' }],
      })
    }
    const { lines } = matched
    const finishedAt = happenedAt(input.at, stop.arrivedAt, ctx.now)
    const sane = clockIsSane(input.at, input.sentAt, ctx.now)
    const early = handedBeforeStop(lines, finishedAt, sane)
    await refuseHeldWarm(tx, lines, finishedAt, sane)
    const hand = { ...input, keyDrop: at.site.keyDrop, lines }
    await proveDoor(tx, ctx, hand, at)
    const temperature = judgeHandOver(hand)
    const status = nextStatus('stop', stop.status, endOf(lines))
    if (!status) throw new Fault('wrong_state')
    const { receiverName, signatureFileId, photoFileIds, temperatureDeciC, note } = input
    const sums = crateSums(input.crates)
    const proof = { receiverName, signatureFileId, photoFileIds, temperatureDeciC, ...sums, note }
    await tx
      .update(stops)
      .set({ status, finishedAt, ...proof, version: sql`${stops.version} + 1` })
      .where(eq(stops.id, stop.id))
    const flags = [...(early.length > 0 ? ['before_recall'] : []), ...clockFlag(input, sane)]
    await writeProof(tx, {
      stopId: stop.id,
      kind: kindOf(hand),
      evidence: input.evidence,
      at: finishedAt,
      sentAt: input.sentAt,
      now: ctx.now,
      flags,
      told: input,
    })
    await closeStop(tx, ctx, at, lines, {
      type: 'stop.delivered',
      at: finishedAt,
      payload: { status, temperatureDeciC, temperature, ...sums, keyDrop: at.site.keyDrop, flags },
    })
    await bookStopCrates(tx, ctx, at, input.crates, finishedAt)
    if (early.length > 0) await tellFoodSafety(tx, ctx, at, early, finishedAt)
    return done()
  })
}

/** The phone told when it sent this, and that is not now. */
const clockFlag = ({ at, sentAt }: Delivering, sane: boolean): string[] =>
  at !== undefined && sentAt !== undefined && !sane ? ['clock_off'] : []

type Hand = Omit<Delivering, 'lines'> & { keyDrop: boolean; lines: Matched[] }

/** Everything that the door must show, in the order the driver does it. */
async function proveDoor(tx: Tx, ctx: Ctx, hand: Hand, { stop, run, site }: StopOnRoad): Promise<void> {
  const totes = await totesHere(tx, stop.id, hand.evidence)
  const rule = await doorRuleAt(tx, run.day, site.orgId)
  refuseReweighed(hand.lines, rule?.weighToleranceBp ?? 0)
  await checkProof(tx, ctx, hand, rule?.proofs)
  checkEvidence(rule, hand, totes)
  if (hand.receiverPin !== null) await checkPin(tx, ctx, stop.id, hand.receiverPin)
}

function kindOf({ keyDrop, lines, receiverPin, signatureFileId }: Hand): ProofKind {
  if (lines.every((line) => line.delivered === 0)) return 'refused'
  if (keyDrop) return 'key_drop'
  if (receiverPin !== null) return 'pin'
  return signatureFileId === null ? 'photo' : 'signature'
}

/** Was it ended by this very request? */
async function repeats(tx: Tx, stop: StopRow, input: Delivering): Promise<boolean> {
  const same =
    stop.receiverName === input.receiverName &&
    stop.signatureFileId === input.signatureFileId &&
    stop.photoFileIds.join() === input.photoFileIds.join() &&
    stop.temperatureDeciC === input.temperatureDeciC &&
    stop.note === input.note
  return (
    same &&
    (await sameLines(tx, stop.id, input.lines)) &&
    (await sameCrates(tx, stop.id, input.crates)) &&
    (await sameEvidence(tx, stop.id, input.evidence))
  )
}
