import type { Zone } from './zones.ts'

/**
 * Kinds of bins. From sellable ones buyers are served. The others are kept apart by law (上海市食品安全条例 Art. 29:
 * near-expiry goods have their own place, expired goods are destroyed; Art. 30: returned goods never go back on sale).
 */
export const BIN_KINDS = {
  pick_face: { zh: '拣货位', en: 'Pick face', letter: 'P', sellable: true },
  near_expiry: { zh: '临期专区', en: 'Near expiry', letter: 'N', sellable: true },
  dock: { zh: '月台', en: 'Dock', letter: 'D', sellable: true },
  reserve: { zh: '存储位', en: 'Reserve', letter: 'R', sellable: true },
  quarantine: { zh: '隔离区', en: 'Quarantine', letter: 'Q', sellable: false },
  returns: { zh: '退货区', en: 'Returns', letter: 'T', sellable: false },
  destroy: { zh: '待销毁区', en: 'To destroy', letter: 'X', sellable: false },
} as const satisfies Record<string, { zh: string; en: string; letter: string; sellable: boolean }>

export type BinKind = keyof typeof BIN_KINDS

/** In the order in which goods of one lot are taken: what is at hand first, the reserve last. */
export const BIN_KIND_IDS = Object.keys(BIN_KINDS) as BinKind[]

export const SELLABLE_BIN_KINDS = BIN_KIND_IDS.filter((kind) => BIN_KINDS[kind].sellable)

export const isSellableBin = (kind: string): boolean => (SELLABLE_BIN_KINDS as string[]).includes(kind)

const zonePrefix: Record<Zone, string> = {
  frozen: 'FZ',
  chilled_meat: 'CM',
  chilled: 'CH',
  cool: 'CO',
  ambient: 'AM',
  live: 'LV',
}

/** The code a bin gets when nobody chose one: `FZ-D01` is the first dock place of the freezer. */
export const binCodeOf = (zone: Zone, kind: BinKind, serial: number): string =>
  `${zonePrefix[zone]}-${BIN_KINDS[kind].letter}${String(serial).padStart(2, '0')}`

/** Walking order of a bin by its kind and serial: docks first, then pick faces, then the rest. */
export const binSequenceOf = (kind: BinKind, serial: number): number =>
  (kind === 'dock' ? 0 : (BIN_KIND_IDS.indexOf(kind) + 1) * 1000) + serial
