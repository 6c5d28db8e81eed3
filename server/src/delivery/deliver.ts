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
import { closeStop, sameLines } from './close-stop.ts'
import { bookStopCrates, crateSums, sameCrates } from './crates.ts'
import { checkProof } from './proof.ts'
import { aboardOf, isOutOfOrder, lockOrdersAt, lockStop, refuseOffRoad, type StopRow } from './rows.ts'
import { endOf, happenedAt, type Matched, matchLines } from './rules.ts'
import { stopView } from './run-doc.ts'

export type Delivering = ContractParsed<Contracts['delivery.deliver']>['body'] & { id: string }

/**
 * Hands a stop's goods over by line and lot: what is aboard is delivered or refused with a reason, proof and
 * temperature are there, the orders end and their money is posted, in one transaction. The same again gives the
 * same answer; something else after the end is `wrong_state`.
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
    refuseBarred(matched.lines)
    const hand = { ...input, keyDrop: at.site.keyDrop, lines: matched.lines }
    await checkProof(tx, ctx, hand)
    const temperature = judgeHandOver(hand)
    const status = nextStatus('stop', stop.status, endOf(matched.lines))
    if (!status) throw new Fault('wrong_state')
    const finishedAt = happenedAt(input.at, stop.arrivedAt, ctx.now)
    const { receiverName, signatureFileId, photoFileIds, temperatureDeciC, note } = input
    const { cratesOut, cratesBack } = crateSums(input.crates)
    const proof = {
      receiverName,
      signatureFileId,
      photoFileIds,
      temperatureDeciC,
      cratesOut,
      cratesBack,
      note,
    }
    await tx
      .update(stops)
      .set({ status, finishedAt, ...proof, version: sql`${stops.version} + 1` })
      .where(eq(stops.id, stop.id))
    await closeStop(tx, ctx, at, matched.lines, {
      type: 'stop.delivered',
      at: finishedAt,
      payload: { status, temperatureDeciC, temperature, cratesOut, cratesBack, keyDrop: at.site.keyDrop },
    })
    await bookStopCrates(tx, ctx, at, input.crates, finishedAt)
    return done()
  })
}

/** Was it ended by this very request? */
async function repeats(tx: Tx, stop: StopRow, input: Delivering): Promise<boolean> {
  const same =
    stop.receiverName === input.receiverName &&
    stop.signatureFileId === input.signatureFileId &&
    stop.photoFileIds.join() === input.photoFileIds.join() &&
    stop.temperatureDeciC === input.temperatureDeciC &&
    stop.note === input.note
  return same && (await sameLines(tx, stop.id, input.lines)) && (await sameCrates(tx, stop.id, input.crates))
}

/** Recalled goods are not handed over, whatever the phone knew: they come back as refused, with the reason. */
function refuseBarred(lines: readonly Matched[]): void {
  const wrong = lines.filter((line) => line.barred && line.delivered > 0)
  if (wrong.length === 0) return
  throw new Fault('goods_recalled', '', {
    params: { lots: [...new Set(wrong.map((line) => line.lotCode))].join('、') },
    pointers: wrong.map((line) => ({
      pointer: `/body/lines/${lines.indexOf(line)}`,
      reason: 'recalled',
    })),
  })
}
