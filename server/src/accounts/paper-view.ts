import { organisations, people } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import { papers } from '@huming/db/schema/papers'
import { vehicles } from '@huming/db/schema/routes'
import type { paperShape } from '@huming/shared/contracts/papers'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { lastDayOf } from '@huming/shared/gates'
import { daysLeftOf, standingOf, verifyDueOn } from '@huming/shared/paper-rules'
import { eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { found } from '../kernel/fault.ts'

export type Paper = z.output<typeof paperShape>
export type PaperRow = typeof papers.$inferSelect

/** Papers as they leave the server, with the names of holder and products, judged by today. */
export async function paperViews(
  db: Db | Tx,
  ctx: Pick<Ctx, 'now'>,
  rows: readonly { paper: PaperRow; holder: string }[],
): Promise<Paper[]> {
  const today = serviceDayOf(ctx.now)
  const papersOf = rows.map((row) => row.paper)
  const names = new Map([
    ...(await productNames(
      db,
      papersOf.flatMap((paper) => paper.productIds),
    )),
    ...(await subjectNames(db, papersOf)),
  ])
  return rows.map(({ paper, holder }) => paperView(paper, holder, names, today))
}

export async function paperViewOf(tx: Tx, ctx: Pick<Ctx, 'now'>, id: string): Promise<Paper> {
  const rows = await tx
    .select({ paper: papers, holder: organisations.shortName })
    .from(papers)
    .innerJoin(organisations, eq(organisations.id, papers.orgId))
    .where(eq(papers.id, id))
  const [view] = await paperViews(tx, ctx, rows)
  return found(view)
}

/** Plates of vehicles and names of people that papers speak of, by id. */
async function subjectNames(db: Db | Tx, of: readonly PaperRow[]): Promise<Map<string, string>> {
  const [vehicleIds, personIds] = [
    of.flatMap((one) => one.vehicleId ?? []),
    of.flatMap((one) => one.personId ?? []),
  ]
  const plates =
    vehicleIds.length === 0
      ? []
      : await db
          .select({ id: vehicles.id, name: vehicles.plate })
          .from(vehicles)
          .where(inArray(vehicles.id, vehicleIds))
  const persons =
    personIds.length === 0
      ? []
      : await db
          .select({ id: people.id, name: people.name })
          .from(people)
          .where(inArray(people.id, personIds))
  return new Map([...plates, ...persons].map((row) => [row.id, row.name]))
}

export async function productNames(db: Db | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .select({ id: products.id, name: products.name })
    .from(products)
    .where(inArray(products.id, wanted))
  return new Map(rows.map((row) => [row.id, row.name]))
}

function paperView(
  row: PaperRow,
  holder: string,
  names: ReadonlyMap<string, string>,
  today: ServiceDay,
): Paper {
  const due = verifyDueOn(row)
  return {
    id: row.id,
    orgId: row.orgId,
    holder,
    kind: row.kind,
    number: row.number,
    issuer: row.issuer,
    scope: row.scope,
    productIds: row.productIds,
    products: row.productIds.flatMap((id) => names.get(id) ?? []),
    vehicleId: row.vehicleId,
    personId: row.personId,
    about: names.get(row.vehicleId ?? row.personId ?? '') ?? '',
    validFrom: row.validFrom,
    validTo: row.validTo,
    confirmedOn: row.confirmedOn,
    fileId: row.fileId,
    standing: standingOf(row, today),
    lastDay: lastDayOf(row),
    daysLeft: daysLeftOf(row, today),
    verifyDueOn: due,
    verifyOverdue: due !== null && due < today,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    reviewNote: row.reviewNote,
    isSample: row.isSample,
    version: row.version,
  }
}
