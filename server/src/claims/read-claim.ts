import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { can } from '@huming/shared/permissions'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { seenOf } from './evidence.ts'
import { briefColumns, briefFrom, type ClaimDoc, claimScope, goodsColumns, lineScope } from './rows.ts'

type Brief = ContractReply<Contracts['claims.list']>['items'][number]
type Query = ContractParsed<Contracts['claims.list']>['query']

/** One claim, if the actor may see it: a supplier the lines on its goods, who decides the evidence too. */
export async function claimDoc(tx: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<ClaimDoc> {
  const decides = can(ctx.actor, 'claim.decide') === true
  const [row] = await docs<Omit<ClaimDoc, 'evidence'> & { lines: ClaimDoc['lines'] }>(
    tx,
    sql`select ${briefColumns}, c.org_id as "orgId", o.delivered_at as "deliveredAt", c.said_at as "saidAt",
        c.note, c.reason, c.contest_until as "contestUntil", c.version,
        coalesce((select json_agg(t) from (${linesOf(ctx, decides)}) t), '[]') as lines,
        (select json_build_object('id', n.id, 'number', n.number, 'totalFen', n.total_fen, 'taxFen', n.tax_fen)
          from credit_notes n where n.claim_id = c.id) as "creditNote"
      from ${briefFrom(ctx)} where c.id = ${id} and ${claimScope(ctx)}`,
  )
  const claim = found(row)
  const evidence = decides ? await shownEvidence(tx, claim) : null
  return { ...claim, evidence }
}

const linesOf = (ctx: Pick<Ctx, 'actor'>, decides: boolean): SQL => sql`
  select x.id, x.order_line_id as "orderLineId", ${goodsColumns}, x.supplier_org_id as "supplierOrgId", x.kind, x.quantity,
    x.photo_file_ids as "photoFileIds", x.note, x.asked_fen as "askedFen", x.accepted_quantity as "acceptedQuantity",
    x.accepted_fen as "acceptedFen", x.responsible_party as "responsibleParty", x.decision_reason as "decisionReason",
    x.contested_at as "contestedAt", x.contest_reason as "contestReason", x.contest_outcome as "contestOutcome",
    x.contest_answer as "contestAnswer",
    ${decides ? sql`json_build_object('party', x.proposed_party, 'why', x.proposed_why, 'ruleSource', r.source, 'autoUpToFen', r.auto_up_to_fen)` : sql`null::json`} as proposal
  from claim_lines x join order_lines y on y.id = x.order_line_id join skus k on k.id = x.sku_id
  join products p on p.id = k.product_id join lots l on l.id = x.lot_id join organisations u on u.id = x.supplier_org_id
  join claim_rules r on r.id = x.rule_id
  where x.claim_id = c.id and ${lineScope(ctx)} order by y.line_no, x.lot_id, x.id`

async function shownEvidence(tx: Db | Tx, claim: Omit<ClaimDoc, 'evidence'>): Promise<ClaimDoc['evidence']> {
  const {
    carrierOrgId: _carrier,
    limits: _limits,
    pickedShort: _short,
    ...shown
  } = await seenOf(
    tx,
    claim.orderId,
    claim.lines.map((line) => line.lotId),
  )
  return shown
}

export async function readClaim(ctx: Ctx, id: string): Promise<ClaimDoc> {
  allow(ctx, 'claim.read')
  return claimDoc(ctx.db, ctx, id)
}

/** Conditions of a list over `claims c`. */
export const claimFilter = ({ status, orderId, from, to }: Omit<Query, 'limit' | 'cursor'>): SQL => sql`
  (${status ?? null}::text is null or c.status = ${status ?? null})
  and (${orderId ?? null}::uuid is null or c.order_id = ${orderId ?? null}::uuid)
  and (${from ?? null}::text is null or to_char(c.made_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') >= ${from ?? null})
  and (${to ?? null}::text is null or to_char(c.made_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') <= ${to ?? null})`

/** Claims the actor may see, newest first. */
export async function listClaims(ctx: Ctx, query: Query): Promise<ContractReply<Contracts['claims.list']>> {
  const { limit, cursor } = query
  const rows = await docs<Brief>(
    ctx.db,
    sql`select ${briefColumns} from ${briefFrom(ctx)}
      where ${claimScope(ctx)} and ${claimFilter(query)}
        and (${cursor ?? null}::uuid is null or c.id < ${cursor ?? null}::uuid)
      order by c.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.id)
}
