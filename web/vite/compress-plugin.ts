import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const textual = /\.(js|css|html|svg|webmanifest|json)$/
/** Below this a compressed copy saves less than a packet. */
const WORTH_BYTES = 700

/** Writes `.br` and `.gz` beside every text file of the build, so that the server never compresses a page. */
export function compressPlugin(): Plugin {
  return {
    name: 'huming-compress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return
      const names = await readdir(dir, { recursive: true })
      for (const name of names.filter((one) => textual.test(one) && !one.startsWith('.vite'))) {
        const bytes = readFileSync(join(dir, name))
        if (bytes.length < WORTH_BYTES) continue
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 }
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, { params: quality }))
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
