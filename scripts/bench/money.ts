import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type OpenDb, openDb } from '@huming/db/client'
import { startCluster } from '@huming/db/cluster'
import { makePerson } from '@huming/db/factories'
import { migrate } from '@huming/db/migrate'
import { type Ctx, systemCtx } from '@huming/server/kernel/ctx'
import { closeMonth } from '@huming/server/settlement/close-month'
import { makeStatements } from '@huming/server/settlement/make-statements'
import { generateMonth, month, parties } from './money-month.ts'

const root = resolve(import.meta.dirname, '../..')
const quiet = { info: () => undefined, warn: () => undefined, error: console.error, debug: () => undefined }
const linesPerOrder = 12

/**
 * `pnpm bench money [--orders N] [--json]`: closes a generated month of so many orders of 12 settled lines: states every
 * account, asks the checklist and closes the books. Beside it, in the same run, the very same rows of statements are
 * written by plain SQL into twin tables with the same keys and checks. PostgreSQL writes durably.
 */
export async function benchMoney(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: { orders: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
  })
  const orders = Number(values.orders)
  if (!Number.isInteger(orders) || orders < 1000 || orders > 1_000_000) {
    console.error('Usage: pnpm bench money [--orders 1000–1000000] [--json]')
    process.exit(2)
  }
  const folder = join(root, '.data', `bench-money-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster({ dataDir: join(folder, 'pg'), durable: true })
  try {
    await migrate(cluster.url)
    const opened = openDb(cluster.url, {
      max: 4,
      applicationName: 'bench',
      statementTimeout: 0,
      lockTimeout: 0,
    })
    try {
      const result = { orders, lines: linesPerOrder, ...(await measure(opened, orders)) }
      console.log(
        `month close of ${orders} orders × ${linesPerOrder} lines: ${result.seconds} s, ${result.rowsPerSecond} rows/s; plain SQL ${result.rawRowsPerSecond} rows/s; ratio ${result.ratio}`,
      )
      if (values.json) console.log(JSON.stringify(result))
    } finally {
      await opened.close()
    }
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(opened: OpenDb, orders: number) {
  const { sql } = opened
  const from = performance.now()
  const operationsId = await generateMonth(sql, orders, linesPerOrder)
  console.log(
    `generated in ${secondsSince(from)} s: ${parties.buyers} buyers, ${parties.suppliers} suppliers`,
  )
  const ctx: Ctx = { ...systemCtx({ db: opened.db, sql, log: quiet }, 'bench'), now: month.closedAt }
  const person = await makePerson(opened.db, operationsId, ['ops_finance'])
  const closer: Ctx = {
    ...ctx,
    actor: {
      kind: 'person',
      personId: person.id,
      orgId: operationsId,
      orgKind: 'operations',
      roles: ['ops_finance'],
      principalIds: [],
      hubIds: [],
      sessionId: person.id,
    },
  }
  const started = performance.now()
  const { made } = await makeStatements(ctx)
  const stating = performance.now() - started
  // What parties and the nightly audit do between is not the product's own work.
  await sql`update statements set status = 'confirmed', confirmed_at = now(), confirmed_how = 'silence'`
  await sql`insert into audit_runs (id, at, checks) values (gen_random_uuid(), ${month.closedAt}, '[]')`
  const closing = performance.now()
  await closeMonth(closer, month.name)
  const seconds = (stating + performance.now() - closing) / 1000
  console.log(`stated in ${(stating / 1000).toFixed(1)} s, closed in ${secondsSince(closing)} s`)
  const rows = await refuseUnsound(sql, made)
  const raw = await writePlainly(sql)
  return {
    seconds: Number(seconds.toFixed(2)),
    rowsPerSecond: Math.round(rows / seconds),
    rawRowsPerSecond: Math.round(rows / raw),
    ratio: Number((raw / seconds).toFixed(3)),
  }
}

const secondsSince = (from: number): string => ((performance.now() - from) / 1000).toFixed(1)

/** A figure counts only when every account is stated to the fen; gives the rows written. */
async function refuseUnsound(sql: OpenDb['sql'], made: number): Promise<number> {
  const [found] = await sql<{ wrong: number; rows: number; unstated: number }[]>`
    select (select count(*)::int from ledger_accounts a join statements s on s.account_id = a.id
        where abs(a.debits_posted_fen - a.credits_posted_fen) <> s.closing_fen) as wrong,
      (select count(*)::int from statement_lines) + ${made}::int as rows,
      (select count(*)::int from ledger_transfers t join ledger_accounts a on a.id in (t.debit_account_id, t.credit_account_id)
        where a.purpose in ('receivable', 'payable')
          and not exists (select 1 from statement_lines x where x.account_id = a.id and x.transfer_id = t.id)) as unstated`
  if (!found || found.wrong > 0 || found.unstated > 0 || made !== parties.buyers + parties.suppliers)
    throw new Error(`the month is not stated soundly: ${JSON.stringify({ ...found, made })}`)
  return found.rows
}

/** The same rows into twins of the tables, with their keys, checks and references; seconds. */
async function writePlainly(sql: OpenDb['sql']): Promise<number> {
  await sql.unsafe(`
    create table raw_statements (like statements including all);
    create table raw_lines (like statement_lines including all);
    alter table raw_lines add foreign key (transfer_id) references ledger_transfers (id);
    alter table raw_lines add foreign key (statement_id) references raw_statements (id);
    alter table raw_statements add foreign key (org_id) references organisations (id);
    alter table raw_statements add foreign key (account_id) references ledger_accounts (id);
    alter table raw_statements add foreign key (terms_id) references statement_terms (id)`)
  const started = performance.now()
  await sql.begin(async (tx) => {
    await tx`insert into raw_statements select * from statements`
    await tx`insert into raw_lines select * from statement_lines`
  })
  return (performance.now() - started) / 1000
}
