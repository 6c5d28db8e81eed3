import { isDeepStrictEqual } from 'node:util'
import { files, organisations } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import { papers } from '@huming/db/schema/papers'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { tidyCode } from '@huming/shared/identifiers/check-digits'
import { paperFlaws } from '@huming/shared/paper-rules'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { allow, person, personIdOf } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type Paper, type PaperRow, paperViewOf } from './paper-view.ts'
import { lockPapers, reckonSales } from './sale-days.ts'

type Body = ContractParsed<Contracts['papers.write']>['body']

/** Numbers that are letters and digits only, read the same however they are typed. */
const coded = ['business_licence', 'production_licence', 'trading_licence', 'prepackaged_filing']

/**
 * Hands in a paper, or corrects one that waits for review or was refused: it waits (again) and counts for nothing
 * until then. A paper that was reviewed is never changed; a renewal is a new paper. Flaws of number, classes and
 * days are `bad_input`, each with its place. A repeat gives the same.
 */
export async function writePaper(ctx: Ctx, id: string, body: Body): Promise<Paper> {
  allow(ctx, 'paper.write', { orgId: body.orgId })
  return inTransaction(ctx, async (tx) => {
    await lockPapers(tx, body.orgId)
    const [holder] = await tx
      .select({ uscc: organisations.uscc })
      .from(organisations)
      .where(eq(organisations.id, body.orgId))
    const fields = fieldsOf(body)
    const [before] = await tx.select().from(papers).where(eq(papers.id, id)).for('update')
    if (before && before.orgId !== body.orgId) throw new Fault('not_found')
    if (before && isRepeat(before, fields, body.version)) return paperViewOf(tx, ctx, id)
    refuseStale(before, body.version)
    const flaws = [...paperFlaws(fields, found(holder)), ...(await strangers(tx, ctx, body))]
    if (flaws.length > 0) throw new Fault('bad_input', '', { pointers: flaws })
    const row = {
      ...fields,
      status: 'pending',
      submittedBy: personIdOf(ctx),
      submittedAt: ctx.now,
      version: body.version + 1,
    }
    await tx
      .insert(papers)
      .values({ id, ...row })
      .onConflictDoUpdate({ target: papers.id, set: row })
    await emit(tx, ctx, {
      type: 'paper.written',
      subjectId: id,
      orgId: body.orgId,
      payload: { kind: fields.kind, number: fields.number, validTo: fields.validTo },
    })
    return paperViewOf(tx, ctx, id)
  })
}

/** Takes a paper back; what stood on it is off sale from this moment. */
export async function withdrawPaper(ctx: Ctx, id: string, version: number): Promise<Paper> {
  allow(ctx, 'paper.write')
  return inTransaction(ctx, async (tx) => {
    const before = await lockPaper(tx, id)
    allow(ctx, 'paper.write', { orgId: before.orgId })
    if (before.status === 'withdrawn' && before.version === version + 1) return paperViewOf(tx, ctx, id)
    const status = nextStatus('paper', before.status, 'withdraw')
    if (!status) throw new Fault('wrong_state')
    if (before.version !== version) throw new Fault('stale_version')
    await tx
      .update(papers)
      .set({ status, version: version + 1 })
      .where(eq(papers.id, id))
    await reckonSales(tx, ctx, before.orgId)
    await emit(tx, ctx, {
      type: 'paper.withdrawn',
      subjectId: id,
      orgId: before.orgId,
      payload: { kind: before.kind },
    })
    return paperViewOf(tx, ctx, id)
  })
}

/** Locks the paper, after the turn of its organisation; `not_found` when there is none. */
export async function lockPaper(tx: Tx, id: string): Promise<PaperRow> {
  const [known] = await tx.select({ orgId: papers.orgId }).from(papers).where(eq(papers.id, id))
  await lockPapers(tx, found(known).orgId)
  const [row] = await tx.select().from(papers).where(eq(papers.id, id)).for('update')
  return found(row)
}

function fieldsOf(body: Body) {
  const { version: _, ...fields } = body
  return {
    ...fields,
    number: coded.includes(body.kind) ? tidyCode(body.number) : body.number,
    scope: [...new Set(body.scope)].sort(),
    productIds: [...new Set(body.productIds)].sort(),
  }
}

function isRepeat(before: PaperRow, fields: ReturnType<typeof fieldsOf>, version: number): boolean {
  if (before.version !== version + 1) return false
  return Object.entries(fields).every(([key, value]) =>
    isDeepStrictEqual(before[key as keyof PaperRow], value),
  )
}

function refuseStale(before: PaperRow | undefined, version: number): void {
  if (!before) {
    if (version > 0) throw new Fault('not_found')
    return
  }
  if (version === 0) throw new Fault('id_reused')
  if (before.version !== version) throw new Fault('stale_version')
  if (!nextStatus('paper', before.status, 'edit')) throw new Fault('wrong_state')
}

/** Products of others, and files that neither the holder nor the actor uploaded. */
async function strangers(tx: Tx, ctx: Ctx, body: Body): Promise<{ pointer: string; reason: string }[]> {
  const flaws: { pointer: string; reason: string }[] = []
  const wanted = [...new Set(body.productIds)]
  const own = wanted.length
    ? await tx
        .select({ id: products.id })
        .from(products)
        .where(and(inArray(products.id, wanted), eq(products.orgId, body.orgId)))
    : []
  if (own.length < wanted.length) flaws.push({ pointer: '/body/productIds', reason: 'unknown' })
  const [stranger] = await tx.execute<{ vehicle: boolean; person: boolean }>(sql`
    select ${body.vehicleId}::uuid is not null and not exists (select 1 from vehicles
        where id = ${body.vehicleId} and org_id = ${body.orgId}) as vehicle,
      ${body.personId}::uuid is not null and not exists (select 1 from memberships
        where person_id = ${body.personId} and org_id = ${body.orgId}) as person`)
  if (stranger?.vehicle) flaws.push({ pointer: '/body/vehicleId', reason: 'unknown' })
  if (stranger?.person) flaws.push({ pointer: '/body/personId', reason: 'unknown' })
  if (body.fileId !== null) {
    const [file] = await tx
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.id, body.fileId), inArray(files.orgId, [body.orgId, person(ctx).orgId])))
    if (!file) flaws.push({ pointer: '/body/fileId', reason: 'no_such_picture' })
  }
  return flaws
}
