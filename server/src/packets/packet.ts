import { buffer } from 'node:stream/consumers'
import { PAPERS } from '@huming/shared/reference/papers'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import { wordsIn } from '../documents/words.ts'
import { zipOf } from '../documents/zip.ts'
import type { BlobStore } from '../kernel/blob-store.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { type LotLabel, labelsOfLots } from '../production/read-lot-label.ts'
import { deliveryNote, goodsText } from './delivery-note.ts'
import { labelFacts } from './label-facts.ts'
import { type Packet, readPacket } from './read-goods.ts'
import { type Licence, type LotPaper, readPapers } from './read-papers.ts'

type Papers = { ofLots: LotPaper[]; licences: Licence[]; labels: ReadonlyMap<string, LotLabel> }

/**
 * All papers of a delivery in one file: the delivery note, what is on record for every lot, and the sellers'
 * licences. ZIP holds the uploaded papers as they are; PDF shows the pictures among them.
 */
export async function deliveryPacket(
  ctx: Ctx,
  store: BlobStore,
  orderId: string,
  format: 'zip' | 'pdf',
): Promise<{ name: string; bytes: Buffer }> {
  const packet = await readPacket(ctx, orderId)
  const labels = await labelsOfLots(ctx.db, [...new Set(packet.goods.map((one) => one.lotId))])
  const papers = {
    ...(await readPapers(ctx, packet)),
    labels: new Map(labels.map((label) => [label.lotId, label])),
  }
  const name = `${wordsIn(ctx.locale)('document.packet')} ${packet.head.number}`
  const bytes =
    format === 'zip'
      ? await zipPacket(ctx, store, packet, papers)
      : await pdfPacket(ctx, store, packet, papers)
  return { name, bytes }
}

async function pdfPacket(ctx: Ctx, store: BlobStore, packet: Packet, papers: Papers): Promise<Buffer> {
  const note = deliveryNote(packet, ctx.locale, ctx.now)
  const pictures: PdfPart[] = []
  for (const { fileId, mediaType } of [...papers.ofLots, ...papers.licences]) {
    // The layout engine draws these two; other files are in the archive.
    if (!fileId || (mediaType !== 'image/jpeg' && mediaType !== 'image/png')) continue
    const bytes = await bytesOf(store, fileId)
    if (!bytes) continue
    pictures.push({
      kind: 'pictures',
      urls: [`data:${mediaType};base64,${bytes.toString('base64')}`],
      large: true,
    })
  }
  const doc = {
    ...note,
    title: wordsIn(ctx.locale)('document.packet'),
    parts: [...note.parts, ...paperParts(ctx, packet, papers)],
  }
  if (pictures.length === 0) return writePdf(doc)
  // One damaged picture must not keep the other papers back; the archive has it as it was uploaded.
  return writePdf({ ...doc, parts: [...doc.parts, ...pictures] }).catch((error: unknown) => {
    ctx.log.warn({ err: error, orderId: packet.head.id }, 'pictures of a packet left out')
    return writePdf({
      ...doc,
      parts: [
        ...doc.parts,
        { kind: 'text', text: wordsIn(ctx.locale)('document.picturesLeftOut'), muted: true },
      ],
    })
  })
}

async function zipPacket(ctx: Ctx, store: BlobStore, packet: Packet, papers: Papers): Promise<Buffer> {
  const w = wordsIn(ctx.locale)
  const note = deliveryNote(packet, ctx.locale, ctx.now)
  const index = { ...note, parts: [...note.parts, ...paperParts(ctx, packet, papers)] }
  const files = [
    { name: `${w('document.deliveryNote')} ${packet.head.number}.pdf`, bytes: await writePdf(index) },
  ]
  const codeOf = new Map(packet.goods.map((one) => [one.lotId, one.code]))
  const sellerOf = new Map(packet.goods.map((one) => [one.supplierId, one.supplier]))
  const add = async (folder: string, paper: LotPaper | Licence) => {
    const bytes = paper.fileId ? await bytesOf(store, paper.fileId) : null
    if (!bytes) return
    const ending = paper.mediaType?.split('/')[1]?.replace('jpeg', 'jpg') ?? 'bin'
    files.push({
      name: `${folder}/${fileName(PAPERS[paper.kind][ctx.locale])} ${fileName(paper.number)}.${ending}`,
      bytes,
    })
  }
  for (const paper of papers.ofLots)
    await add(w('document.papersOfLot', { code: fileName(codeOf.get(paper.lotId) ?? '') }), paper)
  for (const licence of papers.licences)
    await add(`${w('document.licences')}/${fileName(sellerOf.get(licence.orgId) ?? '')}`, licence)
  return zipOf(files)
}

/** Free text must not open folders of its own in the archive. */
const fileName = (text: string): string => text.replaceAll(/[\\/]/g, '-').slice(0, 80)

const bytesOf = async (store: BlobStore, id: string): Promise<Buffer | null> =>
  (await store.has(id)) ? buffer(store.read(id)) : null

function paperParts(ctx: Ctx, packet: Packet, { ofLots, licences, labels }: Papers): PdfPart[] {
  const { locale } = ctx
  const w = wordsIn(locale)
  const lots = new Map(packet.goods.map((one) => [one.lotId, one]))
  const parts = [...lots.values()].flatMap((lot): PdfPart[] => {
    const own = ofLots.filter((paper) => paper.lotId === lot.lotId)
    const label = labels.get(lot.lotId)
    const head: PdfPart[] = [
      { kind: 'heading', text: w('document.papersOfLot', { code: lot.code }) },
      ...(label ? [{ kind: 'facts' as const, rows: labelFacts(label, locale) }] : []),
    ]
    if (own.length === 0) return [...head, { kind: 'text', text: w('document.noPaper'), muted: true }]
    return [
      ...head,
      { kind: 'table', ...lotTable(own, (quantity) => goodsText(lot, quantity, locale), locale) },
    ]
  })
  if (licences.length === 0) return parts
  const sellers = new Map(packet.goods.map((one) => [one.supplierId, one]))
  return [
    ...parts,
    { kind: 'heading', text: w('document.licences') },
    {
      kind: 'table',
      head: [
        w('document.supplier'),
        w('document.uscc'),
        w('document.paper'),
        w('document.number'),
        w('document.validTo'),
      ],
      rows: licences.map((paper) => [
        sellers.get(paper.orgId)?.supplier ?? '',
        sellers.get(paper.orgId)?.uscc ?? '—',
        PAPERS[paper.kind][locale],
        paper.number,
        paper.validTo,
      ]),
      widths: ['*', 100, 110, 100, 56],
    },
  ]
}

function lotTable(papers: readonly LotPaper[], text: (quantity: number) => string, locale: Ctx['locale']) {
  const w = wordsIn(locale)
  return {
    head: [
      w('document.paper'),
      w('document.number'),
      w('document.issuer'),
      w('document.origin'),
      w('document.issuedOn'),
      w('document.validTo'),
      w('document.covers'),
    ],
    rows: papers.map((paper) => [
      PAPERS[paper.kind][locale],
      paper.number,
      paper.issuer,
      paper.origin,
      paper.issuedOn,
      paper.validTo ?? '—',
      text(paper.quantity),
    ]),
    widths: [92, 90, '*', 70, 52, 52, 48] as const,
    numeric: [6],
  }
}
