import { invoiceLines, invoices } from '@huming/db/schema/invoices'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { nextStatus } from '@huming/shared/flows'
import { asc, eq, type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { page } from '../kernel/page.ts'
import { inTransaction, sqlState, violatedConstraint } from '../kernel/transaction.ts'
import { statementScope } from './statement-rows.ts'

export type Invoice = ContractReply<Contracts['invoices.list']>['items'][number]
type InvoiceDoc = ContractReply<Contracts['invoices.read']>
type Query = ContractParsed<Contracts['invoices.list']>['query']
type Redden = ContractParsed<Contracts['invoices.redden']>['body']
export type Numbered = { readonly id: string; readonly number20: string; readonly issuedOn: string }

export const invoiceColumns = sql`i.id, i.statement_id as "statementId", s.number as "statementNumber", u.name as seller,
  u.uscc as "sellerUscc", b.name as buyer, b.uscc as "buyerUscc", i.status, i.kind, i.special_type as "specialType", i.number20,
  i.issued_on as "issuedOn", i.net_fen as "netFen", i.tax_fen as "taxFen", i.total_fen as "totalFen", i.red_of as "redOf",
  i.red_confirmation as "redConfirmation", i.remark, i.is_sample as "isSample"`
export const invoiceFrom = sql`invoices i join statements s on s.id = i.statement_id
  join organisations u on u.id = i.seller_org_id join organisations b on b.id = i.buyer_org_id`

/** Invoices of statements the actor may see; a seller sees those that name it. */
export function invoiceScope(ctx: Pick<Ctx, 'actor'>): SQL {
  const own = ctx.actor.kind === 'person' ? ctx.actor.orgId : null
  return sql`(${statementScope(ctx)} or i.seller_org_id = ${own}::uuid)`
}

export const invoiceFilter = ({ statementId, status }: Pick<Query, 'statementId' | 'status'>): SQL => sql`
  (${statementId ?? null}::uuid is null or i.statement_id = ${statementId ?? null}::uuid)
  and (${status ?? null}::text is null or i.status = ${status ?? null})`

export async function listInvoices(
  ctx: Ctx,
  query: Query,
): Promise<ContractReply<Contracts['invoices.list']>> {
  allow(ctx, 'statement.read')
  const { limit, cursor } = query
  const rows = await docs<Invoice>(
    ctx.db,
    sql`select ${invoiceColumns} from ${invoiceFrom} where ${invoiceScope(ctx)} and ${invoiceFilter(query)}
      and (${cursor ?? null}::uuid is null or i.id < ${cursor ?? null}::uuid) order by i.id desc limit ${limit + 1}`,
  )
  return page(rows, limit, (last) => last.id)
}

const invoiceDoc = async (db: Db | Tx, ctx: Pick<Ctx, 'actor'>, id: string): Promise<Invoice> =>
  found(
    (
      await docs<Invoice>(
        db,
        sql`select ${invoiceColumns} from ${invoiceFrom} where i.id = ${id} and ${invoiceScope(ctx)}`,
      )
    )[0],
  )

export async function readInvoice(ctx: Ctx, id: string): Promise<InvoiceDoc> {
  allow(ctx, 'statement.read')
  const invoice = await invoiceDoc(ctx.db, ctx, id)
  const lines = await ctx.db
    .select()
    .from(invoiceLines)
    .where(eq(invoiceLines.invoiceId, id))
    .orderBy(asc(invoiceLines.lineNo))
  return { ...invoice, lines }
}

export async function issueIn(tx: Tx, ctx: Ctx, { id, number20, issuedOn }: Numbered): Promise<void> {
  const [row] = await tx.select().from(invoices).where(eq(invoices.id, id)).for('update')
  const invoice = found(row)
  allow(ctx, 'statement.manage', { orgId: invoice.buyerOrgId })
  if (invoice.number20 === number20 && invoice.issuedOn === issuedOn) return
  const status = nextStatus('invoice', invoice.status, 'issue')
  if (!status) throw new Fault('wrong_state')
  await tx.update(invoices).set({ status, number20, issuedOn }).where(eq(invoices.id, id))
  if (invoice.redOf !== null)
    await tx.update(invoices).set({ status: 'reddened' }).where(eq(invoices.id, invoice.redOf))
  const payload = { number20, redOf: invoice.redOf }
  await emit(tx, ctx, { type: 'invoice.issued', subjectId: id, orgId: invoice.buyerOrgId, payload })
}

/** A number is one invoice's only. */
export async function numberOnce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) === '23505' && violatedConstraint(error) === 'invoice_number_once')
      throw new Fault('invoice_number_taken')
    throw error
  }
}

/** Enters the twenty digits the tax platform gave; an issued red invoice makes the one it takes back `reddened`. */
export async function issueInvoice(ctx: Ctx, input: Numbered): Promise<Invoice> {
  allow(ctx, 'statement.manage')
  return numberOnce(() =>
    inTransaction(ctx, async (tx) => {
      await issueIn(tx, ctx, input)
      return invoiceDoc(tx, ctx, input.id)
    }),
  )
}

/** Writes the red invoice of an issued one, all sums negative, under the number of its 红字确认单. */
export async function reddenInvoice(ctx: Ctx, id: string, body: Redden): Promise<Invoice> {
  allow(ctx, 'statement.manage')
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(invoices).where(eq(invoices.id, id)).for('update')
    const blue = found(row)
    allow(ctx, 'statement.manage', { orgId: blue.buyerOrgId })
    const [known] = await tx.select().from(invoices).where(eq(invoices.id, body.id))
    if (known) {
      if (known.redOf !== id || known.redConfirmation !== body.confirmation) throw new Fault('id_reused')
      return invoiceDoc(tx, ctx, body.id)
    }
    if (!nextStatus('invoice', blue.status, 'redden') || blue.redOf !== null) throw new Fault('wrong_state')
    const made = await tx
      .insert(invoices)
      .values({
        ...blue,
        id: body.id,
        status: 'draft',
        number20: null,
        issuedOn: null,
        netFen: 0 - blue.netFen,
        taxFen: 0 - blue.taxFen,
        totalFen: 0 - blue.totalFen,
        redOf: id,
        redConfirmation: body.confirmation,
        remark: body.remark,
        madeAt: ctx.now,
      })
      .onConflictDoNothing({ target: invoices.redOf, where: sql`red_of is not null` })
      .returning()
    if (made.length === 0) throw new Fault('wrong_state')
    await tx.execute(sql`
      insert into invoice_lines (invoice_id, line_no, sku_id, item, spec, unit, milli_units, tax_rate_bp, exempt, net_fen, tax_fen, gross_fen)
      select ${body.id}, line_no, sku_id, item, spec, unit, -milli_units, tax_rate_bp, exempt, -net_fen, -tax_fen, -gross_fen
      from invoice_lines where invoice_id = ${id}`)
    const payload = { redOf: id, confirmation: body.confirmation }
    await emit(tx, ctx, { type: 'invoice.red_made', subjectId: body.id, orgId: blue.buyerOrgId, payload })
    return invoiceDoc(tx, ctx, body.id)
  })
}
