import { createHash } from 'node:crypto'
import { bankImports, bankLines } from '@huming/db/schema/payment'
import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { sumFen } from '@huming/shared/money'
import { eq, inArray, sql } from 'drizzle-orm'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { transfer } from '../ledger/transfer.ts'
import { type FileLine, readBankFile, shown } from './bank-file.ts'
import { matchLines } from './match-lines.ts'
import { houseOrg } from './rows.ts'

type Reply = ContractReply<Contracts['bank.import']>

/**
 * Takes a bank statement in, whole or not at all. Each line with money in is booked once by the bank's serial number
 * (`bank → unmatched`); lines known already are passed over, one that is known with other content refuses the file
 * (`bank_serial_differs`). Then what names its payer is matched.
 */
export async function importBank(
  ctx: Ctx,
  input: { id: string; name: string; bytes: unknown },
): Promise<Reply> {
  allow(ctx, 'payment.desk')
  if (!Buffer.isBuffer(input.bytes)) throw new Fault('unsupported_media')
  const { bytes, id } = input
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (!(await isTaken(ctx.db, id, sha256))) {
    const lines = await readBankFile(bytes)
    await inTransaction(ctx, (tx) => takeIn(tx, ctx, { id, name: input.name, sha256, lines }))
  }
  await matchLines(ctx, id)
  return counted(ctx, id)
}

/** Whether the statement of this id is taken in; `id_reused` when the id stands for another file. */
async function isTaken(db: Ctx['db'] | Tx, id: string, sha256: string): Promise<boolean> {
  const [row] = await db.select().from(bankImports).where(eq(bankImports.id, id))
  if (row && row.sha256 !== sha256) throw new Fault('id_reused')
  return row !== undefined
}

type File = { id: string; name: string; sha256: string; lines: readonly FileLine[] }

async function takeIn(tx: Tx, ctx: Ctx, file: File): Promise<void> {
  // One statement at a time: two with the same lines must not both take them for new.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('bank_import'))`)
  // The same request sent twice at once: its twin was first.
  if (await isTaken(tx, file.id, file.sha256)) return
  const fresh = await freshOf(tx, file.lines)
  const freshFen = sumFen(fresh.map((line) => line.amountFen))
  await tx.insert(bankImports).values({
    id: file.id,
    name: file.name,
    sha256: file.sha256,
    lines: file.lines.length,
    fresh: fresh.length,
    freshFen,
    importedBy: person(ctx).personId,
    importedAt: ctx.now,
  })
  const eventId = await emit(tx, ctx, {
    type: 'bank.imported',
    subjectId: file.id,
    payload: { importId: file.id, lines: file.lines.length, fresh: fresh.length, freshFen },
  })
  if (fresh.length === 0) return
  const rows = fresh.map(({ row: _row, ...line }) => ({
    id: newId(),
    importId: file.id,
    ...line,
    status: 'unmatched',
  }))
  for (let i = 0; i < rows.length; i += 1000) await tx.insert(bankLines).values(rows.slice(i, i + 1000))
  const house = await houseOrg(tx, ctx)
  await transfer(
    tx,
    ctx.now,
    rows.map((line) => ({
      debit: { orgId: house, purpose: 'bank' },
      credit: { orgId: house, purpose: 'unmatched' },
      amountFen: line.amountFen,
      reason: 'payment',
      subjectId: line.id,
      eventId,
    })),
  )
}

async function freshOf(tx: Tx, lines: readonly FileLine[]): Promise<FileLine[]> {
  const known = new Map<string, typeof bankLines.$inferSelect>()
  for (let i = 0; i < lines.length; i += 1000) {
    const serials = lines.slice(i, i + 1000).map((line) => line.serial)
    const rows = await tx.select().from(bankLines).where(inArray(bankLines.serial, serials))
    for (const row of rows) known.set(row.serial, row)
  }
  const differs = lines.filter((line) => {
    const row = known.get(line.serial)
    return row && (row.amountFen !== line.amountFen || row.day !== line.day || row.payer !== line.payer)
  })
  if (differs.length > 0)
    throw new Fault('bank_serial_differs', '', { params: { lines: shown(differs.map((line) => line.row)) } })
  return lines.filter((line) => !known.has(line.serial))
}

async function counted(ctx: Ctx, id: string): Promise<Reply> {
  const [row] = await ctx.sql<Reply[]>`
    select i.lines, i.fresh, i.fresh_fen as "freshFen",
      (count(*) filter (where l.status = 'matched'))::int as matched,
      (count(*) filter (where l.status = 'proposed'))::int as proposed,
      (count(*) filter (where l.status not in ('matched', 'proposed') and l.id is not null))::int as unmatched
    from bank_imports i left join bank_lines l on l.import_id = i.id where i.id = ${id} group by i.id`
  if (!row) throw new Fault('not_found')
  return row
}
