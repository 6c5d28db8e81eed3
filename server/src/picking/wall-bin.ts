import { bins } from '@huming/db/schema/bins'
import { newId } from '@huming/shared/ids'
import { binCodeOf } from '@huming/shared/reference/bins'
import type { Zone } from '@huming/shared/reference/zones'
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { type Bin, defaultBin } from '../stock/bin-moves.ts'

/** Behind every dock of the zone, so that nothing is received or looked for at the wall first. */
const wallSequence = 900

/** The code of a zone's put wall: `CH-W01`. */
export const wallCode = (zone: Zone): string => binCodeOf(zone, 'dock', 1).replace('D01', 'W01')

/** The put wall of a zone: a dock place where fetched goods lie until they are put to stores; made on demand. */
export async function wallBin(tx: Tx, hubId: string, zone: Zone): Promise<Bin> {
  const code = wallCode(zone)
  const read = async () =>
    (
      await tx
        .select()
        .from(bins)
        .where(and(eq(bins.hubId, hubId), eq(bins.code, code)))
    )[0]
  const known = await read()
  if (known) return known
  await defaultBin(tx, hubId, zone, 'dock')
  await tx
    .insert(bins)
    .values({ id: newId(), hubId, code, zone, kind: 'dock', sequence: wallSequence })
    .onConflictDoNothing()
  return found(await read())
}
