/**
 * `pnpm bench routes --dir DIR --seconds S [--seeds 3] [--bks FILE.csv] [--json]`: solves every benchmark
 * file of a folder (Solomon, Gehring–Homberger, CVRPLIB), each seed on one core for S seconds of CPU time,
 * has an independent checker judge the plan and compares with the best known cost.
 * `--city N` measures a made-up city of N stops instead of files.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkPlan } from '../../jobs/src/solver/check.ts'
import { loadPartition } from '../../jobs/src/solver/partition.ts'
import { type Instance, readInstance } from '../../jobs/src/solver/read-instance.ts'
import { sampleCity } from '../../jobs/src/solver/sample-city.ts'
import { solve } from '../../jobs/src/solver/solve.ts'

type Row = {
  instance: string
  customers: number
  seed: number
  cost: number
  bestKnown: number | null
  gapPercent: number | null
  feasible: boolean
  cpuSeconds: number
}

/** Runs the benchmark as told by command-line words. */
export async function benchRoutes(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      dir: { type: 'string' },
      city: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      seeds: { type: 'string', default: '3' },
      bks: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const seconds = Number(values.seconds)
  const seeds = Number(values.seeds)
  if ((!values.dir && !values.city) || !(seconds > 0) || !(seeds >= 1)) {
    console.error(
      'Usage: pnpm bench routes --dir DIR|--city N --seconds S [--seeds 3] [--bks FILE.csv] [--json]',
    )
    process.exitCode = 2
    return
  }
  const known = values.bks ? readBestKnown(readFileSync(values.bks, 'utf8')) : new Map<string, number>()
  const instances = values.city ? [cityInstance(Number(values.city))] : readFolder(values.dir!)
  const partition = await loadPartition()
  const rows: Row[] = []
  for (const instance of instances) {
    const runs = Array.from({ length: seeds }, (_, i) => {
      const budget = { seconds, clock: 'cpu' as const }
      const { plan, seconds: used } = solve(instance.problem, { seed: i + 1, budget, partition })
      return rowOf(instance, i + 1, checkPlan(instance.problem, plan), plan.unserved.length, used, known)
    })
    rows.push(...runs)
    for (const row of runs) if (values.json) console.log(JSON.stringify(row))
    if (!values.json) console.log(lineOf(runs))
  }
  if (!values.json) printMeans(rows)
}

function rowOf(
  instance: Instance,
  seed: number,
  verdict: { feasible: boolean; cost: number },
  unserved: number,
  used: number,
  known: Map<string, number>,
): Row {
  const cost = verdict.cost / instance.scale
  const bestKnown = known.get(instance.name.toLowerCase()) ?? null
  return {
    instance: instance.name,
    customers: instance.problem.stops.length,
    seed,
    cost,
    bestKnown,
    gapPercent: bestKnown === null ? null : Number(((cost / bestKnown - 1) * 100).toFixed(4)),
    feasible: verdict.feasible && unserved === 0,
    cpuSeconds: Number(used.toFixed(2)),
  }
}

function cityInstance(count: number): Instance {
  return { name: `city-${count}`, scale: 60, problem: sampleCity(count, 1) }
}

function readFolder(dir: string): Instance[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(txt|vrp)$/i.test(file),
  )
  const found = files.sort(byNumber).flatMap((file): Instance[] => {
    try {
      return [
        {
          ...readInstance(readFileSync(join(dir, file), 'utf8')),
          name: basename(file).replace(/\.\w+$/, ''),
        },
      ]
    } catch (error) {
      console.error(`skipped ${file}: ${(error as Error).message}`)
      return []
    }
  })
  return found.sort((a, b) => a.problem.stops.length - b.problem.stops.length)
}

const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

/** Best known costs by lower-case name, from the column that fits the distance-only convention. */
function readBestKnown(text: string): Map<string, number> {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = head.split(',')
  const column =
    ['dimacs_distance', 'bestKnown', 'best_known', 'cost']
      .map((name) => columns.indexOf(name))
      .find((i) => i >= 0) ?? 1
  const pairs = lines.map((line) => line.split(','))
  return new Map(
    pairs
      .filter((cells) => Number(cells[column]) > 0)
      .map((cells) => [cells[0]!.toLowerCase(), Number(cells[column])]),
  )
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
const percent = (values: (number | null)[]) => {
  const gaps = values.filter((gap) => gap !== null)
  return gaps.length ? `${mean(gaps).toFixed(2)} %` : '–'
}

function lineOf(runs: Row[]): string {
  const first = runs[0]!
  const costs = runs.map((row) => row.cost.toFixed(1)).join(' ')
  const verdict = runs.every((row) => row.feasible) ? 'feasible' : 'INFEASIBLE'
  return `${first.instance.padEnd(12)} ${String(first.customers).padStart(5)}  gap ${percent(runs.map((r) => r.gapPercent)).padStart(7)}  ${verdict}  best known ${first.bestKnown ?? '–'}  costs ${costs}`
}

function printMeans(rows: Row[]): void {
  const sizes = [...new Set(rows.map((row) => Math.round(row.customers / 100) * 100))].sort((a, b) => a - b)
  for (const size of sizes) {
    const group = rows.filter((row) => Math.round(row.customers / 100) * 100 === size)
    const seconds = mean(group.map((row) => row.cpuSeconds)).toFixed(1)
    console.log(
      `mean of ${size} customers: ${percent(group.map((r) => r.gapPercent))} in ${seconds} s CPU (${group.length} runs)`,
    )
  }
}

if (import.meta.main) await benchRoutes(process.argv.slice(2))
