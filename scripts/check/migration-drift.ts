import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Generates a migration from the tables against a copy of the written ones: a new one means they have drifted. */
export async function migrationDrift(): Promise<{ ok: boolean; output: string }> {
  await rm('.data/drift', { recursive: true, force: true })
  const folder = await mkdtemp(resolve('.data-drift-'))
  try {
    await cp('db/migrations', join(folder, 'migrations'), { recursive: true })
    const before = await readdir(join(folder, 'migrations'))
    const args = [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './src/schema/*.ts',
      '--out',
      join('..', folder.split('/').at(-1) ?? '', 'migrations'),
      '--name',
      'drift',
    ]
    await run(resolve('db/node_modules/.bin/drizzle-kit'), args, { cwd: 'db' })
    const added = (await readdir(join(folder, 'migrations'))).filter((name) => !before.includes(name))
    if (added.length === 0) return { ok: true, output: '' }
    const sql = await readFile(join(folder, 'migrations', added[0] as string, 'migration.sql'), 'utf8')
    return { ok: false, output: `The tables differ from the migrations; generate one:\n${sql}` }
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
