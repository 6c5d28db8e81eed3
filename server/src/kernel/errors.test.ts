import { globSync, readFileSync } from 'node:fs'
import { problems } from '@huming/shared/problems'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { answerProblems } from './errors.ts'

/** What a caller is told when the handler throws this. */
async function told(thrown: unknown, headers: Record<string, string> = {}) {
  const app = Fastify()
  answerProblems(app)
  app.get('/', () => Promise.reject(thrown as Error))
  const answer = await app.inject({ url: '/?cursor=x', headers })
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  return { status: answer.statusCode, text: answer.body, ...answer.json() }
}

test('what we did not foresee is told without its inside', async () => {
  const answer = await told(new Error('password of the database'))
  expect(answer).toMatchObject({ status: 500, code: 'internal', type: 'urn:huming:problem:internal' })
  expect(answer.text).not.toMatch(/password|errors\.test|at /)
  expect(await told({ cause: { code: '23502', detail: 'secret row' } })).toMatchObject({ status: 500 })
})

test.each(['57P01', '53300', '55P03', '08006', 'CONNECT_TIMEOUT', 'ECONNREFUSED'])(
  'a database that is away (%s) is no mistake of ours: try again',
  async (code) => {
    expect(await told({ cause: { code } })).toMatchObject({ status: 503, code: 'unavailable' })
  },
)

test('a cursor that the database cannot read is named', async () => {
  const answer = await told({ cause: { code: '22P02' } })
  expect(answer).toMatchObject({
    status: 422,
    code: 'bad_input',
    pointers: [{ pointer: '/query/cursor', reason: 'unknown' }],
  })
})

test('the sentence is Chinese unless English comes first', async () => {
  const detail = async (language: string) =>
    (await told(new Error('x'), { 'accept-language': language })).detail as string
  expect(await detail('zh-CN,en;q=0.5')).toMatch(/\p{Script=Han}/u)
  expect(await detail('fr')).toMatch(/\p{Script=Han}/u)
  expect(await detail('en-GB')).toMatch(/^[\x20-\x7e’]+$/)
})

test('every public code is given by the product and seen by a test', () => {
  const root = new URL('../../../', import.meta.url)
  const files = globSync('{server,jobs}/src/**/*.ts', { cwd: root.pathname })
  const isTest = (file: string) => /\.(test|fixture)\.ts$|\/test-/.test(file)
  const read = (chosen: string[]) =>
    chosen.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n')
  const product = read(files.filter((file) => !isTest(file)))
  const tests = read(files.filter(isTest))
  const lacking = Object.keys(problems).filter(
    (code) => !product.includes(`'${code}'`) || !tests.includes(`'${code}'`),
  )
  expect(lacking).toEqual([])
})
