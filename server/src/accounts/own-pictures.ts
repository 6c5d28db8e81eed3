import { files } from '@huming/db/schema/accounts'
import { and, eq, inArray } from 'drizzle-orm'
import { person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'

/** Were all of these files uploaded by the actor's organisation? */
export async function areOwnFiles(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return true
  const known = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(inArray(files.id, wanted), eq(files.orgId, person(ctx).orgId)))
  return known.length === wanted.length
}

/** Refuses photos beside a note that are nobody's or another organisation's. */
export async function refuseStrangePhotos(tx: Tx, ctx: Ctx, photoFileIds: readonly string[]): Promise<void> {
  if (await areOwnFiles(tx, ctx, photoFileIds)) return
  throw new Fault('bad_input', '', {
    pointers: [{ pointer: '/body/photoFileIds', reason: 'no_such_picture' }],
  })
}
