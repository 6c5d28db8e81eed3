/**
 * What a device keeps while there is no network: acts to send and the last answers. IndexedDB, since signatures and
 * photos are kept with the acts; where a browser forbids it, memory, as long as the page lives.
 */
type StoreName = 'actions' | 'kept'
export type DeviceStore = {
  /** False where nothing outlives the page. */
  lasts: () => Promise<boolean>
  write: (name: StoreName, key: string, value: unknown) => Promise<void>
  remove: (name: StoreName, key: string) => Promise<void>
  read: <T>(name: StoreName, key: string) => Promise<T | undefined>
  /** All values, in the order of their keys. */
  readAll: <T>(name: StoreName) => Promise<T[]>
}

const names: readonly StoreName[] = ['actions', 'kept']

/** The store of a console, by the name of its database on the device. */
export function deviceStore(database: string): DeviceStore {
  const memory: Record<StoreName, Map<string, unknown>> = { actions: new Map(), kept: new Map() }
  let opening: Promise<IDBDatabase | null> | undefined
  const open = () => {
    opening ??= openDatabase(database)
    return opening
  }
  return {
    lasts: async () => (await open()) !== null,
    write: async (name, key, value) => {
      const db = await open()
      if (!db) memory[name].set(key, value)
      else await ended(db.transaction(name, 'readwrite').objectStore(name).put(value, key))
    },
    remove: async (name, key) => {
      const db = await open()
      if (!db) memory[name].delete(key)
      else await ended(db.transaction(name, 'readwrite').objectStore(name).delete(key))
    },
    read: async <T>(name: StoreName, key: string) => {
      const db = await open()
      if (!db) return memory[name].get(key) as T | undefined
      return ended(db.transaction(name).objectStore(name).get(key) as IDBRequest<T | undefined>)
    },
    readAll: async <T>(name: StoreName) => {
      const db = await open()
      if (!db)
        return [...memory[name]].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value as T)
      return ended(db.transaction(name).objectStore(name).getAll() as IDBRequest<T[]>)
    },
  }
}

const openDatabase = (database: string): Promise<IDBDatabase | null> =>
  new Promise((resolve) => {
    try {
      const request = indexedDB.open(database, 1)
      request.addEventListener('upgradeneeded', () => {
        for (const name of names) request.result.createObjectStore(name)
      })
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => resolve(null))
    } catch {
      resolve(null)
    }
  })

const ended = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('storage failed')))
  })
