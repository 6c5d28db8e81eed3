import { expect, test } from 'vitest'
import {
  inList,
  isAtDock,
  nextAct,
  overlay,
  type Run,
  type Stop,
  toteOf,
  tripNow,
  tripToLoad,
  type Waiting,
  waitsFor,
} from './overlay.ts'

const line = (n: number) => ({
  orderLineId: `l${n}`,
  lotId: `lot${n}`,
  quantity: 100,
  delivered: null,
  refused: 0,
  refuseReason: null,
})
const stop = (id: string, over: object = {}) =>
  ({
    id,
    trip: 1,
    zones: [],
    status: 'waiting',
    goods: [{ orderId: 'o', lines: [line(1), line(2)] }],
    ...over,
  }) as unknown as Stop
const run = (stops: Stop[], status = 'on_road') =>
  ({ id: 'r', status, tripsGone: 1, stops }) as unknown as Run
const act = (stopId: string, what: object, problem: Waiting['problem'] = null) =>
  ({ stopId, runId: 'r', at: '2026-11-25T03:30:00Z', problem, ...what }) as unknown as Waiting
const told = (n: number, delivered: number, refused = 0) => ({
  orderLineId: `l${n}`,
  lotId: `lot${n}`,
  delivered,
  refused,
  reason: refused > 0 ? 'damaged' : null,
})
const deliver = (...lines: object[]) => ({ kind: 'deliver', body: { lines, receiverName: '示例' } })

test('waiting actions show at once, in their order', () => {
  const after = overlay(run([stop('a'), stop('b')]), [
    act('a', { kind: 'arrive', body: {} }),
    act('a', deliver(told(1, 100), told(2, 60, 40))),
    act('b', { kind: 'arrive', body: {} }),
  ])
  expect(after.stops.map((one) => one.status)).toEqual(['partial', 'arrived'])
  expect(
    after.stops[0]?.goods[0]?.lines.map((one) => [one.delivered, one.refused, one.refuseReason]),
  ).toEqual([
    [100, 0, null],
    [60, 40, 'damaged'],
  ])
  expect(after.stopsDone).toBe(1)
})

test.each([
  ['delivered', [told(1, 100), told(2, 100)]],
  ['refused', [told(1, 0, 100), told(2, 0, 100)]],
])('a stop ends as %s', (status, lines) => {
  expect(overlay(run([stop('a')]), [act('a', deliver(...lines))]).stops[0]?.status).toBe(status)
})

test('what was sent back does not count, and what the server has closed stays', () => {
  const refused = act('a', { kind: 'arrive', body: {} }, { code: 'wrong_state', detail: '' })
  expect(overlay(run([stop('a')]), [refused]).stops[0]?.status).toBe('waiting')
  const closed = overlay(run([stop('a', { status: 'failed' })]), [act('a', { kind: 'arrive', body: {} })])
  expect(closed.stops[0]?.status).toBe('failed')
})

test('the next thing to do: leave, go on where one has arrived, go to the next, end', () => {
  const [a, b] = [stop('a', { status: 'delivered' }), stop('b')]
  expect(nextAct(run([a, b], 'loading')).kind).toBe('depart')
  expect(nextAct(run([a, b]))).toEqual({ kind: 'go', stop: b })
  const arrived = stop('c', { status: 'arrived' })
  expect(nextAct(run([b, arrived]))).toEqual({ kind: 'continue', stop: arrived })
  expect(nextAct(run([a])).kind).toBe('finish')
  expect(nextAct(run([a], 'finished')).kind).toBe('none')
})

const tote = (code: string, status = 'sealed') => ({
  id: code,
  code,
  sscc: `00${code}`,
  zone: 'frozen',
  status,
})
const dock = () =>
  ({
    ...run(
      [stop('a', { toteList: [tote('T1')] }), stop('b', { toteList: [tote('T2', 'loaded')] })],
      'loading',
    ),
    totesLoaded: 1,
    tripItems: [
      { code: 'brakes', name: '制动', stopsRun: true },
      { code: 'tools', name: '工具', stopsRun: false },
    ],
    tripOpen: [],
  }) as unknown as Run
