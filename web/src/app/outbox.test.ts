import { newId } from '@huming/shared/ids'
import { expect, test } from 'vitest'
import { deviceStore } from './device-store.ts'
import { type Kept, makeOutbox } from './outbox.ts'

type Act = Kept & { group: string; what: string; after?: string }
const act = (group: string, what: string, after?: string): Act => ({
  id: newId(),
  personId: 'me',
  problem: null,
  group,
  what,
  ...(after && { after }),
})

/** A server that is reachable or not, and refuses what it is told to. */
function world() {
  const sent: string[] = []
  const net = { on: true, refuses: new Set<string>() }
  const outbox = makeOutbox<Act>({
    name: 'test',
    store: deviceStore('test'),
    waitsFor: (one, earlier) => one.group === earlier.group || earlier.group === one.after,
    send: async ({ what }) => {
      if (!net.on) throw new Error('offline')
      if (net.refuses.has(what)) throw new Error(`no:${what}`)
      sent.push(what)
    },
    refusalOf: (error) =>
      (error as Error).message.startsWith('no:')
        ? { code: 'wrong_state', detail: (error as Error).message }
        : null,
    changed: () => undefined,
  })
  return { sent, net, outbox }
}

test('what was done without a network is sent later, in the order of doing, once', async () => {
  const { sent, net, outbox } = world()
  net.on = false
  for (const what of ['a', 'b', 'c']) await outbox.keep(act('tote', what))
  await outbox.send()
  expect([sent, outbox.waiting().map((one) => one.what)]).toEqual([[], ['a', 'b', 'c']])
  net.on = true
  await outbox.send()
  await outbox.send()
  expect([sent, outbox.waiting()]).toEqual([['a', 'b', 'c'], []])
})

test('what the server refuses is kept and shown; what follows it waits, other groups go on', async () => {
  const { sent, net, outbox } = world()
  net.on = false
  net.refuses.add('b')
  for (const [group, what] of [
    ['x', 'a'],
    ['x', 'b'],
    ['x', 'c'],
    ['y', 'd'],
  ] as const)
    await outbox.keep(act(group, what))
  net.on = true
  await outbox.send()
  expect(sent).toEqual(['a', 'd'])
  const [back, after] = outbox.waiting()
  expect([back?.what, back?.problem?.code, after?.what]).toEqual(['b', 'wrong_state', 'c'])
  await outbox.drop(back as Act)
  await outbox.send()
  expect([sent, outbox.waiting()]).toEqual([['a', 'd', 'c'], []])
})

test('an act sent back is sent again when the person says so', async () => {
  const { sent, net, outbox } = world()
  net.refuses.add('a')
  await outbox.keep(act('x', 'a'))
  await outbox.send()
  net.refuses.clear()
  await outbox.again(outbox.waiting()[0] as Act)
  expect(sent).toEqual(['a'])
})

test('what waits for an act that itself waits is not sent either', async () => {
  const { sent, net, outbox } = world()
  net.on = false
  net.refuses.add('a')
  await outbox.keep(act('x', 'a'))
  await outbox.keep(act('y', 'b', 'x'))
  await outbox.keep(act('z', 'c', 'y'))
  await outbox.keep(act('free', 'd'))
  net.on = true
  await outbox.send()
  expect([sent, outbox.waiting().map((one) => one.what)]).toEqual([['d'], ['a', 'b', 'c']])
  net.refuses.clear()
  await outbox.again(outbox.waiting()[0] as Act)
  expect(sent).toEqual(['d', 'a', 'b', 'c'])
})
