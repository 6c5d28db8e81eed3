import { epcisCaptures } from '@huming/db/schema/tracing'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { captureEventsMax } from '@huming/shared/contracts/tracing'
import { newId } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { linkCaptured } from './captured-edges.ts'
import { unpack } from './epcis-document.ts'
import { isObject, type JsonObject } from './json-tree.ts'
import { keepMasterData, masterDataOf } from './master-data.ts'
import { insertEvents, type Judged, judgeEvents } from './store-events.ts'
import { type Flaw, flawsOf } from './validate.ts'

export type CaptureJob = ContractReply<Contracts['epcis.readCapture']>
export type Behaviour = CaptureJob['captureErrorBehaviour']
type Problem = CaptureJob['errors'][number]
type Placed = { readonly pointer: string; readonly event: JsonObject }

const invalid = (flaws: readonly Flaw[]): Fault =>
  new Fault('epcis_invalid', flaws[0]?.reason, { pointers: flaws.map((flaw) => ({ ...flaw })) })

/**
 * Keeps the events of an EPCIS document and gives the job that tells of it, which has ended. `rollback`: all of them
 * or none. `proceed`: each that is valid and new. An event sent again is fine and kept once. Throws `epcis_invalid`
 * with the pointers of the faults (under `proceed` for those outside of events) and `epcis_limit`.
 */
export async function capture(ctx: Ctx, document: unknown, behaviour: Behaviour): Promise<CaptureJob> {
  allow(ctx, 'epcis.capture')
  const read = judge(document, behaviour)
  const { personId, orgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const judged = await underLock(tx, ctx, orgId, read)
    const errors = [
      ...read.errors,
      ...judged.flatMap(({ outcome }, i) => (outcome === 'differs' ? [taken(read.good[i])] : [])),
    ]
    const fresh = judged.flatMap(({ row, outcome }, i) =>
      outcome === 'new' ? [{ row, event: read.good[i]?.event }] : [],
    )
    const kept = behaviour === 'rollback' && errors.length > 0 ? [] : fresh
    const row = {
      id: newId(),
      orgId,
      personId,
      behaviour,
      success: errors.length === 0,
      events: read.total,
      stored: kept.length,
      errors,
      envelope: { ...read.envelope },
      createdAt: ctx.now,
      finishedAt: ctx.now,
    }
    await tx.insert(epcisCaptures).values(row)
    await insertEvents(
      tx,
      kept.map((one) => one.row),
      row.id,
    )
    await linkCaptured(
      tx,
      ctx,
      orgId,
      kept.flatMap((one) => (one.event ? [one.event] : [])),
    )
    if (row.success || behaviour === 'proceed')
      await keepMasterData(tx, orgId, masterDataOf(read.envelope, read.contexts))
    return jobOf(row)
  })
}

/** Keeps one event at once. The same event again gives the same; another one under its id is `epcis_exists`. */
export async function captureEvent(ctx: Ctx, body: unknown): Promise<JsonObject> {
  allow(ctx, 'epcis.capture')
  const read = judge(body, 'rollback')
  if (read.isDocument) throw invalid([{ pointer: '/type', reason: 'must be the type of an event' }])
  const { orgId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const [judged] = await underLock(tx, ctx, orgId, read)
    if (!judged || judged.outcome === 'differs') throw new Fault('epcis_exists')
    if (judged.outcome === 'new') {
      await insertEvents(tx, [judged.row])
      await linkCaptured(
        tx,
        ctx,
        orgId,
        read.good.map((one) => one.event),
      )
    }
    return { '@context': [...read.contexts], ...judged.row.event }
  })
}

type Read = {
  readonly isDocument: boolean
  readonly good: readonly Placed[]
  readonly errors: readonly Problem[]
  readonly contexts: readonly unknown[]
  readonly envelope: JsonObject
  readonly total: number
}

function judge(document: unknown, behaviour: Behaviour): Read {
  const flaws = flawsOf(document)
  if (!isObject(document)) throw invalid(flaws)
  if (flaws.length > 0 && behaviour === 'rollback') throw invalid(flaws)
  const { events, contexts, envelope } = unpack(document)
  if (events.length > captureEventsMax)
    throw new Fault('epcis_limit', '', { params: { max: captureEventsMax } })
  const outside = flaws.filter(
    (flaw) =>
      !events.some(({ pointer }) => flaw.pointer.startsWith(`${pointer}/`) || flaw.pointer === pointer),
  )
  if (outside.length > 0) throw invalid(outside)
  const one =
    flaws.length === 0 ? () => [] : ({ event }: Placed) => flawsOf({ '@context': contexts, ...event })
  const judged = events.map((placed) => ({ placed, flaws: one(placed) }))
  return {
    isDocument: document['type'] === 'EPCISDocument' || document['type'] === 'EPCISQueryDocument',
    good: judged.filter((each) => each.flaws.length === 0).map((each) => each.placed),
    errors: judged.flatMap(({ placed, flaws: found }) =>
      found.map(({ pointer, reason }) => ({
        type: 'epcisException:ValidationException',
        title: reason,
        pointer: placed.pointer + pointer,
      })),
    ),
    contexts,
    envelope,
    total: events.length,
  }
}

/** One capture of an organisation at a time, so that of two equal ones the second finds the first's events. */
async function underLock(tx: Tx, ctx: Ctx, orgId: string, { good, contexts }: Read): Promise<Judged[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`epcis capture ${orgId}`}, 0))`)
  return judgeEvents(
    tx,
    good.map(({ event }) => ({ event, contexts, orgId, seenBy: [orgId] })),
    ctx.now,
  )
}

const taken = (placed: Placed | undefined): Problem => ({
  type: 'epcisException:ResourceAlreadyExistsException',
  title: 'another event has this eventID',
  pointer: `${placed?.pointer ?? ''}/eventID`,
})

/** A capture's row as the binding shows it. */
export const jobOf = (row: typeof epcisCaptures.$inferSelect): CaptureJob => ({
  captureID: row.id,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt.toISOString(),
  running: false,
  success: row.success,
  captureErrorBehaviour: row.behaviour as Behaviour,
  errors: row.errors,
})
