import { organisations } from '@huming/db/schema/accounts'
import { ledgerAccounts } from '@huming/db/schema/ledger'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { checkUscc } from '@huming/shared/identifiers/uscc'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { eq } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction, sqlState } from '../kernel/transaction.ts'
import { orgReply } from './shapes.ts'

type Route = Contracts['accounts.writeOrganisation']
type Body = ContractParsed<Route>['body']

/**
 * Registers an organisation with its ledger account, or changes it. The kind never changes (`id_reused`).
 * Refuses a wrong social credit code or a buyer without class with `bad_input`.
 */
export async function writeOrganisation(ctx: Ctx, id: string, body: Body): Promise<ContractReply<Route>> {
  allow(ctx, 'org.write', { orgId: id })
  refuseBadParts(body)
  const { creditLimitFen, suspended, ...fields } = body
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(organisations).where(eq(organisations.id, id)).for('update')
    if (before && before.kind !== body.kind) throw new Fault('id_reused')
    const suspendedAt = suspended ? (before?.suspendedAt ?? ctx.now) : null
    const [row] = await tx
      .insert(organisations)
      .values({ id, ...fields, suspendedAt, createdAt: ctx.now })
      .onConflictDoUpdate({ target: organisations.id, set: { ...fields, suspendedAt } })
      .returning()
      .catch((error: unknown) => {
        if (sqlState(error) === '23505') throw badUscc('taken')
        throw error
      })
    await keepLedgerAccount(tx, id, body.kind, creditLimitFen)
    await emit(tx, ctx, { type: 'org.written', subjectId: id, orgId: id, payload: { ...body } })
    return orgReply(row as NonNullable<typeof row>)
  })
}

function refuseBadParts(body: Body): void {
  if (body.uscc !== null && !checkUscc(body.uscc).ok) throw badUscc('check_digit')
  const classKnown = body.buyerClass !== null && Object.hasOwn(BUYER_CLASSES, body.buyerClass)
  if ((body.kind === 'buyer') !== classKnown) {
    throw new Fault('bad_input', '', { pointers: [{ pointer: '/body/buyerClass', reason: 'buyer_class' }] })
  }
}

const badUscc = (reason: string) =>
  new Fault('bad_input', '', { pointers: [{ pointer: '/body/uscc', reason }] })

/** Buyers owe on `receivable` up to their credit; all other accounts are opened by their first entry. */
async function keepLedgerAccount(
  tx: Tx,
  orgId: string,
  kind: string,
  creditLimitFen: number | null,
): Promise<void> {
  if (kind !== 'buyer') return
  await tx
    .insert(ledgerAccounts)
    .values({ id: newId(), orgId, purpose: 'receivable', creditLimitFen })
    .onConflictDoUpdate({ target: [ledgerAccounts.orgId, ledgerAccounts.purpose], set: { creditLimitFen } })
}
