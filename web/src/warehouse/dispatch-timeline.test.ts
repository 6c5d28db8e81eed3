import { expect, test } from 'vitest'
import { bestPlaces, placeOf, stepped } from './dispatch-drop.ts'
import { latenessOf, scaleOf, segmentsOf, seqAt } from './dispatch-timeline.ts'
import type { Target } from './dispatch-types.ts'

const at = (clock: string): string => `2026-11-25T${clock}:00+08:00`
const call = (trip: number, arrive: string, start: string, leave: string) => ({
  trip,
  arriveAt: at(arrive),
  startAt: at(start),
  leaveAt: at(leave),
})
const told = (segments: ReturnType<typeof segmentsOf>) =>
  segments.map(({ kind, from, to }) => `${kind} ${(to - from) / 60_000}`)

test('a run is drawn without a gap: drive, wait, unload, rest on the way, home', () => {
  const run = {
    departAt: at('03:00'),
    returnAt: at('05:30'),
    rests: [{ from: at('04:10'), to: at('04:30') }],
    stops: [call(1, '03:30', '03:40', '04:00'), call(1, '04:50', '04:50', '05:00')],
  }
  const pieces = segmentsOf(run)
  expect(told(pieces)).toEqual([
    'drive 30',
    'wait 10',
    'service 20',
    'drive 10',
    'rest 20',
    'drive 20',
    'service 10',
    'drive 30',
  ])
  pieces.slice(1).forEach((piece, i) => expect(piece.from).toBe(pieces[i]?.to))
})

test('the way to a second trip is a reload', () => {
  const stops = [call(1, '03:30', '03:30', '03:40'), call(2, '05:00', '05:00', '05:10')]
  const run = { departAt: at('03:00'), returnAt: at('05:40'), rests: [], stops }
  expect(told(segmentsOf(run))[2]).toBe('reload 80')
  const known = { ...run, reloads: [{ from: at('04:00'), to: at('04:40') }] }
  expect(told(segmentsOf(known)).slice(2, 5)).toEqual(['drive 20', 'reload 40', 'drive 20'])
})

test('the scale is whole hours around all runs, two at least', () => {
  const run = (departAt: string, returnAt: string) => ({ departAt, returnAt, rests: [], stops: [] })
  const scale = scaleOf([run(at('03:20'), at('06:10')), run(at('02:59'), at('04:00'))])
  expect(scale.hours).toHaveLength(5)
  expect(scale.from).toBe(Date.parse(at('02:00')))
  expect(scaleOf([run(at('03:20'), at('03:30'))]).hours).toHaveLength(2)
})

test('dropped at a time, a stop stands after those that begin before', () => {
  const starts = [at('03:00'), at('04:00')]
  expect(['02:00', '03:30', '05:00'].map((clock) => seqAt(starts, Date.parse(at(clock))))).toEqual([1, 2, 3])
})

test('lateness counts stops begun after their window, in minutes', () => {
  const runs = [{ stops: [{ startAt: at('05:00') }, { startAt: at('06:00') }] }]
  expect(latenessOf(runs, () => at('05:30'))).toEqual({ stops: 1, minutes: 30 })
})

const target = (plate: string, deltas: number[], over: Partial<Target> = {}): Target => ({
  runId: `run-${plate}`,
  vehicleId: plate,
  plate,
  status: 'planned',
  troubles: [],
  refused: false,
  places: deltas.map((deltaFen, i) => ({
    seq: i + 1,
    trip: 1,
    refused: false,
    deltaFen,
    deltaMetres: 0,
    arriveAt: at('04:00'),
    lateSeconds: 0,
    lateStops: 0,
    returnAt: at('06:00'),
    troubles: [],
  })),
  ...over,
})

test('over a whole run the cheapest place is meant; one past the end is its last', () => {
  const targets = [target('A', [30, 10, 20])]
  expect(placeOf(targets, { key: 'run-A', seq: null }).place?.seq).toBe(2)
  expect(placeOf(targets, { key: 'run-A', seq: 9 }).place?.seq).toBe(3)
  expect(placeOf(targets, { key: 'elsewhere', seq: 1 })).toEqual({ target: null, place: null })
  expect(placeOf(targets, null).place).toBeNull()
})

test('arrow keys stay within a run and go round the runs', () => {
  const targets = [target('A', [1, 2]), target('B', [5, 4], { runId: null })]
  const start = { key: 'run-A', seq: 1 }
  expect(stepped(targets, start, 'ArrowUp')).toEqual({ ...start, trip: 1 })
  expect(stepped(targets, start, 'ArrowDown')).toEqual({ key: 'run-A', seq: 2, trip: 1 })
  expect(stepped(targets, start, 'ArrowRight')).toEqual({ key: 'B', seq: 2, trip: 1 })
  expect(stepped(targets, start, 'ArrowLeft')).toEqual({ key: 'B', seq: 2, trip: 1 })
  expect(stepped(targets, null, 'ArrowDown')).toEqual({ key: 'run-A', seq: 1, trip: 1 })
  expect(stepped([], null, 'ArrowDown')).toBeNull()
  expect(stepped([], start, 'ArrowDown')).toEqual({ key: 'run-A', seq: 2 })
  expect(stepped([], start, 'ArrowUp')).toEqual(start)
})

test('between two trips a place is on either: the one with room is meant, keys go through both', () => {
  const [full] = [target('A', [5, 9])]
  const [one, last] = full.places as [Target['places'][number], Target['places'][number]]
  const places = [
    { ...one, refused: true },
    { ...last, refused: true, deltaFen: 1 },
    { ...last, trip: 2 },
  ]
  const targets = [{ ...full, places }]
  const over = { key: 'run-A', seq: 2 }
  expect(placeOf(targets, over).place?.trip).toBe(2)
  expect(placeOf(targets, { ...over, trip: 1 }).place?.deltaFen).toBe(1)
  expect(placeOf(targets, { key: 'run-A', seq: null }).place?.trip).toBe(2)
  expect(stepped(targets, { ...over, trip: 1 }, 'ArrowDown')).toEqual({ ...over, trip: 2 })
  expect(stepped(targets, { ...over, trip: 2 }, 'ArrowUp')).toEqual({ ...over, trip: 1 })
})

test('places worth trying leave out what is refused and put troubles last', () => {
  const targets = [
    target('full', [-100], { refused: true, troubles: ['capacity'] }),
    target('banned', [1], { troubles: ['size'] }),
    target('dear', [50]),
    target('cheap', [20]),
  ]
  expect(bestPlaces(targets, 3).map((one) => one.target.plate)).toEqual(['cheap', 'dear', 'banned'])
})
