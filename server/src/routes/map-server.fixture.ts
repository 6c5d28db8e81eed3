import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { metresBetween, type Point, pointOf, toWgs84 } from '@huming/shared/geo'

type Asked = { path: string; places: number }

/**
 * A map service on this machine that speaks the format of OSRM, Amap and Tencent, with their limits and their
 * coordinates. It knows every road to be straight and 10 m/s fast; `island` is a place no road leads to.
 */
export async function mapServer(options: { tooFast?: number; broken?: boolean; island?: Point } = {}) {
  const asked: Asked[] = []
  let refusals = options.tooFast ?? 0
  const legs = (from: Point, to: Point) => {
    const cut = options.island && [from, to].some((end) => metresBetween(end, options.island as Point) < 5)
    const metres = metresBetween(from, to)
    return cut ? null : { distance: metres, duration: metres / 10 }
  }
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const tooFast = refusals > 0
    if (tooFast) refusals--
    const answer = options.broken ? null : answerOf(url, tooFast, legs, asked)
    reply.writeHead(answer ? 200 : 500, { 'content-type': 'application/json' })
    reply.end(JSON.stringify(answer ?? { error: 'broken' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() }
}

type Legs = (from: Point, to: Point) => { distance: number; duration: number } | null

function answerOf(url: URL, tooFast: boolean, legs: Legs, asked: Asked[]): object {
  const { pathname, searchParams } = url
  if (pathname.startsWith('/table/v1/driving/')) {
    const points = pathname
      .slice(18)
      .split(';')
      .map((text) => point(text, 'lng'))
    asked.push({ path: '/table', places: points.length })
    if (points.length > 100) return { code: 'TooBig' }
    const to = (searchParams.get('destinations') ?? '').split(';').map((i) => points[Number(i)] as Point)
    const row = to.map((there) => legs(points[0] as Point, there))
    return {
      code: 'Ok',
      durations: [row.map((leg) => leg?.duration ?? null)],
      distances: [row.map((leg) => leg?.distance ?? null)],
    }
  }
  if (searchParams.get('key') !== 'secret')
    return { status: '0', info: 'INVALID_USER_KEY', infocode: '10001' }
  if (pathname === '/v3/distance') {
    const origins = (searchParams.get('origins') ?? '').split('|').map((text) => gcj(text, 'lng'))
    asked.push({ path: pathname, places: origins.length })
    if (tooFast) return { status: '0', info: 'CUQPS_HAS_EXCEEDED_THE_LIMIT', infocode: '10021' }
    if (origins.length > 100) return { status: '0', info: 'INVALID_PARAMS', infocode: '20000' }
    const to = gcj(searchParams.get('destination') ?? '', 'lng')
    const results = origins.flatMap((from, i) => {
      const leg = legs(from, to)
      const told = {
        origin_id: String(i + 1),
        distance: String(leg?.distance),
        duration: String(leg?.duration),
      }
      return leg ? [told] : []
    })
    return { status: '1', info: 'OK', infocode: '10000', results }
  }
  const to = (searchParams.get('to') ?? '').split(';').map((text) => gcj(text, 'lat'))
  asked.push({ path: pathname, places: to.length })
  if (tooFast) return { status: 120, message: '此key每秒请求量已达到上限' }
  if (to.length > 200) return { status: 348, message: '参数错误' }
  const from = gcj(searchParams.get('from') ?? '', 'lat')
  return { status: 0, result: { rows: [{ elements: to.map((there) => legs(from, there)) }] } }
}

function point(text: string, first: 'lng' | 'lat'): Point {
  const [a = 0, b = 0] = text.split(',').map(Number)
  return first === 'lng' ? pointOf(a, b) : pointOf(b, a)
}
const gcj = (text: string, first: 'lng' | 'lat'): Point => toWgs84(point(text, first), 'GCJ02')
