/**
 * The driver's service worker: the console opens and reloads without a network. It keeps the built files of the
 * driver's console, and of the API only who is signed in: runs and what waits to be sent are kept by the console
 * itself, under the person's id, where it can say how old they are. Everything else passes by. `FILES` and `VERSION`
 * are written by `worker-plugin.ts`.
 */
declare const FILES: readonly string[]
declare const VERSION: string
type Extendable = { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Extendable & { request: Request; respondWith: (answer: Promise<Response>) => void }
type Scope = {
  location: Location
  addEventListener: ((kind: 'install' | 'activate', act: (event: Extendable) => void) => void) &
    ((kind: 'fetch', act: (event: Fetching) => void) => void)
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}
const worker = globalThis as unknown as Scope

const SHELL = `huming-driver-${VERSION}`
const ANSWERS = 'huming-driver-answers'
/** Addresses and names stay on the phone no longer than a shift and the way home. */
const KEEP_MS = 20 * 3_600_000
/** A network that does not answer in time is none: the driver stands in the rain. */
const PATIENCE_MS = 6000
const whoIsIn = '/api/session'

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(FILES.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => worker.skipWaiting()),
  )
})

worker.addEventListener('activate', (event) => {
  const old = (name: string): boolean =>
    name.startsWith('huming-driver-') && name !== SHELL && name !== ANSWERS
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== worker.location.origin) return
  if (pathname.startsWith('/api/')) {
    if (pathname === whoIsIn && request.method === 'GET') event.respondWith(answer(request))
    else if (pathname.startsWith(whoIsIn) || pathname === '/api/driver-links/open')
      // Somebody signs in, out or over: what was kept is of before.
      event.waitUntil(caches.delete(ANSWERS))
  } else if (request.method === 'GET') {
    if (request.mode === 'navigate') event.respondWith(page(request))
    else event.respondWith(file(request))
  }
})

/** The network's page; without one the page that was kept with its files. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match('/index.html', { cacheName: SHELL })
  try {
    const fresh = await within(fetch(request))
    return fresh.ok || !kept ? fresh : kept
  } catch {
    return kept ?? Response.error()
  }
}

/** Built files never change under their name. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request)
}

/** The network's answer, kept for later; without a network the last one. A refusal empties what was kept. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(ANSWERS)
  try {
    const fresh = await within(fetch(request))
    if (fresh.status === 401 || fresh.status === 403) await caches.delete(ANSWERS)
    else if (fresh.ok) await keep(cache, fresh.clone())
    return fresh
  } catch {
    const kept = await cache.match(whoIsIn)
    const at = Number(kept?.headers.get('x-kept-at') ?? 0)
    return kept && Date.now() - at < KEEP_MS ? kept : Response.error()
  }
}

async function keep(cache: Cache, fresh: Response): Promise<void> {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-kept-at': String(Date.now()) }
  await cache.put(whoIsIn, new Response(await fresh.text(), { headers }))
}

const within = (work: Promise<Response>): Promise<Response> =>
  Promise.race([
    work,
    new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('too slow')), PATIENCE_MS)),
  ])
