import { instantText } from '@huming/shared/days'
import type { Locale } from '@huming/shared/locale'
import { quantityText } from '@huming/shared/quantity'
import { temperatureText, ZONES } from '@huming/shared/reference/zones'
import { codeSvg } from '../documents/codes.ts'
import type { PdfDoc, PdfPart } from '../documents/pdf-doc.ts'
import { wordsIn } from '../documents/words.ts'
import { nameIn, type Packet, type PacketGoods, type PacketHead } from './read-goods.ts'

/** A quantity as the pack is counted: kilograms for catch weight, else its order unit. */
export function goodsText(goods: PacketGoods, quantity: number, locale: Locale): string {
  const conversions = [{ unit: goods.orderUnit, size: goods.basePerOrderUnit, variable: goods.catchWeight }]
  const unit = goods.catchWeight && goods.baseUnit === 'g' ? 'kg' : goods.orderUnit
  return quantityText(quantity, unit, { baseUnit: goods.baseUnit, conversions }, locale)
}

/**
 * The outbound record a food wholesaler owes each buyer: name, pack, quantity, lot, life, day, buyer with address and
 * contact (食品安全法 Art. 53), and the hand-over with its temperature (GB 31605-2020).
 */
export function deliveryNote(packet: Packet, locale: Locale, printedAt: Date): PdfDoc {
  const w = wordsIn(locale)
  const { head } = packet
  return {
    title: w('document.deliveryNote'),
    sub: `${w('document.order')} ${head.number}`,
    code: { svg: codeSvg('qr', head.number), width: 56 },
    foot: [head.hub, w('document.printedAt', { at: instantText(printedAt, locale) })].join(' · '),
    ...(head.isSample ? { watermark: w('document.sample') } : {}),
    parts: noteParts(packet, locale),
  }
}

/** The note without its head, so that several can follow each other. */
export function noteParts({ head, goods, evidence }: Packet, locale: Locale): PdfPart[] {
  const w = wordsIn(locale)
  const refused = goods.some((one) => one.refused > 0)
  return [
    { kind: 'facts', rows: whoRows(head, locale) },
    { kind: 'heading', text: w('document.goods') },
    {
      kind: 'table',
      head: [
        w('document.name'),
        w('document.spec'),
        w('document.lot'),
        w('document.madeOn'),
        w('document.useBy'),
        w('document.supplier'),
        w('document.quantity'),
        ...(refused ? [w('document.refused')] : []),
      ],
      rows: goods.map((one) => [
        nameIn(locale, one),
        one.spec,
        one.code,
        one.madeOn ?? '—',
        one.useByDay,
        one.supplier,
        goodsText(one, one.quantity, locale),
        ...(refused ? [one.refused > 0 ? goodsText(one, one.refused, locale) : ''] : []),
      ]),
      widths: ['*', 70, 82, 52, 52, 80, 52, ...(refused ? [44] : [])],
      numeric: refused ? [6, 7] : [6],
    },
    ...handOver(head, evidence, locale),
  ]
}

function whoRows(head: PacketHead, locale: Locale): [string, string][] {
  const w = wordsIn(locale)
  return [
    [w('document.buyer'), head.buyer],
    [w('document.day'), head.day],
    [w('document.site'), head.site],
    [w('document.contact'), `${head.contactName} ${head.contactPhone}`],
    [w('document.address'), head.address],
    [w('document.hub'), head.hub],
    ...(head.plate ? ([[w('document.plate'), head.plate]] as [string, string][]) : []),
  ]
}

function handOver(head: PacketHead, evidence: Packet['evidence'], locale: Locale): PdfPart[] {
  const w = wordsIn(locale)
  const signs: PdfPart = { kind: 'signatures', names: [w('document.signSender'), w('document.signReceiver')] }
  if (!head.finishedAt) return [signs]
  const degrees = head.temperatureDeciC === null ? '—' : `${(head.temperatureDeciC / 10).toFixed(1)} ℃`
  return [
    { kind: 'heading', text: w('document.handOver') },
    {
      kind: 'facts',
      rows: [
        [w('document.arrived'), head.arrivedAt ? instantText(head.arrivedAt, locale) : '—'],
        [w('document.receiver'), head.receiverName ?? ''],
        [w('document.temperature'), degrees],
        ...evidence.map((one): [string, string] => [
          w('document.evidence', { zone: ZONES[one.zone][locale] }),
          w('document.evidenceText', {
            low: temperatureText(one.lowest),
            high: temperatureText(one.highest),
            mean: temperatureText(one.mean),
            minutes: one.minutesOut,
            count: one.readings,
          }),
        ]),
        [w('document.crates'), `${head.cratesOut ?? 0} / ${head.cratesBack ?? 0}`],
      ],
    },
    signs,
  ]
}
