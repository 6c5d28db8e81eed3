import { writePdf } from '../documents/pdf.ts'
import { sendFile } from '../documents/send-file.ts'
import type { BlobStore } from '../kernel/blob-store.ts'
import { type On, originOf } from '../kernel/routes.ts'
import { deliveryNote } from './delivery-note.ts'
import { lotLabels } from './lot-labels.ts'
import { deliveryPacket } from './packet.ts'
import { readPacket } from './read-goods.ts'
import { runNotes } from './run-notes.ts'

export function packetRoutes(on: On, store: BlobStore): void {
  on('packets.deliveryNote', async (ctx, { params }, door) => {
    const doc = deliveryNote(await readPacket(ctx, params.id), ctx.locale, ctx.now)
    return sendFile(door, 'pdf', `${doc.title} ${doc.sub ?? ''}`, await writePdf(doc))
  })
  on('packets.packet', async (ctx, { params, query }, door) => {
    const { name, bytes } = await deliveryPacket(ctx, store, params.id, query.format)
    return sendFile(door, query.format, name, bytes)
  })
  on('packets.runNotes', async (ctx, { params }, door) => {
    const { name, bytes } = await runNotes(ctx, params.id)
    return sendFile(door, 'pdf', name, bytes)
  })
  on('packets.lotLabels', async (ctx, { params, query }, door) => {
    const { name, bytes } = await lotLabels(ctx, params.id, { ...query, origin: originOf(door) })
    return sendFile(door, 'pdf', name, bytes)
  })
}
