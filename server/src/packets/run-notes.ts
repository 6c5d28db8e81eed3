import { instantText } from '@huming/shared/days'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import { wordsIn } from '../documents/words.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { noteParts } from './delivery-note.ts'
import { packetOf } from './read-goods.ts'

/** The delivery notes of a run in the order of its stops, each on a page of its own. */
export async function runNotes(ctx: Ctx, runId: string): Promise<{ name: string; bytes: Buffer }> {
  allow(ctx, 'run.read')
  const [row] = await ctx.sql<
    { hubId: string; driverPersonId: string | null; day: string; seq: number; hub: string; plate: string }[]
  >`
    select r.hub_id as "hubId", r.driver_person_id as "driverPersonId", r.day, r.seq, h.name as hub, v.plate
    from runs r join hubs h on h.id = r.hub_id join vehicles v on v.id = r.vehicle_id where r.id = ${runId}`
  const run = found(row)
  allow(ctx, 'run.read', { hubId: run.hubId, driverPersonId: run.driverPersonId, runId })
  const orders = await ctx.sql<{ id: string }[]>`
    select x.order_id as id from stops s join stop_orders x on x.stop_id = s.id join orders o on o.id = x.order_id
    where s.run_id = ${runId} order by s.seq, o.number`
  const w = wordsIn(ctx.locale)
  const parts: PdfPart[] = []
  let sample = false
  for (const { id } of orders) {
    const packet = await packetOf(ctx, id)
    if (packet.goods.length === 0) continue
    sample ||= packet.head.isSample
    if (parts.length > 0) parts.push({ kind: 'pageBreak' })
    parts.push({ kind: 'heading', text: `${w('document.order')} ${packet.head.number}` })
    parts.push(...noteParts(packet, ctx.locale))
  }
  if (parts.length === 0) throw new Fault('nothing_packed')
  const name = `${w('document.deliveryNote')} ${run.day} ${run.plate}`
  const bytes = await writePdf({
    title: name,
    sub: `${run.hub} #${run.seq}`,
    foot: w('document.printedAt', { at: instantText(ctx.now, ctx.locale) }),
    ...(sample ? { watermark: w('document.sample') } : {}),
    parts,
  })
  return { name, bytes }
}
