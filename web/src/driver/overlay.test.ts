import { expect, test } from 'vitest'
import { nextAct, overlay, type Run, type Stop, type Waiting } from './overlay.ts'

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
    status: 'waiting',
    goods: [{ orderId: 'o', lines: [line(1), line(2)] }],
    ...over,
  }) as unknown as Stop
const run = (stops: Stop[], status = 'on_road') => ({ id: 'r', status, stops }) as unknown as Run
const act = (stopId: string, what: object, problem: Waiting['problem'] = null) =>
  ({ stopId, at: '2026-11-25T03:30:00Z', problem, ...what }) as unknown as Waiting
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
