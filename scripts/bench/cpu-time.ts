import { readdirSync, readFileSync } from 'node:fs'

/** Kernel clock ticks per second on Linux. */
const ticksPerSecond = 100

/**
 * CPU time that a process, and for `family` all its children, have used so far, in ms; null where there is no
 * /proc to tell it.
 */
export function cpuMs(pid: number, { family }: { family: boolean }): number | null {
  try {
    let ticks = ticksOf(pid, family)
    if (family) for (const child of childrenOf(pid)) ticks += ticksOf(child, false)
    return (ticks / ticksPerSecond) * 1000
  } catch {
    return null
  }
}

/** Own time and, with `reaped`, that of children that have ended. */
function ticksOf(pid: number, reaped: boolean): number {
  const fields = statOf(pid)
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number)
  return user + system + (reaped ? childUser + childSystem : 0)
}

/** Fields after the name, which may hold blanks: state, parent … */
const statOf = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(statOf(pid)[1]) === parent
      } catch {
        return false
      }
    })
}
