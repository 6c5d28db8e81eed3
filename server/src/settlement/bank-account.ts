import { orgBankAccounts } from '@huming/db/schema/settlement'
import { seal, unseal } from '@huming/db/seal'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eq, sql } from 'drizzle-orm'
import { allow, personIdOf } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'

type Route = Contracts['settlement.writeBankAccount']
type Account = ContractReply<Route>

/** Over `org_bank_accounts b`; the number stays sealed. */
export const bankAccountColumns = sql`b.id, b.holder, b.bank_name as "bankName", b.bank_code as "bankCode",
  b.last_four as "lastFour", b.at, b.is_sample as "isSample"`

/**
 * A supplier or broker tells where it is to be paid from now on; older accounts stay on file. Payouts proposed within a
 * day of it need a second approval. Operations is told, for a stolen password is most often used for this.
 */
export async function writeBankAccount(
  ctx: Ctx,
  { orgId, id }: { orgId: string; id: string },
  body: ContractParsed<Route>['body'],
): Promise<Account> {
  allow(ctx, 'bankAccount.write', { orgId })
  return inTransaction(ctx, async (tx) => {
    const [known] = await tx.select().from(orgBankAccounts).where(eq(orgBankAccounts.id, id))
    const { number, ...fields } = body
    if (known) {
      const same =
        known.orgId === orgId &&
        known.holder === fields.holder &&
        known.bankName === fields.bankName &&
        known.bankCode === fields.bankCode &&
        unseal(known.numberSealed) === number
      if (!same) throw new Fault('id_reused')
    } else {
      await tx.insert(orgBankAccounts).values({
        id,
        orgId,
        ...fields,
        numberSealed: seal(number),
        lastFour: number.slice(-4),
        writtenBy: personIdOf(ctx),
        at: ctx.now,
      })
      await emit(tx, ctx, {
        type: 'bankAccount.written',
        subjectId: id,
        orgId,
        payload: { bankName: fields.bankName, lastFour: number.slice(-4) },
      })
    }
    const [row] = await docs<Account>(
      tx,
      sql`select ${bankAccountColumns} from org_bank_accounts b where b.id = ${id}`,
    )
    return found(row)
  })
}
