import { randomInt } from 'node:crypto'
import { payCodes } from '@huming/db/schema/payment'
import { payCodeOf, payCodesMax } from '@huming/shared/pay-code'
import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'

const triesMax = 20

/**
 * The pay code of a buyer, or of one of its statements; made when first asked for. Codes are drawn at random, so that
 * a slip leads to nobody rather than to a neighbour.
 */
export async function payCodeFor(
  tx: Pick<Tx, 'select' | 'insert'>,
  now: Date,
  orgId: string,
  statementId: string | null = null,
): Promise<string> {
  const own = and(
    eq(payCodes.orgId, orgId),
    statementId ? eq(payCodes.statementId, statementId) : isNull(payCodes.statementId),
  )
  for (let tries = 0; tries < triesMax; tries += 1) {
    const [known] = await tx.select({ code: payCodes.code }).from(payCodes).where(own)
    if (known) return known.code
    const code = payCodeOf(randomInt(payCodesMax))
    await tx.insert(payCodes).values({ code, orgId, statementId, createdAt: now }).onConflictDoNothing()
  }
  throw new Error('no free pay code was found')
}
