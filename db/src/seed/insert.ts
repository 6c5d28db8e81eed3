import { getColumns, getTableName, type InferInsertModel } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { TransactionSql } from 'postgres'

/** Rows per statement: large enough to be fast, small enough for the memory of any machine. */
const chunkRows = 4000

/**
 * Inserts many rows of one table, each chunk in one statement with one parameter. All rows must name the same
 * columns; columns left out take their default.
 */
export async function insertAll<T extends PgTable>(
  sql: TransactionSql,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const known = getColumns(table) as Record<string, { name: string }>
  const columns = Object.keys(first).map((key) => ({ key, name: (known[key] as { name: string }).name }))
  const tableName: string = getTableName(table)
  const into = sql(tableName)
  const names = sql(columns.map((column) => column.name))
  for (let from = 0; from < rows.length; from += chunkRows) {
    const chunk = rows.slice(from, from + chunkRows) as Record<string, unknown>[]
    const records = chunk.map((row) =>
      Object.fromEntries(columns.map(({ key, name }) => [name, row[key] ?? null])),
    )
    await sql`
      insert into ${into} (${names})
      select ${names} from jsonb_populate_recordset(null::${into}, ${JSON.stringify(records)}::text::jsonb)`
  }
}
