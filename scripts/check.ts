import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { migrationDrift } from './check/migration-drift.ts'

/** One part of `pnpm check`; `run` gives its output when it fails. */
type Part = { name: string; run: () => Promise<{ ok: boolean; output: string }> }

const command = (name: string, program: string, args: string[]): Part => ({
  name,
  run: () =>
    new Promise((resolve) => {
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.on('error', (error) => resolve({ ok: false, output: error.message }))
      child.on('close', (code) => resolve({ ok: code === 0, output }))
    }),
})

const parts: Part[] = [
  command('types', 'tsc', ['-p', 'tsconfig.json']),
  command('types of web', 'tsc', ['-p', 'web/tsconfig.json']),
  command('lint and import rules', 'oxlint', ['--deny-warnings']),
  command('format', 'biome', ['check', '.']),
  command('dead code', 'knip', []),
  { name: 'migration drift', run: migrationDrift },
]

/** Runs the parts, as many at a time as there are cores, and tells each as it ends. */
async function checkAll(): Promise<boolean> {
  const waiting = [...parts]
  let failed = 0
  const lane = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const started = performance.now()
      const { ok, output } = await part.run()
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${ok ? '✓' : '✗'} ${part.name} (${seconds} s)`)
      if (!ok) {
        failed++
        console.log(output.split('\n').slice(0, 200).join('\n'))
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane))
  return failed === 0
}

process.exitCode = (await checkAll()) ? 0 : 1
