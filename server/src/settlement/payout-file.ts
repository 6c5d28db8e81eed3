import { unseal } from '@huming/db/seal'
import { sayableNumber } from '@huming/shared/ids'
import { sql } from 'drizzle-orm'
import { gb18030 } from '../documents/gb18030.ts'
import { sendFile } from '../documents/send-file.ts'
import { type Column, csvOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault } from '../kernel/fault.ts'
import type { Door } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { lockBatch } from './payout-rows.ts'
import { refuseUnverified } from './send-payout.ts'

type FileRow = {
  id: string
  holder: string
  sealed: string
  bankName: string
  bankCode: string
  amountFen: number
  purpose: string
}

/**
 * Columns of the bank's batch transfer (批量转账): serial number, payee, account, bank, branch number (联行号), amount in
 * yuan, what for, and our number, which the bank's answer repeats.
 */
const columns: Column<FileRow & { serial: number }>[] = [
  { head: '序号', of: (row) => row.serial },
  { head: '收款人户名', of: (row) => row.holder },
  { head: '收款账号', of: (row) => unseal(row.sealed) },
  { head: '开户行', of: (row) => row.bankName },
  { head: '联行号', of: (row) => row.bankCode },
  { head: '金额', of: (row) => yuan(row.amountFen) },
  { head: '用途', of: (row) => (row.purpose === 'payable' ? '货款' : '佣金') },
  { head: '付款单号', of: (row) => sayableNumber('F', row.id) },
]

/** Exact to the fen, without a sign or thousands. */
const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/**
 * The file for the bank, once two people have approved the batch. It tells whole account numbers, so who takes it is
 * written down.
 */
export async function payoutFile(
  ctx: Ctx,
  { id, encoding }: { id: string; encoding: 'gb18030' | 'utf8' },
  door: Door,
): Promise<unknown> {
  allow(ctx, 'payout.write')
  const rows = await inTransaction(ctx, async (tx) => {
    const { batch, rows: payouts } = await lockBatch(tx, id)
    if (batch.way !== 'bank' || (batch.status !== 'approved' && batch.status !== 'sent'))
      throw new Fault('wrong_state')
    await refuseUnverified(tx, payouts)
    await emit(tx, ctx, { type: 'payoutBatch.fileTaken', subjectId: id, orgId: batch.orgId })
    return docs<FileRow>(
      tx,
      sql`select p.id, a.holder, a.number_sealed as sealed, a.bank_name as "bankName", a.bank_code as "bankCode",
        p.amount_fen as "amountFen", p.purpose from payouts p join org_bank_accounts a on a.id = p.bank_account_id
        where p.batch_id = ${id} order by a.holder, p.id`,
    )
  })
  const utf8 = csvOf(
    columns,
    rows.map((row, i) => ({ ...row, serial: i + 1 })),
  )
  const bytes = encoding === 'utf8' ? utf8 : gb18030(utf8.toString('utf8').replace(/^\uFEFF/, ''))
  return sendFile(door, 'csv', `付款批次 ${sayableNumber('F', id)}`, bytes)
}
