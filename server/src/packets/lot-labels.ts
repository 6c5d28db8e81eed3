import { serviceDay } from '@huming/shared/days'
import { gs1Date } from '@huming/shared/identifiers/gs1-elements'
import { buildGs1Link } from '@huming/shared/identifiers/gs1-link'
import { ZONES, type Zone } from '@huming/shared/reference/zones'
import { codeSvg } from '../documents/codes.ts'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import { wordsIn } from '../documents/words.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { readLotRow } from '../stock/rows.ts'
import { nameIn } from './read-goods.ts'

/**
 * Case labels of a lot: what it is, lot, days and storage in words, the same as GS1-128 where the pack has a GTIN
 * (AIs 01, 10, 11, 17; else the lot code as Code 128), and the trace address as a QR code (GS1 Digital Link).
 */
export async function lotLabels(
  ctx: Ctx,
  id: string,
  { count, origin }: { count: number; origin: string },
): Promise<{ name: string; bytes: Buffer }> {
  allow(ctx, 'lot.read')
  const lot = await readLotRow(ctx.db, id)
  allow(ctx, 'lot.read', { orgId: lot.orgId, hubId: lot.hubId })
  const [sku] = await ctx.sql<{ gtin: string | null; zone: Zone; storage: string; nameEn: string }[]>`
    select s.gtin, s.zone, s.storage, p.name_en as "nameEn" from skus s join products p on p.id = s.product_id
    where s.id = ${lot.skuId}`
  const { gtin = null, zone = 'ambient', storage = '', nameEn = '' } = sku ?? {}
  const { locale } = ctx
  const w = wordsIn(locale)
  const label: PdfPart[] = [
    { kind: 'text', text: nameIn(locale, { name: lot.name, nameEn }), size: 13 },
    { kind: 'text', text: `${lot.spec} · ${lot.supplier}` },
    {
      kind: 'facts',
      rows: [
        [w('document.lot'), lot.code],
        [w('document.madeOn'), lot.madeOn ?? '—'],
        [w('document.useBy'), lot.useByDay],
        [w('document.storage'), storage || ZONES[zone][locale]],
      ],
    },
    {
      kind: 'beside',
      left: { kind: 'svg', svg: barcode(lot, gtin), width: 190 },
      right: { kind: 'svg', svg: codeSvg('qr', traceLink(origin, lot, gtin)), width: 66 },
    },
    { kind: 'text', text: w('document.scan'), size: 7, align: 'right' },
  ]
  const parts = Array.from({ length: count }, (_, i) => (i === 0 ? label : [pageBreak, ...label])).flat()
  return { name: lot.code, bytes: await writePdf({ title: lot.code, labelMm: [100, 75], parts }) }
}

const pageBreak: PdfPart = { kind: 'pageBreak' }

type Printed = { code: string; madeOn: string | null; useByDay: string }

/** A lot code longer than the 20 letters of AI 10 is printed as Code 128. */
function barcode({ code, madeOn, useByDay }: Printed, gtin: string | null): string {
  if (!gtin || code.length > 20) return codeSvg('code128', code)
  const made = madeOn ? `(11)${gs1Date(serviceDay(madeOn))}` : ''
  return codeSvg('gs1-128', `(01)${gtin}${made}(17)${gs1Date(serviceDay(useByDay))}(10)${code}`)
}

/** Where the QR code of a lot leads: a GS1 Digital Link where the pack has a GTIN, else our own trace address. */
export function traceLink(origin: string, { code }: { code: string }, gtin: string | null): string {
  if (!gtin || code.length > 20) return `${origin}/b/${encodeURIComponent(code)}`
  return buildGs1Link(origin, [
    { ai: '01', value: gtin },
    { ai: '10', value: code },
  ])
}
