import { describe, expect, test } from 'vitest'
import { type Flow, flows, nextStatus } from './flows.ts'

describe.each(Object.entries(flows) as [string, Flow][])('flow %s', (_name, flow) => {
  const states = new Set([
    ...flow.start,
    ...Object.keys(flow.moves),
    ...Object.values(flow.moves).flatMap((m) => Object.values(m)),
  ])

  test('every state is reachable from a start', () => {
    const seen = new Set(flow.start)
    const queue = [...flow.start]
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      for (const to of Object.values(flow.moves[state] ?? {})) {
        if (!seen.has(to)) queue.push(to)
        seen.add(to)
      }
    }
    expect([...states].filter((s) => !seen.has(s))).toEqual([])
  })

  test('the only dead ends are the intended ones', () => {
    const dead = [...states].filter((s) => Object.keys(flow.moves[s] ?? {}).length === 0)
    expect(dead.sort()).toEqual([...flow.ends].sort())
  })
})

test('a move that is not in the table is refused', () => {
  expect(nextStatus('order', 'frozen', 'edit')).toBeNull()
  expect(nextStatus('order', 'placed', 'freeze')).toBe('frozen')
  expect(nextStatus('order', 'nonsense', 'edit')).toBeNull()
})
