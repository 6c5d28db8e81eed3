import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Door } from '../kernel/routes.ts'
import { recallDoc } from './read-recall.ts'
import { reportDoc } from './report-doc.ts'

/** The report of a recall or drill as PDF in Chinese, as the books stand now; until it is final it says so. */
export async function sendReport(ctx: Ctx, id: string, door: Door): Promise<unknown> {
  allow(ctx, 'recall.read')
  const recall = await recallDoc(ctx.db, ctx, id)
  const bytes = await writePdf(reportDoc(recall, ctx.now))
  return sendFile(door, 'pdf', `${recall.drill ? '召回演练报告' : '召回报告'}-${recall.number}`, bytes)
}
