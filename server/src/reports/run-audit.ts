import { auditRuns } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import { desc } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Base, Ctx } from '../kernel/ctx.ts'
import { type AuditName, auditChecks } from './audit-checks.ts'

export type AuditResult = { name: AuditName; checked: number; breachCount: number; breaches: string[] }

/** Breaching ids kept per check; the count is always whole. */
const breachesShown = 20

/** Proves the books from one snapshot of the database, without writing anything. */
export async function reconcile(base: Pick<Base, 'sql'>): Promise<AuditResult[]> {
  return base.sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx`set local statement_timeout = '10min'`
    const results: AuditResult[] = []
    for (const check of auditChecks) {
      const [population] = await tx.unsafe<{ count: number }[]>(check.population)
      const rows = await tx.unsafe<{ id: string; n: number }[]>(
        `select id::text as id, count(*) over () as n from (${check.breaches}) b limit ${breachesShown}`,
      )
      const breaches = rows.map((row) => row.id)
      results.push({
        name: check.name,
        checked: population?.count ?? 0,
        breachCount: rows[0]?.n ?? 0,
        breaches,
      })
    }
    return results
  })
}

/** Runs the audit and keeps its result for operations to see. Nightly by the clock, or asked for. */
export async function runAudit(ctx: Ctx): Promise<{ at: string; checks: AuditResult[] }> {
  allow(ctx, 'audit.run')
  const checks = await reconcile(ctx)
  await ctx.db.insert(auditRuns).values({ id: newId(), at: ctx.now, checks }).onConflictDoNothing()
  const breached = checks.filter((check) => check.breachCount > 0)
  if (breached.length > 0) ctx.log.error({ breached }, 'self-audit found breaches')
  return { at: ctx.now.toISOString(), checks }
}

/** The newest results of the self-audit. */
export async function listAudits(ctx: Ctx): Promise<{ items: { at: string; checks: AuditResult[] }[] }> {
  allow(ctx, 'audit.read')
  const rows = await ctx.db.select().from(auditRuns).orderBy(desc(auditRuns.at)).limit(30)
  return { items: rows.map((row) => ({ at: row.at.toISOString(), checks: row.checks as AuditResult[] })) }
}
