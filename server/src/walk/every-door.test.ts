import { isDeepStrictEqual } from 'node:util'
import type { Contract } from '@huming/shared/contract'
import { contracts, type RouteId } from '@huming/shared/contracts/all'
import { type Action, matrix, type Role, roles } from '@huming/shared/permissions'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Guest, TestApp } from '../test-app.ts'
import { askAs, type Loose, mixtures, type Reply } from './ask.fixture.ts'
import type { Example } from './example.fixture.ts'
import { examples } from './examples.fixture.ts'
import { watcher } from './rewind.fixture.ts'
import { leaksIn, secretsOf } from './secrets.fixture.ts'
import { type Side, walkedWorld, worldMs } from './world.fixture.ts'

let t: TestApp
let ours: Side
let theirs: Side
let secrets: Set<string>
let data: Awaited<ReturnType<typeof watcher>>
beforeAll(async () => {
  ;({ t, ours, theirs } = await walkedWorld())
  secrets = await secretsOf(t, theirs)
  data = await watcher(t)
}, worldMs)
beforeEach(() => data.forget())
afterAll(() => t.close())

const doors = Object.keys(contracts) as RouteId[]
const whoever = [...roles, 'nobody'] as const
type Whoever = (typeof whoever)[number]
/** Every door × everybody × own and other side, as it is walked. */
const walked = new Set<string>()

const exampleOf = (id: RouteId): Example<RouteId> => examples[id]
const inputOf = (id: RouteId, side: Side, who: Whoever): Loose =>
  exampleOf(id).input(side, who === 'nobody' ? 'purchaser' : who) as Loose
/** Under which scope a role holds the door's action. */
function scopeOf(
  id: RouteId,
  role: Role,
  asked: Contract['access'] = contracts[id].access,
): string | undefined {
  if (asked === 'public' || asked === 'signedIn') return asked
  return (matrix[role] as Partial<Record<Action, string>>)[asked]
}
const mayEnter = (id: RouteId, who: Whoever): boolean =>
  who === 'nobody' ? contracts[id].access === 'public' : scopeOf(id, who) !== undefined

/** Does the role see the other side's rows behind the door? */
function seesAll(id: RouteId, who: Whoever): boolean {
  const asked = exampleOf(id).openedBy ?? contracts[id].access
  return who !== 'nobody' && asked !== 'nothing' && scopeOf(id, who, asked) === 'all'
}
/** Who is not to reach what the door touches on the other side. */
const strangersAt = (id: RouteId): Role[] =>
  roles.filter(
    (role) =>
      mayEnter(id, role) &&
      !seesAll(id, role) &&
      exampleOf(id).touches === 'rows' &&
      !isDeepStrictEqual(inputOf(id, ours, role), inputOf(id, theirs, role)),
  )

/** Asks about the side as our side's holder of the role. */
function enter(id: RouteId, who: Whoever, side: Side, guest?: Guest): Promise<Reply> {
  walked.add(`${id} ${who} ${side === ours ? 'own' : 'other'}`)
  return askAs(t, id, inputOf(id, side, who), who === 'nobody' ? undefined : (guest ?? ours.guests[who]))
}

/** Nothing at all in it is right, and no database should ever see it. */
const nonsense = (id: RouteId): Loose => ({
  params: Object.fromEntries(
    [...contracts[id].path.matchAll(/:(\w+)/g)].map((name) => [name[1] as string, '%00']),
  ),
  query: { limit: '-1', cursor: '%' },
  ...(contracts[id].method === 'GET' ? {} : { body: [null] }),
})

test.each(doors)('%s refuses who may not enter before it reads anything', async (id) => {
  const refused = whoever.filter((one) => !mayEnter(id, one))
  const asked = refused.map(async (who) => {
    const expected = who === 'nobody' ? [who, 401, 'unauthenticated'] : [who, 403, 'forbidden']
    for (const side of [ours, theirs]) {
      const { status, code } = await enter(id, who, side)
      expect([who, status, code]).toEqual(expected)
    }
    const guest = who === 'nobody' ? undefined : ours.guests[who]
    const { status, code } = await askAs(t, id, nonsense(id), guest)
    expect([who, status, code]).toEqual(expected)
  })
  await Promise.all(asked)
  expect(await data.changed()).toEqual([])
})

