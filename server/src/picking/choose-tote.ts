import { totes } from '@huming/db/schema/picking'
import { codesIn } from '@huming/shared/identifiers/scan-codes'
import { SEPARATIONS, type Separation } from '@huming/shared/reference/handling'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { eq, inArray, or, sql } from 'drizzle-orm'
import { personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { openTote } from './open-tote.ts'
import type { PickLot } from './take.ts'
import type { TaskRow } from './task-rows.ts'

type Tote = typeof totes.$inferSelect

/**
 * The tote that a picked lot goes into, locked: the task's own, or another of the order that the picker scanned and
 * that may hold it. Refuses a tote that is not of the order, of another zone, or that the goods may not share (§3.10:
 * raw with ready-to-eat, peanut with others, lots of loose goods), and one somebody else has in hand. Without a scan,
 * goods that the task's tote may not take get another one.
 */
export async function chooseTote(
  tx: Tx,
  ctx: Ctx,
  task: TaskRow,
  lot: PickLot,
  scan?: string,
): Promise<string> {
  const own = await lockTote(tx, task.toteId)
  await followLot(tx, task, own, lot)
  const scanned = scan === undefined ? own : await namedTote(tx, scan)
  if (scanned?.orderId !== task.orderId || (scanned.status !== 'open' && scanned.id !== own.id))
    throw wrongTote(task)
  const why = misfit(ctx, task, lot, scanned, await looseLotCode(tx, scanned))
  if (!why) return moveInto(tx, ctx, task, scanned)
  if (scan !== undefined) throw why
  return moveInto(tx, ctx, task, await lockTote(tx, (await openTote(tx, task, lot.id)).id))
}

const lockTote = async (tx: Tx, id: string): Promise<Tote> =>
  found((await tx.select().from(totes).where(eq(totes.id, id)).for('no key update'))[0])

async function namedTote(tx: Tx, scan: string): Promise<Tote | undefined> {
  const codes = codesIn(scan)
  const [tote] = await tx
    .select()
    .from(totes)
    .where(or(inArray(totes.code, codes), inArray(totes.sscc, codes)))
    .limit(1)
    .for('no key update')
  return tote
}

/** A loose lot taken instead of another may use the task's tote when nothing else is or will be in it. */
async function followLot(tx: Tx, task: TaskRow, own: Tote, lot: PickLot): Promise<void> {
  if (!task.loose || own.looseLotId === lot.id || own.status !== 'open') return
  const others = await tx.execute(sql`
    select 1 from pick_tasks where tote_id = ${own.id} and id <> ${task.id}
      and (status = 'open' or picked_quantity > 0) limit 1`)
  if (others.length > 0) return
  await tx.update(totes).set({ looseLotId: lot.id }).where(eq(totes.id, own.id))
  own.looseLotId = lot.id
}

const wrongTote = (task: TaskRow): Fault =>
  new Fault('wrong_tote', '', {
    params: { expected: task.toteCode },
    pointers: [{ pointer: '/body/tote', reason: 'wrong_tote' }],
  })

const peanut = (separation: string): boolean => separation.endsWith('_peanut')

/** Why the goods may not go into the tote; null when they may. */
function misfit(ctx: Ctx, task: TaskRow, lot: PickLot, tote: Tote, lotCode: string): Fault | null {
  const expected = task.toteCode
  const no = (
    code: 'tote_other_zone' | 'tote_mixes_allergen' | 'tote_mixes_handling' | 'tote_mixes_lots',
    holds: string,
  ) =>
    new Fault(code, '', {
      params: { holds, expected },
      pointers: [{ pointer: '/body/tote', reason: code }],
    })
  if (tote.zone !== task.zone) return no('tote_other_zone', ZONES[tote.zone as Zone][ctx.locale])
  if (tote.separation !== task.separation) {
    const code =
      peanut(tote.separation) === peanut(task.separation) ? 'tote_mixes_handling' : 'tote_mixes_allergen'
    return no(code, SEPARATIONS[tote.separation as Separation][ctx.locale])
  }
  const wanted = task.loose ? lot.id : null
  if (tote.looseLotId !== wanted) return no('tote_mixes_lots', lotCode)
  return null
}

async function looseLotCode(tx: Tx, { looseLotId }: Tote): Promise<string> {
  if (looseLotId === null) return ''
  const [row] = await tx.execute<{ code: string }>(sql`select code from lots where id = ${looseLotId}`)
  return row?.code ?? ''
}

async function moveInto(tx: Tx, ctx: Ctx, task: TaskRow, tote: Tote): Promise<string> {
  if (task.method === 'by_order' && tote.holderId !== null && tote.holderId !== personIdOf(ctx)) {
    const [row] = await tx.execute<{ name: string }>(sql`select name from people where id = ${tote.holderId}`)
    throw new Fault('tote_held', '', { params: { who: row?.name ?? '' } })
  }
  if (tote.id !== task.toteId)
    await tx.execute(sql`update pick_tasks set tote_id = ${tote.id} where id = ${task.id}`)
  return tote.id
}
