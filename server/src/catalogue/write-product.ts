import { initialsOf, soundOf } from '@huming/db/pinyin'
import { files, organisations } from '@huming/db/schema/accounts'
import { products } from '@huming/db/schema/catalogue'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { isCategoryId } from '@huming/shared/reference/categories'
import { and, eq, inArray } from 'drizzle-orm'
import { lockPapers, reckonSales } from '../accounts/sale-days.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { shortCodesOf } from './search.ts'
import { productReply } from './shapes.ts'
import { writeKind } from './versions.ts'

type Route = Contracts['catalogue.writeProduct']
type Body = ContractParsed<Route>['body']

/**
 * Creates or changes a product; its search words follow from name and aliases. It never moves to another
 * supplier (`not_found` for theirs). The photo must be a public picture of the supplier or of the actor.
 */
export async function writeProduct(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'product.write', { orgId: body.orgId })
  if (!isCategoryId(body.category)) throw new Fault('unknown_category')
  return inTransaction(ctx, async (tx) => {
    await oneAtATime(tx, id)
    const [org] = await tx
      .select({ name: organisations.shortName })
      .from(organisations)
      .where(and(eq(organisations.id, body.orgId), inArray(organisations.kind, ['coop', 'base'])))
    const supplier = found(org).name
    await lockPapers(tx, body.orgId)
    const [before] = await tx.select().from(products).where(eq(products.id, id)).for('update')
    if (before && before.orgId !== body.orgId) throw new Fault('not_found')
    const fields = fieldsOf(body)
    const known = before && { ...before, archived: before.archivedAt !== null }
    const kind = writeKind(known, { ...fields, archived: body.archived }, body.version)
    if (before && kind === 'repeat') return productReply(before, supplier, serviceDayOf(ctx.now))
    await refuseStrangePhoto(ctx, tx, body)
    const archivedAt = body.archived ? (before?.archivedAt ?? ctx.now) : null
    const row = { ...fields, archivedAt, version: body.version + 1 }
    const [written] = await tx
      .insert(products)
      .values({ id, ...row, marks: [], createdAt: ctx.now })
      .onConflictDoUpdate({ target: products.id, set: row, setWhere: eq(products.version, body.version) })
      .returning()
    if (!written) throw new Fault('stale_version')
    await reckonSales(tx, ctx, body.orgId)
    const [shown] = await tx.select().from(products).where(eq(products.id, id))
    const { version, orgId, name, category, archived } = body
    await emit(tx, ctx, {
      type: 'product.written',
      subjectId: id,
      orgId,
      payload: { name, category, archived, version: version + 1 },
    })
    return productReply(shown ?? written, supplier, serviceDayOf(ctx.now))
  })
}

/** The columns that follow from the body. */
function fieldsOf(body: Body) {
  const { archived: _, version: __, ...fields } = body
  const aliases = [...new Set(body.aliases)]
  const shortCodes =
    body.shortCodes.length > 0 ? [...new Set(body.shortCodes)] : shortCodesOf(body.name, aliases)
  return {
    ...fields,
    aliases,
    shortCodes,
    pinyinFull: soundOf(body.name),
    pinyinInitials: initialsOf(body.name),
  }
}

async function refuseStrangePhoto(ctx: Ctx, tx: Tx, body: Body): Promise<void> {
  if (!body.photoFileId) return
  const owners = [body.orgId, ...(ctx.actor.kind === 'person' ? [person(ctx).orgId] : [])]
  const [file] = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.id, body.photoFileId), eq(files.visibility, 'public'), inArray(files.orgId, owners)))
  if (!file) {
    throw new Fault('bad_input', '', {
      pointers: [{ pointer: '/body/photoFileId', reason: 'no_such_picture' }],
    })
  }
}
