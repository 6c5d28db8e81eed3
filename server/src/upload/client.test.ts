import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientOf, folderClient, httpClient, type Outgoing, wayOf } from './client.ts'

type Seen = { token: string | undefined; ids: string[] }
const seen: Seen[] = []
let answer: (request: IncomingMessage, response: ServerResponse, body: { records: Outgoing[] }) => void
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  request.on('end', () => {
    const body = JSON.parse(text) as { records: Outgoing[] }
    seen.push({ token: request.headers.authorization, ids: body.records.map((one) => one.id) })
    answer(request, response, body)
  })
})
let url = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/uploads`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const records: Outgoing[] = ['a', 'b', 'c'].map((letter) => ({
  id: `01930000-0000-7000-8000-00000000000${letter}`,
  kind: 'in',
  record: { name: '示例青菜', quantity: 10_000 },
}))
const outcomes = async (token?: string) =>
  (await httpClient(url, token).send(records)).map((one) => one.outcome)

test('each record is taken, refused or tried again as the platform says of it', async () => {
  answer = (_, response, body) =>
    response.end(
      JSON.stringify({
        receipts: [
          { id: body.records[0]?.id.toUpperCase(), accepted: true, receiptNo: 'HZ-1' },
          { id: body.records[1]?.id, accepted: false, reason: '批号缺失' },
        ],
      }),
    )
  const receipts = await httpClient(url, 'secret').send(records)
  expect(receipts).toEqual([
    { id: records[0]?.id, outcome: 'accepted', receiptNo: 'HZ-1' },
    { id: records[1]?.id, outcome: 'rejected', reason: '批号缺失' },
    { id: records[2]?.id, outcome: 'again', reason: 'no receipt' },
  ])
  expect(seen.at(-1)).toEqual({ token: 'Bearer secret', ids: records.map((one) => one.id) })
})

test('what goes wrong on the way is tried again, what the platform refuses whole is not', async () => {
  for (const [status, outcome] of [
    [500, 'again'],
    [429, 'again'],
    [408, 'again'],
    [400, 'rejected'],
    [401, 'rejected'],
  ] as const) {
    answer = (_, response) => response.writeHead(status).end('示例')
    expect(await outcomes()).toEqual(records.map(() => outcome))
  }
  answer = (_, response) => response.end('<html>')
  expect(await outcomes()).toEqual(['again', 'again', 'again'])
  answer = (_, response) =>
    response.end(JSON.stringify({ receipts: [{ id: records[0]?.id, accepted: true }] }))
  expect(await outcomes()).toEqual(['again', 'again', 'again'])
  answer = (request) => request.socket.destroy()
  expect(await outcomes()).toEqual(['again', 'again', 'again'])
  answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
  expect(await outcomes()).toEqual(['again', 'again', 'again'])
  expect((await httpClient('http://127.0.0.1:9/', undefined).send(records))[0]?.outcome).toBe('again')
})

test('a folder keeps a file a day; the environment chooses the way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huming-uploads-'))
  const receipts = await folderClient(join(folder, 'new')).send(records)
  expect(receipts.map((one) => one.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
  const [file = ''] = await readdir(join(folder, 'new'))
  const lines = (await readFile(join(folder, 'new', file), 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(records)
  expect((await folderClient('/dev/null/no').send(records))[0]?.outcome).toBe('again')
  await rm(folder, { recursive: true })
  expect([
    wayOf({}),
    wayOf({ TRACE_UPLOAD_DIR: '/x' }),
    wayOf({ TRACE_UPLOAD_URL: url, TRACE_UPLOAD_DIR: '/x' }),
  ]).toEqual(['hand', 'folder', 'http'])
  expect(clientOf({})).toBeNull()
})
