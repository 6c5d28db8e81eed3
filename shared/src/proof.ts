import { judgeTemperature, ZONE_IDS, ZONES, type Zone } from './reference/zones.ts'

/** Of these zones the coldest that asks for a reading at hand-over; null when none does. */
export function coldestOf(zones: readonly string[]): Zone | null {
  return ZONE_IDS.find((zone) => ZONES[zone].readingRequired && zones.includes(zone)) ?? null
}

/** What may prove that somebody took the goods. */
export const PROOFS = ['signature', 'pin', 'photo'] as const
export type Proof = (typeof PROOFS)[number]
/** Where no rule says otherwise. */
export const usualProofs: readonly Proof[] = ['signature', 'pin']

/** Weighed so much less at the door: is it the scale's own error by the rule, in basis points? Base units. */
export const isScaleError = (quantity: number, less: number, toleranceBp: number): boolean =>
  less * 10_000 <= quantity * toleranceBp

/** A hand-over as far as its proof goes. */
export type HandOver = {
  /** Nobody is there: goods are left in an agreed place. */
  readonly keyDrop: boolean
  readonly lines: readonly { readonly zone: string; readonly delivered: number }[]
  readonly receiverName: string
  readonly signatureFileId: string | null
  /** The receiver's number, told instead of signing. */
  readonly receiverPin?: string | null
  readonly photoFileIds: readonly string[]
  readonly temperatureDeciC: number | null
}
type Missing = 'temperatureDeciC' | 'signatureFileId' | 'receiverPin' | 'receiverName' | 'photoFileIds'

/** How the reading is judged for the coldest goods of the stop; null without cold goods or reading. */
export function judgeHandOver({ lines, temperatureDeciC }: HandOver): 'fine' | 'warn' | 'reject' | null {
  const coldest = coldestOf(lines.map((line) => line.zone))
  return coldest && temperatureDeciC !== null ? judgeTemperature(coldest, temperatureDeciC) : null
}

/**
 * What a hand-over still lacks, or null. Cold goods need a reading. Taken goods need the receiver's name and one of
 * the proofs that the door's rule takes; a key-drop a photo; goods all refused, a photo or a signature. Cold goods
 * taken though measured too warm need a photo besides.
 */
export function missingProof(hand: HandOver, proofs: readonly Proof[] = usualProofs): Missing | null {
  if (coldestOf(hand.lines.map((line) => line.zone)) && hand.temperatureDeciC === null)
    return 'temperatureDeciC'
  const taken = hand.lines.filter((line) => line.delivered > 0)
  const photographed = hand.photoFileIds.length > 0
  const coldTaken = coldestOf(taken.map((line) => line.zone)) !== null
  if (judgeHandOver(hand) === 'reject' && coldTaken && !photographed) return 'photoFileIds'
  if (hand.keyDrop) return photographed ? null : 'photoFileIds'
  if (taken.length === 0) return photographed || hand.signatureFileId !== null ? null : 'photoFileIds'
  if (hand.receiverName.trim() === '') return 'receiverName'
  const given: Record<Proof, boolean> = {
    signature: hand.signatureFileId !== null,
    pin: Boolean(hand.receiverPin),
    photo: photographed,
  }
  const [first = 'signature'] = proofs
  return proofs.some((proof) => given[proof]) ? null : fieldOf[first]
}

const fieldOf = { signature: 'signatureFileId', pin: 'receiverPin', photo: 'photoFileIds' } as const
