import { type BinKind, binCodeOf, binSequenceOf } from '@huming/shared/reference/bins'
import { ZONE_IDS, type Zone } from '@huming/shared/reference/zones'
import type { bins } from '../../schema/bins.ts'
import { diceOf, sampleId } from '../ids.ts'
import { centralHubId, hubRows } from './places.ts'

type BinRow = typeof bins.$inferInsert

/** Bins of each kind in each zone: the central warehouse, the sub-centre. */
const counts: Record<BinKind, readonly [number, number]> = {
  dock: [2, 1],
  pick_face: [12, 6],
  reserve: [8, 3],
  near_expiry: [1, 1],
  quarantine: [1, 1],
  returns: [1, 1],
  destroy: [1, 1],
}

const countOf = (kind: BinKind, hubId: string): number => counts[kind][hubId === centralHubId ? 0 : 1]

/** The id of a sample bin. */
export const binId = (hubId: string, zone: Zone, kind: BinKind, serial = 1): string =>
  sampleId(`bin ${hubId} ${binCodeOf(zone, kind, serial)}`)

/** One of the bins of a kind, the same for the same name. */
export const binFor = (hubId: string, zone: Zone, kind: BinKind, name: string): string =>
  binId(hubId, zone, kind, diceOf(`bin ${name}`).whole(1, countOf(kind, hubId)))

/** All bins of the sample hubs. */
export const binRows = (): BinRow[] =>
  hubRows.flatMap(({ id: hubId }) =>
    ZONE_IDS.flatMap((zone) =>
      (Object.keys(counts) as BinKind[]).flatMap((kind) =>
        Array.from({ length: countOf(kind, hubId) }, (_, i) => ({
          id: binId(hubId, zone, kind, i + 1),
          hubId,
          code: binCodeOf(zone, kind, i + 1),
          zone,
          kind,
          sequence: binSequenceOf(kind, i + 1),
        })),
      ),
    ),
  )
