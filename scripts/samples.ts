import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The part of the sample data that `start` uses. */
interface Samples {
  /** Puts the sample data in when it is not there. */
  seedOnce(url: string): Promise<void>
  sampleSignIns: { phone: string; password: string; role: string }[]
}

/** The sample data 示例, read only when wanted: it is large. */
export async function loadSamples(root: string): Promise<Samples | undefined> {
  const file = join(root, 'db/src/seed/run.ts')
  return existsSync(file) ? await import(file) : undefined
}
