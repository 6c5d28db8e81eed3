import { tripChecks } from '@huming/db/schema/driving'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type DoorRuleRow, tripItemsOn } from './door-rule.ts'
import { lockRun, type RunRow } from './rows.ts'
import { happenedAt } from './rules.ts'

type Reply = ContractReply<Contracts['delivery.checkTrip']>
type Input = ContractParsed<Contracts['delivery.checkTrip']>['body'] & { id: string }

/**
 * 行车前检查: every point of the day is answered once, and what is not in order has a note. While the run loads it may
 * be done again; what counts is the last one. Refuses with `trip_check_incomplete`, `wrong_state`.
 */
export async function checkTrip(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.drive')
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, input.id)
    if (run.status !== 'loading') return repeated(tx, run, input)
    const items = await tripItemsOn(tx, run.day)
    const told = new Map(input.answers.map((answer) => [answer.code, answer]))
    const lacking = items.filter(({ code }) => {
      const answer = told.get(code)
      return !answer || (!answer.ok && answer.note === '')
    })
    const strange = input.answers.length !== told.size || told.size !== items.length
    if (lacking.length > 0 || strange)
      throw new Fault('trip_check_incomplete', '', {
        params: { items: lacking.map((item) => item.name).join('、') || '—' },
      })
    await refuseStrangePhotos(tx, ctx, input.photoFileIds)
    const { answers, photoFileIds } = input
    const at = happenedAt(input.at, run.dispatchedAt, ctx.now)
    const check = { answers, photoFileIds, personId: person(ctx).personId, at }
    await tx
      .insert(tripChecks)
      .values({ runId: run.id, ...check })
      .onConflictDoUpdate({ target: tripChecks.runId, set: check })
    const open = items.filter((item) => item.stopsRun && !told.get(item.code)?.ok).map((item) => item.name)
    await emit(tx, ctx, {
      type: 'run.checked',
      subjectId: run.id,
      hubId: run.hubId,
      payload: { answers, open },
    })
    return { id: run.id, checkedAt: at.toISOString(), open }
  })
}

/** The check that the run left with, asked for again; anything else has come too late. */
async function repeated(tx: Tx, run: RunRow, { answers }: Input): Promise<Reply> {
  const [check] = await tx.select().from(tripChecks).where(eq(tripChecks.runId, run.id))
  const told = (all: Input['answers']) => JSON.stringify(all.map(({ code, ok, note }) => [code, ok, note]))
  if (!check || told(check.answers) !== told(answers)) throw new Fault('wrong_state')
  return { id: run.id, checkedAt: check.at.toISOString(), open: [] }
}

/** Names of points that keep the run from leaving; null: the check was not made. */
export async function openPoints(
  tx: Pick<Tx, 'select' | 'execute'>,
  run: Pick<RunRow, 'id' | 'day'>,
): Promise<{ at: Date; open: string[] } | null> {
  const [check] = await tx.select().from(tripChecks).where(eq(tripChecks.runId, run.id))
  if (!check) return null
  const items = await tripItemsOn(tx as Tx, run.day)
  const fine = new Set(check.answers.filter((answer) => answer.ok).map((answer) => answer.code))
  const open = items.filter((item) => item.stopsRun && !fine.has(item.code)).map((item) => item.name)
  return { at: check.at, open }
}

/** Refuses to leave with `trip_check_incomplete` where the rule asks for a check that is missing or not in order. */
export async function refuseUnchecked(tx: Tx, run: RunRow, rule: DoorRuleRow | null): Promise<void> {
  if (!rule?.tripCheck) return
  const check = await openPoints(tx, run)
  if (check && check.open.length === 0) return
  throw new Fault('trip_check_incomplete', '', { params: { items: check?.open.join('、') ?? '—' } })
}
