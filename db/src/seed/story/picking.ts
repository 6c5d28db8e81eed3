import { sayableNumber } from '@huming/shared/ids'
import { houseId } from '../cast/parties.ts'
import { handlingOfPack, sampleSscc, separationOfPack } from '../cast/picking.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Draft, DraftLine } from './draft.ts'
import { type DoneOrder, eveningBefore, type Night, type Portion } from './evening.ts'
import { about, type Scene } from './orders.ts'
import { oneOf } from './staff.ts'
import { homeBin } from './stocking.ts'

const warehouse = houseId('warehouse')

/** A wave that was picked: its promises, tasks, totes and what left the lots. Gives the id of the wave. */
export function noteWave(scene: Scene, night: Night, done: readonly DoneOrder[]): string {
  const { book } = scene
  const { hubId, day } = night
  const releasedAt = eveningBefore(day, 22 * 60 + 10)
  const pickedAt = eveningBefore(day, 23 * 60 + 45)
  const createdAt = eveningBefore(day, 22 * 60 + 1)
  const id = sampleId(`wave ${hubId} ${day} ${done[0]?.draft.id}`, createdAt)
  const lead = oneOf(warehouse, 'lead')
  const cutLines = done.flatMap((one) => one.lines).filter((one) => one.fate.cut > 0).length
  const lines = done.reduce((sum, one) => sum + one.lines.length, 0)
  book.waves.push({
    id,
    hubId,
    day,
    seq: night.waveSeq,
    status: 'picked',
    createdAt,
    releasedAt,
    releasedBy: lead,
    pickedAt,
    summary: {
      orders: done.length,
      lines,
      cutLines,
      ...(cutLines > 0 ? { cut_supply_short: cutLines } : {}),
    },
  })
  tell(book, { type: 'wave.planned', at: createdAt, subjectId: id, hubId, payload: { day } })
  if (!scene.lean) {
    const actor = { personId: lead, actorOrgId: warehouse }
    tell(book, {
      type: 'wave.released',
      at: releasedAt,
      subjectId: id,
      hubId,
      ...actor,
      payload: { day, lines },
    })
  }
  for (const [turn, order] of done.entries()) notePicks(scene, night, id, order, turn)
  tell(book, { type: 'wave.picked', at: pickedAt, subjectId: id, hubId, payload: { day } })
  return id
}

function notePicks(
  scene: Scene,
  night: Night,
  waveId: string,
  { draft, lines, failed }: DoneOrder,
  turn: number,
): void {
  const { book } = scene
  const { day, hubId } = night
  const picker = oneOf(warehouse, 'picker', turn)
  const at = new Date(eveningBefore(day, 22 * 60 + 15).getTime() + (turn % 80) * 60_000)
  book.waveOrders.push({ orderId: draft.id, waveId })
  const orderEvent = tell(book, { type: 'order.picked', at, ...about(draft), payload: { waveId } })
  const totes = noteTotes(scene, night, waveId, { draft, lines, failed })
  for (const { line, portions, fate } of lines) {
    if (fate.cut > 0) {
      const payload = { orderId: draft.id, lineId: line.id, quantity: fate.cut, reason: fate.cutReason }
      tell(book, { type: 'order.line_cut', at, ...about(draft), key: line.id, payload })
    }
    for (const portion of portions) {
      const toteId = totes.get(toteKey(line, portion)) as string
      const place = { waveId, toteId, hubId, picker, at, orderEvent }
      notePick(scene, draft, line, portion, place)
    }
  }
}

type Place = {
  readonly waveId: string
  readonly toteId: string
  readonly hubId: string
  readonly picker: string
  readonly at: Date
  readonly orderEvent: string
}

/** One pick: the promise it ends, the task, and what left the lot. */
function notePick(
  scene: Scene,
  draft: Draft,
  line: DraftLine,
  { lot, quantity, picked }: Portion,
  place: Place,
): void {
  const { book } = scene
  const { waveId, toteId, hubId, picker, at } = place
  const name = `${line.id} ${lot.id}`
  const taskId = sampleId(`task ${name}`, at)
  const promiseId = sampleId(`promise ${name}`, draft.placedAt)
  book.promises.push({ id: promiseId, orderLineId: line.id, lotId: lot.id, quantity, pickedQuantity: picked })
  book.pickTasks.push({
    id: taskId,
    waveId,
    orderId: draft.id,
    orderLineId: line.id,
    promiseId,
    lotId: lot.id,
    toteId,
    zone: line.pack.zone,
    quantity,
    status: 'done',
    pickedQuantity: picked,
    netGrams: line.pack.catchWeight ? picked : null,
    shortReason: null,
    pickedBy: picker,
    pickedAt: at,
  })
  const actor = { personId: picker, actorOrgId: warehouse }
  const payload = { waveId, orderId: draft.id, lineId: line.id, lotId: lot.id, quantity: picked }
  const done = { type: 'pick.done', at, subjectId: taskId, orgId: draft.site.row.orgId, hubId, payload }
  const eventId = scene.lean ? place.orderEvent : tell(book, { ...done, ...actor })
  book.movements.push({
    id: sampleId(`pick ${name}`, at),
    lotId: lot.id,
    hubId,
    kind: 'pick',
    quantity: -picked,
    fromBinId: homeBin(lot),
    toBinId: null,
    subjectId: taskId,
    reason: '',
    eventId,
    at,
  })
  if (picked > 0)
    book.traceEdges.push({
      fromId: lot.id,
      toId: draft.id,
      kind: 'picked',
      lotId: null,
      quantity: picked,
      toQuantity: picked,
      eventId,
      at,
    })
}

/** What lies in one tote: goods of a zone and class of separation, loose goods by the lot. */
function toteKey({ pack, product }: DraftLine, { lot }: Portion): string {
  const { loose } = handlingOfPack(pack, product)
  return [pack.zone, separationOfPack(pack, product), loose ? lot.id : ''].join('/')
}

/** The totes of an order: see `toteKey`. */
function noteTotes(
  scene: Scene,
  { day }: Night,
  waveId: string,
  { draft, lines, failed }: DoneOrder,
): Map<string, string> {
  const keys = new Set(
    lines.flatMap(({ line, portions }) => portions.map((portion) => toteKey(line, portion))),
  )
  const sealedAt = eveningBefore(day, 23 * 60 + 50)
  return new Map(
    [...keys].map((key, i) => {
      const [zone, separation, looseLotId] = key.split('/') as [string, string, string]
      const id = sampleId(`tote ${draft.id} ${key}`, eveningBefore(day, 22 * 60 + 10))
      const code = sayableNumber('T', id)
      scene.book.totes.push({
        id,
        code,
        sscc: sampleSscc((scene.totesBefore ?? 0) + scene.book.totes.length + 1),
        separation,
        looseLotId: looseLotId || null,
        part: i + 1,
        checkedAt: sealedAt,
        waveId,
        orderId: draft.id,
        zone,
        status: failed ? 'returned' : 'delivered',
        sealNumber: `F${code.slice(-6)}`,
        sealedAt,
        loadedAt: new Date(sealedAt.getTime() + 600_000),
      })
      return [key, id]
    }),
  )
}
