/**
 * What the driver's phone keeps while there is no network: actions to send and the last answers. IndexedDB, since
 * signatures and photos are kept with the actions; where a browser forbids it, memory, as long as the page lives.
 */
type StoreName = 'actions' | 'kept'

const names: readonly StoreName[] = ['actions', 'kept']
const memory: Record<StoreName, Map<string, unknown>> = { actions: new Map(), kept: new Map() }
let opening: Promise<IDBDatabase | null> | undefined

function open(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('huming-driver', 1)
      request.addEventListener('upgradeneeded', () => {
        for (const name of names) request.result.createObjectStore(name)
      })
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => resolve(null))
    } catch {
      resolve(null)
    }
  })
  return opening
}

const ended = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('storage failed')))
  })

/** False where nothing outlives the page. */
export const lasts = async (): Promise<boolean> => (await open()) !== null

export async function write(name: StoreName, key: string, value: unknown): Promise<void> {
  const db = await open()
  if (!db) memory[name].set(key, value)
  else await ended(db.transaction(name, 'readwrite').objectStore(name).put(value, key))
}

export async function remove(name: StoreName, key: string): Promise<void> {
  const db = await open()
  if (!db) memory[name].delete(key)
  else await ended(db.transaction(name, 'readwrite').objectStore(name).delete(key))
}

export async function read<T>(name: StoreName, key: string): Promise<T | undefined> {
  const db = await open()
  if (!db) return memory[name].get(key) as T | undefined
  return ended(db.transaction(name).objectStore(name).get(key) as IDBRequest<T | undefined>)
}

/** All values, in the order of their keys. */
export async function readAll<T>(name: StoreName): Promise<T[]> {
  const db = await open()
  if (!db) return [...memory[name]].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value as T)
  return ended(db.transaction(name).objectStore(name).getAll() as IDBRequest<T[]>)
}
