import type { Contract } from '@huming/shared/contract'
import { contracts, type RouteId } from '@huming/shared/contracts/all'
import { newId } from '@huming/shared/ids'
import { matrix, type Role, roles } from '@huming/shared/permissions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Guest, requestOf, type TestApp } from '../test-app.ts'
import { ask, type Loose, type Reply, setAt } from './ask.fixture.ts'
import { examples } from './examples.fixture.ts'
import { fieldsOf } from './fields.fixture.ts'
import { rewinder } from './rewind.fixture.ts'
import { type Side, walkedWorld, worldMs } from './world.fixture.ts'
import { wrongTexts, wrongValues } from './wrong-values.fixture.ts'

let t: TestApp
let ours: Side
let data: Awaited<ReturnType<typeof rewinder>>
beforeAll(async () => {
  ;({ t, ours } = await walkedWorld())
  data = await rewinder(t)
}, worldMs)
afterAll(() => t.close())

const doors = Object.keys(contracts) as RouteId[]
const contractOf = (id: RouteId): Contract => contracts[id]
/** A wrong password is written down, to slow down who guesses. */
const written: Partial<Record<RouteId, string>> = { 'accounts.signIn': 'sign_in_failures' }

/** The first role that may enter and its true request; a door that ends the session gets a new one. */
async function visit(id: RouteId): Promise<{ input: Loose; who: Guest }> {
  const { access } = contractOf(id)
  const role = roles.find(
    (one) => access === 'public' || access === 'signedIn' || access in matrix[one],
  ) as Role
  return { input: examples[id].input(ours, role) as Loose, who: ours.guests[role] }
}

const pointersOf = ({ body }: Reply): string[] =>
  (((body ?? {}) as { pointers?: { pointer: string }[] }).pointers ?? []).map((one) => one.pointer)

/** The request with the value at the place; what leads there is made as needed. */
function withValue(input: Loose, path: string[], value: unknown): Loose {
  const changed = structuredClone(input)
  let at = (changed.body ??= {}) as Record<string, unknown>
  for (const [i, key] of path.slice(0, -1).entries())
    at = (at[key] ??= path[i + 1] === '0' ? [] : {}) as Record<string, unknown>
  setAt(changed, ['body', ...path], value)
  return changed
}

/** The same request for a row that is not there yet. */
function asNew(input: Loose, path: string[]): Loose[] {
  if (!input.params?.['id']) return []
  const fresh = structuredClone(input)
  fresh.params = { ...fresh.params, id: newId() }
  const own = { version: 0, code: `W${newId().slice(-12).toUpperCase()}`, password: 'long-enough' }
  for (const [name, value] of Object.entries(own))
    if (name in (fresh.body as object) && name !== path[0]) setAt(fresh, ['body', name], value)
  return [fresh]
}

const withBody = doors.filter((id) => contractOf(id).body && contractOf(id).raw !== 'upload')

test.each(withBody)('%s names what is wrong in the body', async (id) => {
  const schema = contractOf(id).body as NonNullable<Contract['body']>
  const { input, who } = await visit(id)
  const complaints: string[] = []
  for (const path of fieldsOf(schema)) {
    const asked = Object.entries(wrongValues).map(async ([what, value]) => {
      const request = withValue(input, path, value)
      const parsed = schema.safeParse(JSON.parse(JSON.stringify(request.body)))
      if (parsed.success) return
      const reply = await ask(t, id, request, who)
      const named = new Set(pointersOf(reply))
      const wanted = parsed.error.issues.slice(0, 50).map((issue) => ['/body', ...issue.path].join('/'))
      if (reply.code !== 'bad_input' || !wanted.every((pointer) => named.has(pointer)))
        complaints.push(`${path.join('.')} ${what}: ${reply.status} ${reply.text}`)
    })
    await Promise.all(asked)
  }
  expect(complaints).toEqual([])
  expect(await data.changed()).toEqual([])
})

test.each(withBody)(
  '%s breaks nothing by a strange but well-formed body',
  async (id) => {
    const schema = contractOf(id).body as NonNullable<Contract['body']>
    const { input, who } = await visit(id)
    const complaints: string[] = []
    for (const path of fieldsOf(schema)) {
      for (const [what, value] of Object.entries(wrongValues)) {
        const request = withValue(input, path, value)
        if (!schema.safeParse(JSON.parse(JSON.stringify(request.body))).success) continue
        for (const one of [request, ...asNew(request, path)]) {
          const reply = await ask(t, id, one, who)
          const changed = await data.changed()
          const wrote = changed.some((name) => name !== written[id])
          if (reply.status >= 500 || (reply.status >= 400 && wrote))
            complaints.push(`${path.join('.')} ${what}: ${reply.status} ${reply.text} ${changed.join()}`)
          if (changed.length > 0) await data.rewind()
        }
      }
    }
    expect(complaints).toEqual([])
  },
  120_000,
)

const places = (id: RouteId): ['params' | 'query', string][] =>
  (['params', 'query'] as const).flatMap((part) =>
    Object.keys(contractOf(id)[part]?.shape ?? {}).map((name): ['params' | 'query', string] => [part, name]),
  )
const withPlaces = doors.filter((id) => places(id).length > 0)

/** The true request with this text in its address, sent as it stands. */
function askRaw(
  id: RouteId,
  { input, who }: { input: Loose; who: Guest },
  part: string,
  name: string,
  text: string,
) {
  const mark = 'THE-PLACE'
  const marked = { ...input, [part]: { ...input[part as 'params'], [name]: mark } }
  const { url } = requestOf(id, marked) as { url: string }
  return ask(t, id, marked, who, { ...examples[id].raw, url: url.replace(mark, text) })
}

test.each(withPlaces)('%s names what is wrong in its address', async (id) => {
  const visitor = await visit(id)
  const complaints: string[] = []
  for (const [part, name] of places(id)) {
    const texts = part === 'query' ? { ...wrongTexts, twice: `1&${name}=2` } : wrongTexts
    for (const [what, text] of Object.entries(texts)) {
      const reply = await askRaw(id, visitor, part, name, text)
      const named = pointersOf(reply).every((pointer) => pointer.startsWith(`/${part}/${name}`))
      const changed = await data.changed()
      if (reply.status >= 500 || (reply.code === 'bad_input' && (!named || pointersOf(reply).length === 0)))
        complaints.push(`${part}.${name} ${what}: ${reply.status} ${reply.text}`)
      if (reply.status >= 400 && changed.length > 0)
        complaints.push(`${part}.${name} ${what} wrote ${changed.join()}`)
      if (changed.length > 0) await data.rewind()
    }
  }
  expect(complaints).toEqual([])
})
