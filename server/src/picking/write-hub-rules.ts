import { hubPicking, pickRules } from '@huming/db/schema/picking-rules'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { isCategoryId } from '@huming/shared/reference/categories'
import { and, asc, eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { hubRules } from './hub-rules.ts'

type Reply = ContractReply<Contracts['picking.hubRules']>
type Settings = ContractParsed<Contracts['picking.writeHubRules']>['body']
type Rule = ContractParsed<Contracts['picking.writePickRule']>['body']

/** Rules shown at most: of every date, latest sequence last. */
const rulesShown = 500

export async function readHubRules(ctx: Ctx, hubId: string): Promise<Reply> {
  allow(ctx, 'picking.read', { hubId })
  return rulesDoc(ctx.db, hubId)
}

async function rulesDoc(tx: Db | Tx, hubId: string): Promise<Reply> {
  const { shortageRule, classOrder, ssccPrefix, checkRule, checkToleranceBp, toteKinds, version } =
    await hubRules(tx, hubId)
  const rows = await tx
    .select()
    .from(pickRules)
    .where(eq(pickRules.hubId, hubId))
    .orderBy(asc(pickRules.sequence), asc(pickRules.validFrom), asc(pickRules.id))
    .limit(rulesShown)
  return {
    hubId,
    shortageRule,
    classOrder: classOrder as Reply['classOrder'],
    ssccPrefix,
    checkRule,
    checkToleranceBp,
    toteKinds,
    version,
    rules: rows.map((row) => {
      const { hubId: _, ...rule } = row
      return rule as Reply['rules'][number]
    }),
  }
}

/** Changes how a hub picks from its next release on. `stale_version` when somebody else did so meanwhile. */
export async function writeHubRules(
  ctx: Ctx,
  hubId: string,
  { version, ...fields }: Settings,
): Promise<Reply> {
  allow(ctx, 'wave.release', { hubId })
  return inTransaction(ctx, async (tx) => {
    const toteKinds = fields.toteKinds.toSorted((a, b) => a.grams - b.grams)
    const set = { ...fields, toteKinds, version: version + 1 }
    const written =
      version === 0
        ? await tx
            .insert(hubPicking)
            .values({ hubId, ...set })
            .onConflictDoNothing()
            .returning()
        : await tx
            .update(hubPicking)
            .set(set)
            .where(and(eq(hubPicking.hubId, hubId), eq(hubPicking.version, version)))
            .returning()
    if (written.length === 0) throw new Fault('stale_version')
    await emit(tx, ctx, { type: 'hub.picking_written', subjectId: hubId, hubId, payload: { ...set } })
    return rulesDoc(tx, hubId)
  })
}

/** Adds a dated rule of method or changes it; a rule that should hold no more gets a last day. */
export async function writePickRule(
  ctx: Ctx,
  { hubId, id }: { hubId: string; id: string },
  rule: Rule,
): Promise<Reply> {
  allow(ctx, 'wave.release', { hubId })
  if (rule.validFrom > rule.validTo)
    throw new Fault('times_wrong', '', { pointers: [{ pointer: '/body/validTo', reason: 'before_start' }] })
  if (rule.category !== null && !isCategoryId(rule.category))
    throw new Fault('unknown_category', '', { pointers: [{ pointer: '/body/category', reason: 'unknown' }] })
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(pickRules).where(eq(pickRules.id, id)).for('no key update')
    if (known && known.hubId !== hubId) throw new Fault('not_found')
    await tx
      .insert(pickRules)
      .values({ id, hubId, ...rule })
      .onConflictDoUpdate({ target: pickRules.id, set: rule })
    await emit(tx, ctx, { type: 'hub.pick_rule_written', subjectId: hubId, hubId, payload: { id, ...rule } })
    return rulesDoc(tx, hubId)
  })
}
