import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { OperatorError } from '@huming/db/operator-error'

/** Makes the folder that holds all that must be kept, and the folder for files inside it, which is returned. */
export function ensureDataFolder(dataDir: string): string {
  const files = join(dataDir, 'files')
  try {
    mkdirSync(files, { recursive: true })
    for (const folder of [dataDir, files])
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return files
  } catch (error) {
    throw new OperatorError(
      `The folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}); give this user the right to, or choose another folder with DATA_DIR.`,
    )
  }
}
