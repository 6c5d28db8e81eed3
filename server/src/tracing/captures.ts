import { epcisCaptures } from '@huming/db/schema/tracing'
import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm'
import { visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { type CaptureJob, jobOf } from './capture.ts'
import { cursorOf, perPageOf } from './paging.ts'
import type { Query } from './parameter-values.ts'

const visible = (ctx: Ctx): SQL | undefined => {
  const orgIds = visibleOrgIds(ctx, 'epcis.capture')
  return orgIds === 'all' ? undefined : inArray(epcisCaptures.orgId, orgIds)
}

/** Jobs newest first, with the token of the next page. */
export async function listCaptures(
  ctx: Ctx,
  query: Query,
): Promise<{ jobs: CaptureJob[]; nextPageToken: string | null }> {
  const perPage = perPageOf(query)
  const before = cursorOf(query)
  const rows = await ctx.db
    .select()
    .from(epcisCaptures)
    .where(and(visible(ctx), before === null ? undefined : lt(epcisCaptures.id, before)))
    .orderBy(desc(epcisCaptures.id))
    .limit(perPage + 1)
  const { items, nextCursor } = page(rows, perPage, (row) => row.id)
  return { jobs: items.map(jobOf), nextPageToken: nextCursor }
}

export async function readCapture(ctx: Ctx, id: string): Promise<CaptureJob> {
  const [row] = await ctx.db
    .select()
    .from(epcisCaptures)
    .where(and(visible(ctx), eq(epcisCaptures.id, id)))
  return jobOf(found(row))
}
