import { createReadStream } from 'node:fs'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** Where the bytes of files lie. One driver now: a folder; an object store fits the same three calls. */
export type BlobStore = {
  /** Whole or not at all: readers never see half a file. */
  write(id: string, bytes: Buffer): Promise<void>
  read(id: string): Readable
  has(id: string): Promise<boolean>
}

/** Files in a folder, spread over 256 sub-folders by the random end of the id. */
export function folderStore(root: string): BlobStore {
  const pathOf = (id: string) => join(root, id.slice(-2), id)
  return {
    async write(id, bytes) {
      const path = pathOf(id)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.part`, bytes)
      await rename(`${path}.part`, path)
    },
    read: (id) => createReadStream(pathOf(id)),
    has: (id) =>
      stat(pathOf(id)).then(
        () => true,
        () => false,
      ),
  }
}
