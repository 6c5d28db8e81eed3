import { doorCrate, farmCrate } from '../cast/crates.ts'
import { houseId } from '../cast/parties.ts'
import { buyerSites } from '../cast/places.ts'
import type { Book } from './book.ts'
import { oneOf } from './staff.ts'

export type CrateParty = { readonly kind: 'hub' | 'org' | 'driver'; readonly id: string }
/** Crates that change hands, before it is known whether the giver has so many. */
export type Told = {
  readonly at: Date
  readonly kind: string
  readonly hubId: string
  readonly typeId: string
  readonly from: CrateParty | null
  readonly to: CrateParty | null
  readonly count: number
  readonly subjectId: string
  readonly personId: string | null
  /** Told how many it were in truth. */
  readonly settled?: (count: number) => void
}

const warehouse = houseId('warehouse')
const orgOfSite = new Map(buyerSites().map(({ row }) => [row.id, row.orgId]))

/** Suppliers have crates from the beginning, buyers get theirs with the goods. */
export const supplierHolds = (turn: Told): boolean => turn.kind === 'receive' || turn.kind === 'send_back'

/** Every hand-over of the story by time. */
export function toldInOrder(book: Book): Told[] {
  return [...ofLoads(book), ...ofRuns(book)].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Each load brings its lots in crates and takes empties back. */
function ofLoads(book: Book): Told[] {
  const lines = Map.groupBy(book.consignmentLines, (line) => line.consignmentId)
  return book.consignments.flatMap(({ id, orgId, hubId, status, receivedAt }) => {
    if (status !== 'received' || !receivedAt) return []
    const lots = lines.get(id)?.length ?? 0
    const supplier: CrateParty = { kind: 'org', id: orgId }
    const hub: CrateParty = { kind: 'hub', id: hubId }
    const about = { hubId, typeId: farmCrate.id, subjectId: id }
    const personId = oneOf(warehouse, 'receiver')
    const back = new Date(receivedAt.getTime() + 60_000)
    return [
      { ...about, kind: 'receive', at: receivedAt, from: supplier, to: hub, count: lots * 4, personId },
      { ...about, kind: 'send_back', at: back, from: hub, to: supplier, count: lots * 4, personId },
    ]
  })
}

/** Out with the truck, left at doors and taken back, counted in again; one in nine is missing then. */
function ofRuns(book: Book): Told[] {
  const stops = Map.groupBy(book.stops, (stop) => stop.runId)
  return book.runs.flatMap((run, nth) => {
    const { id, hubId, driverPersonId, departAt, finishedAt } = run
    const own = stops.get(id) ?? []
    if (!driverPersonId || !finishedAt) return []
    const hub: CrateParty = { kind: 'hub', id: hubId }
    const driver: CrateParty = { kind: 'driver', id: driverPersonId }
    const about = { hubId, typeId: doorCrate.id, personId: driverPersonId }
    const loaded = own.reduce((sum, stop) => sum + (stop.cratesOut ?? 0), 0) + 2
    const atDoors = own.flatMap((stop): Told[] => {
      const buyer: CrateParty = { kind: 'org', id: orgOfSite.get(stop.siteId) as string }
      const at = stop.finishedAt ?? departAt
      const of = { ...about, subjectId: stop.id }
      return [
        { ...of, kind: 'deliver', at, from: driver, to: buyer, count: stop.cratesOut ?? 0 },
        {
          ...of,
          kind: 'take_back',
          at: new Date(at.getTime() + 1000),
          from: buyer,
          to: driver,
          count: stop.cratesBack ?? 0,
          settled: (count) => {
            stop.cratesBack = count
          },
        },
      ]
    })
    const back = own.reduce((sum, stop) => sum + (stop.cratesBack ?? 0), 0) + 2
    const in1 = new Date(finishedAt.getTime() - 60_000)
    const receiver = oneOf(warehouse, 'receiver')
    const missing = nth % 9 === 4 ? 1 : 0
    return [
      { ...about, kind: 'load', at: departAt, from: hub, to: driver, count: loaded, subjectId: id },
      ...atDoors,
      ...(missing > 0
        ? [
            {
              ...about,
              kind: 'lost',
              at: in1,
              from: driver,
              to: null,
              count: 1,
              subjectId: id,
              personId: oneOf(warehouse, 'lead'),
            },
          ]
        : []),
      {
        ...about,
        kind: 'unload',
        at: new Date(in1.getTime() + 1000),
        from: driver,
        to: hub,
        count: back - missing,
        subjectId: id,
        personId: receiver,
      },
    ]
  })
}