const ofRun = (kind: string, body: object = {}) => act(null as never, { kind, body })

test('loading, check, leaving and the end show at once, too', () => {
  const answers = [
    { code: 'brakes', ok: false },
    { code: 'tools', ok: false },
  ]
  const loaded = overlay(dock(), [ofRun('load', { code: 'T1' }), ofRun('load', { code: 'T1' })])
  expect([loaded.totesLoaded, loaded.stops[0]?.toteList[0]?.status]).toEqual([2, 'loaded'])
  expect(overlay(dock(), [ofRun('check', { answers })]).tripOpen).toEqual(['制动'])
  const gone = overlay(dock(), [ofRun('depart', { preCoolDeciC: -200 })])
  expect([gone.status, gone.preCoolDeciC]).toEqual(['on_road', -200])
  expect(overlay(gone, [ofRun('finish')]).status).toBe('finished')
  expect(overlay(dock(), [ofRun('finish')]).status).toBe('loading')
  const listed = { id: 'r', status: 'loading', totes: 2, totesLoaded: 1, stopCount: 2, stopsDone: 0 } as const
  const acts = [ofRun('load'), ofRun('depart'), act('a', { kind: 'fail', body: {} })]
  expect(inList(listed, acts)).toMatchObject({ status: 'on_road', totesLoaded: 2, stopsDone: 1 })
  expect(inList(listed, [act('a', { kind: 'finish' }, { code: 'stops_open', detail: '' })])).toEqual(listed)
})

test('the phone knows its totes by code and by label, and no other', () => {
  const { stops } = dock()
  expect(toteOf(stops, 't2')?.stop.id).toBe('b')
  expect(toteOf(stops, '00T1')?.tote.code).toBe('T1')
  expect(toteOf(stops, 'T3')).toBeNull()
})

test('leaving waits for all before it, a stop for leaving and its own, a tote for nothing', () => {
  const [load, check, depart, finish] = ['load', 'check', 'depart', 'finish'].map((kind) => ofRun(kind))
  const arrive = act('a', { kind: 'arrive', body: {} })
  const other = act('b', { kind: 'arrive', body: {} })
  const waits = (one: Waiting | undefined, earlier: Waiting | undefined) =>
    waitsFor(one as Waiting, earlier as Waiting)
  expect([waits(load, check), waits(depart, load), waits(arrive, depart)]).toEqual([false, true, true])
  expect([waits(arrive, load), waits(arrive, other), waits(arrive, arrive)]).toEqual([false, false, true])
  expect([waits(finish, other), waits(finish, { ...other, runId: 'elsewhere' })]).toEqual([true, false])
})

test('back at the hub with every door closed, the next trip is loaded; it leaves, and only then its doors come', () => {
  const closed = stop('a', { status: 'delivered', toteList: [] })
  const later = stop('b', { trip: 2, toteList: [{ id: 't', code: 'T-1', sscc: null, status: 'sealed' }] })
  const before = run([stop('a', { toteList: [] }), later])
  expect([isAtDock(before), nextAct(before)]).toMatchObject([false, { kind: 'go', stop: { id: 'a' } }])
  const back = run([closed, later])
  expect([isAtDock(back), tripNow(back), nextAct(back).kind]).toEqual([true, 2, 'depart'])
  expect(tripToLoad(back)).toMatchObject({ totes: 1, stops: [{ id: 'b' }] })
  const away = overlay(back, [
    act(null as never, { kind: 'load', body: { code: 'T-1' } }),
    act(null as never, { kind: 'depart', body: { trip: 2, preCoolDeciC: null } }),
  ])
  expect([away.tripsGone, away.stops[1]?.toteList[0]?.status]).toEqual([2, 'loaded'])
  expect(nextAct(away)).toMatchObject({ kind: 'go', stop: { id: 'b' } })
  // On the phone the second loading waits for what was done at the doors before it.
  const load = act(null as never, { kind: 'load', body: { code: 'T-1' } })
  expect(waitsFor(load, act('a', { kind: 'fail', body: { reason: 'closed' } }))).toBe(true)
})
