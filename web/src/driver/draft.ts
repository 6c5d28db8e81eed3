import { missingEvidence } from '@huming/shared/evidence'
import { coldestOf, missingProof, type Proof, usualProofs } from '@huming/shared/proof'
import type { Counts } from '../crates/crate-counts.tsx'
import type { Line } from './goods.tsx'
import { useKeptDraft } from './kept-draft.ts'
import type { Run, Stop } from './overlay.ts'
import type { Shot } from './photo-shots.tsx'
import type { Refusal } from './refuse-drawer.tsx'

/** A hand-over as far as it has been told. */
export type Draft = {
  refusals: Readonly<Record<string, Refusal>>
  receiverName: string
  signature: Shot | null
  /** Told instead of signing; null: the receiver signs. */
  pin: string | null
  shots: Shot[]
  /** Tenths of °C by zone. */
  readings: Readonly<Record<string, number | null>>
  cratesOut: Counts
  cratesBack: Counts
  scanned: string[]
  byHand: { count: number | null; reason: string } | null
  doorOpenedAt: string | null
  doorClosedAt: string | null
  dropPoint: string
}
export type PartProps = { run: Run; stop: Stop; draft: Draft; set: (part: Partial<Draft>) => void }

const nothing: Refusal = { refused: 0, reason: null }

const emptyDraft = (stop: Stop): Draft => ({
  refusals: {},
  receiverName: stop.keyDrop ? '' : stop.contactName,
  signature: null,
  pin: proofsAt(stop).includes('signature') || !proofsAt(stop).includes('pin') ? null : '',
  shots: [],
  readings: {},
  cratesOut: {},
  cratesBack: {},
  scanned: [],
  byHand: null,
  doorOpenedAt: null,
  doorClosedAt: null,
  dropPoint: '',
})

/** The draft of a stop. */
export const useDraft = (stop: Stop) => useKeptDraft(stop.id, emptyDraft(stop))

/** What comes back of a line; of recalled goods all, whatever was chosen before the recall was known. */
export const refusalIn = (draft: Draft, line: Line): Refusal =>
  line.barred
    ? { refused: line.quantity, reason: 'recalled' }
    : line.warmHold === 'return' || line.warmHold === 'dispose'
      ? { refused: line.quantity, reason: 'too_warm' }
      : (draft.refusals[`${line.orderLineId}/${line.lotId}`] ?? nothing)

/** What may prove here that somebody took the goods. */
export const proofsAt = (stop: Stop): readonly Proof[] => stop.rule?.proofs ?? usualProofs

export const totesAboard = (stop: Stop) => stop.toteList.filter((tote) => tote.status === 'loaded')

/** The hand-over as the rules of proof see it. */
export function handOf(stop: Stop, draft: Draft) {
  const lines = stop.goods
    .flatMap((order) => order.lines)
    .map((line) => {
      const { refused, reason } = refusalIn(draft, line)
      const { orderLineId, lotId, zone } = line
      return { orderLineId, lotId, zone, delivered: line.quantity - refused, refused, reason }
    })
  const readings = Object.entries(draft.readings).flatMap(([zone, deciC]) =>
    deciC === null ? [] : [{ zone, deciC }],
  )
  const coldest = coldestOf(stop.zones)
  return {
    keyDrop: stop.keyDrop,
    lines,
    totes: totesAboard(stop).length,
    receiverName: draft.receiverName,
    receiverPin: draft.pin && /^\d{6}$/.test(draft.pin) ? draft.pin : null,
    signatureFileId: draft.pin === null ? (draft.signature?.id ?? null) : null,
    photoFileIds: draft.shots.map((shot) => shot.id),
    temperatureDeciC: coldest ? (draft.readings[coldest] ?? null) : null,
    evidence: {
      doorOpenedAt: draft.doorOpenedAt,
      doorClosedAt: draft.doorClosedAt,
      dropPoint: draft.dropPoint.trim(),
      shots: draft.shots.map((shot) => ({ fileId: shot.id, of: shot.of ?? ('other' as const) })),
      readings,
      unload: {
        scanned: draft.scanned,
        counted: draft.byHand?.count ?? null,
        reason: draft.byHand?.reason ?? '',
      },
      place: null,
      calledAt: null,
    },
  }
}

export type Missing = NonNullable<ReturnType<typeof missingProof> | ReturnType<typeof missingEvidence>>

/** The next thing the door lacks; null: it may be closed. */
export function missingIn(stop: Stop, draft: Draft): Missing | null {
  const hand = handOf(stop, draft)
  const first = missingEvidence(stop.rule, hand)
  // In the order of the screen: unloading and temperatures come before names.
  if (first === 'unload' || first === 'readings') return first
  return missingProof(hand, proofsAt(stop)) ?? first
}

/** The request's body. */
export function bodyOf(stop: Stop, draft: Draft) {
  const { keyDrop: _keyDrop, totes: _totes, lines, ...proof } = handOf(stop, draft)
  return { ...proof, crates: cratesOf(draft), lines: lines.map(({ zone: _zone, ...line }) => line) }
}

/** Both counts by type, as the request wants them. */
function cratesOf({ cratesOut, cratesBack }: Draft) {
  const typeIds = [...new Set([...Object.keys(cratesOut), ...Object.keys(cratesBack)])]
  return typeIds
    .map((typeId) => ({ typeId, out: cratesOut[typeId] ?? 0, back: cratesBack[typeId] ?? 0 }))
    .filter(({ out, back }) => out > 0 || back > 0)
}