/** Done, or taken in: a capture answers 202, one event 201, what is ended 204. */
const done = ({ status }: Reply): boolean => [200, 201, 202, 204].includes(status)

/** No row is told: refused as if it were not there, or a list without any. */
function isNothing(id: RouteId, { status, code, body }: Reply): boolean {
  if (status === 404) return code === 'not_found'
  if (exampleOf(id).quiet) return status === 200
  const { common = [] } = exampleOf(id)
  const own = Object.entries(body ?? {}).filter(([name]) => !common.includes(name))
  const lists = own.map(([, part]) => part).filter((part) => Array.isArray(part))
  return status === 200 && lists.length > 0 && lists.every((list) => list.length === 0)
}

test.each(doors)('%s shows and changes nothing of the other side', async (id) => {
  for (const role of strangersAt(id)) {
    const reply = await enter(id, role, theirs)
    expect([role, isNothing(id, reply) || reply]).toEqual([role, true])
  }
  expect(await data.changed()).toEqual([])
})

test.each(doors)('%s takes no reference to the other side among its own', async (id) => {
  for (const role of strangersAt(id)) {
    for (const [path, input] of mixtures(inputOf(id, ours, role), inputOf(id, theirs, role))) {
      if (path in (exampleOf(id).free ?? {})) continue
      const reply = await askAs(t, id, input, ours.guests[role])
      expect([role, path, reply.status >= 400 || isNothing(id, reply) || reply]).toEqual([role, path, true])
    }
  }
  expect(await data.changed()).toEqual([])
})

/** The doors of this role as a user finds them: what is asked is done, or was done already. */
test.each(doors)('%s serves who may enter, and tells them only of their own', async (id) => {
  const { blind = [], endsSession, touches, ends } = exampleOf(id)
  const allowed = exampleOf(id).tells?.(theirs) ?? []
  let first = true
  for (const who of whoever.filter((one) => mayEnter(id, one))) {
    const strange = who !== 'nobody' && strangersAt(id).includes(who)
    for (const side of strange ? [ours] : [ours, theirs]) {
      const guest = endsSession && who !== 'nobody' ? await t.guest(ours.orgOf(who), [who]) : undefined
      const reply = await enter(id, who, side, guest)
      const leaks = leaksIn(reply.text, secrets).filter((one) => !allowed.includes(one))
      if (!seesAll(id, who)) expect(leaks).toEqual([])
      if (blind.includes(who as Role)) {
        expect([who, isNothing(id, reply) || reply]).toEqual([who, true])
        continue
      }
      const before = reply.status === 409 || (ends && reply.status === 404)
      expect([who, done(reply) || before || reply]).toEqual([who, true])
      if (first) expect(done(reply) || reply).toBe(true)
      const { items } = (reply.body ?? {}) as { items?: unknown[] }
      if (items && touches !== 'everyone') expect([who, items.length > 0 || reply]).toEqual([who, true])
      first = false
    }
  }
})

const lists = doors.filter((id) => 'query' in contracts[id] && exampleOf(id).touches === 'rows')

test.each(lists)('%s asked without a filter tells only of one’s own', async (id) => {
  for (const role of strangersAt(id)) {
    const { params } = inputOf(id, ours, role)
    const reply = await askAs(t, id, { ...(params ? { params } : {}), query: {} }, ours.guests[role])
    expect([role, reply.status < 500, leaksIn(reply.text, secrets)]).toEqual([role, true, []])
  }
})

test('every door has been walked by everybody, to both sides', () => {
  expect(walked.size).toBe(doors.length * whoever.length * 2)
})
