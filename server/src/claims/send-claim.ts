import { hash } from 'node:crypto'
import { claimLines, claims } from '@huming/db/schema/claims'
import { orders } from '@huming/db/schema/orders'
import { type ClaimRule, claimRuleFor, creditFen, proposeParty, ruleAccepts } from '@huming/shared/claiming'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { eq } from 'drizzle-orm'
import { refuseStrangePhotos } from '../accounts/own-pictures.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { limitOf } from './choices.ts'
import { decideIn } from './decide-claim.ts'
import { evidenceFor, seenOf } from './evidence.ts'
import { claimDoc } from './read-claim.ts'
import { type ClaimDoc, claimRuleRows, type DeliveredLot, deliveredLots, lockOrderLines } from './rows.ts'
import { tellSuppliers } from './tell.ts'

type Body = ContractParsed<Contracts['claims.send']>['body']
type NewLine = typeof claimLines.$inferInsert

/** What a device without network says is believed for so long. */
const believedMs = 24 * 3_600_000

/**
 * A buyer claims goods of one delivered order by line and lot. Within the time of the rule in force when they were
 * delivered (`claim_too_late`), with the photos it asks for (`photo_missing`), never more than was delivered less what
 * earlier claims took (`claim_above_delivered`, under the lock of the order's lines). Where the rule and the evidence
 * speak for every line, it is decided at once. The same request again is the same claim; another body `id_reused`.
 */
export async function sendClaim(ctx: Ctx, id: string, body: Body): Promise<ClaimDoc> {
  allow(ctx, 'claim.write')
  const requestHash = hash('sha256', JSON.stringify(body), 'hex')
  return inTransaction(ctx, async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, body.orderId)).for('share')
    const { orgId, siteId, hubId, deliveredAt, status } = found(order)
    allow(ctx, 'claim.write', { orgId })
    const [known] = await tx.select().from(claims).where(eq(claims.id, id))
    if (known) {
      if (known.orgId !== orgId || known.requestHash !== requestHash) throw new Fault('id_reused')
      return claimDoc(tx, ctx, id)
    }
    if (deliveredAt === null || !['delivered', 'accepted'].includes(status)) throw new Fault('wrong_state')
    await refuseStrangePhotos(
      tx,
      ctx,
      body.lines.flatMap((line) => line.photoFileIds),
    )
    await lockOrderLines(tx, body.orderId)
    const saidAt = saidWhen(body.saidAt, deliveredAt, ctx.now)
    const lots = await deliveredLots(tx, body.orderId)
    const seen = await seenOf(
      tx,
      body.orderId,
      lots.map((lot) => lot.lotId),
    )
    const rules = await claimRuleRows(tx)
    const lines = checkedLines(id, body.lines, { lots, rules, deliveredAt, saidAt })
    const judged = lines.map(({ line, rule, lot }) => {
      const evidence = evidenceFor(seen, lot)
      const { party, why } = proposeParty(line.kind, evidence)
      const fits = { kind: line.kind, askedFen: line.askedFen, photos: line.photoFileIds.length }
      return {
        row: { ...line, ruleId: rule.id, proposedParty: party, proposedWhy: why },
        byRule: ruleAccepts(rule, fits, evidence),
      }
    })
    await tx.insert(claims).values({
      id,
      number: sayableNumber('S', id),
      orderId: body.orderId,
      orgId,
      siteId,
      hubId,
      status: 'sent',
      note: body.note,
      saidAt,
      madeBy: person(ctx).personId,
      madeAt: ctx.now,
      requestHash,
    })
    const rows: NewLine[] = judged.map(({ row }) => row)
    await tx.insert(claimLines).values(rows)
    const payload = {
      orderId: body.orderId,
      lines: rows.map(({ orderLineId, lotId, kind, quantity }) => ({ orderLineId, lotId, kind, quantity })),
    }
    await emit(tx, ctx, { type: 'claim.sent', subjectId: id, orgId, hubId, payload })
    await tellSuppliers(tx, ctx, id, 'notice.claim_sent')
    if (judged.every(({ byRule }) => byRule))
      await decideByRule(
        tx,
        ctx,
        id,
        judged.map(({ row }) => row),
      )
    return claimDoc(tx, ctx, id)
  })
}

/** When the buyer wrote it: the device's word when it can be, else now. */
function saidWhen(told: string | undefined, deliveredAt: Date, now: Date): Date {
  const at = told === undefined ? Number.NaN : Date.parse(told)
  const can = at <= now.getTime() && at >= deliveredAt.getTime() && now.getTime() - at <= believedMs
  return can ? new Date(at) : now
}

type Known = {
  readonly lots: readonly DeliveredLot[]
  readonly rules: readonly ClaimRule[]
  readonly deliveredAt: Date
  readonly saidAt: Date
}

/** Lines of the request against what was delivered; several of one lot count together. */
function checkedLines(claimId: string, asked: Body['lines'], known: Known) {
  const taken = new Map<DeliveredLot, number>()
  return asked.map((line, i) => {
    const at = `/body/lines/${i}`
    const lot = known.lots.find((one) => one.orderLineId === line.orderLineId && one.lotId === line.lotId)
    if (!lot) throw new Fault('not_found')
    const { skuId, zone, supplierOrgId } = lot
    const day = serviceDayOf(known.deliveredAt)
    const rule = claimRuleFor(known.rules, { skuId, zone, kind: line.kind, day })
    const until = rule ? limitOf(known.deliveredAt, rule) : known.deliveredAt
    if (!rule || until < known.saidAt)
      throw new Fault('claim_too_late', '', {
        params: { until: until.toISOString() },
        pointers: [{ pointer: at, reason: 'too_late' }],
      })
    if (line.photoFileIds.length < rule.photosMin)
      throw new Fault('photo_missing', '', {
        pointers: [{ pointer: `${at}/photoFileIds`, reason: 'missing' }],
      })
    const before = lot.asked + lot.credited + (taken.get(lot) ?? 0)
    if (before + line.quantity > lot.delivered)
      throw new Fault('claim_above_delivered', '', {
        params: { left: Math.max(0, lot.delivered - before) },
        pointers: [{ pointer: `${at}/quantity`, reason: 'too_much' }],
      })
    taken.set(lot, (taken.get(lot) ?? 0) + line.quantity)
    const askedFen = creditFen({
      finalFen: lot.grossFen,
      delivered: lot.delivered,
      before,
      quantity: line.quantity,
    })
    return { rule, lot, line: { ...line, claimId, skuId, supplierOrgId, askedFen } }
  })
}

const decideByRule = (
  tx: Tx,
  ctx: Ctx,
  id: string,
  rows: readonly {
    id: string
    quantity: number
    proposedParty: NonNullable<Parameters<typeof decideIn>[3]['lines'][number]['party']>
  }[],
): Promise<void> =>
  decideIn(tx, ctx, id, {
    how: 'rule',
    reason: '',
    lines: rows.map((row) => ({
      id: row.id,
      acceptedQuantity: row.quantity,
      party: row.proposedParty,
      reason: '',
    })),
  })
