import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField } from '../fields.ts'

/** Papers of a delivery as files to print or keep. */
export const packetContracts = {
  'packets.deliveryNote': contract({
    method: 'GET',
    path: '/api/orders/:id/delivery-note',
    access: 'packet.read',
    summary: 'Delivery note of an order as PDF: lots, quantities, hand-over (食品安全法 Art. 53)',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
    problems: ['nothing_packed'],
  }),
  'packets.packet': contract({
    method: 'GET',
    path: '/api/orders/:id/packet',
    access: 'packet.read',
    summary:
      'All papers of a delivery: delivery note, certificates and tests of every lot, licences of the sellers',
    params: z.object({ id: idField }),
    query: z.object({ format: z.enum(['zip', 'pdf']).default('zip') }),
    reply: z.unknown(),
    raw: 'stream',
    problems: ['nothing_packed'],
  }),
  'packets.runNotes': contract({
    method: 'GET',
    path: '/api/runs/:id/delivery-notes',
    access: 'run.read',
    summary: 'Delivery notes of a run in the order of its stops, one PDF',
    params: z.object({ id: idField }),
    reply: z.unknown(),
    raw: 'stream',
    problems: ['nothing_packed'],
  }),
  'packets.lotLabels': contract({
    method: 'GET',
    path: '/api/lots/:id/labels',
    access: 'lot.read',
    summary: 'Case labels of a lot (100 × 75 mm) with barcode and trace code',
    params: z.object({ id: idField }),
    query: z.object({ count: z.coerce.number().int().min(1).max(200).default(1) }),
    reply: z.unknown(),
    raw: 'stream',
  }),
} as const
