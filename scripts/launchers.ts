import { readFileSync } from 'node:fs'
import { setInterval } from 'node:timers'

const PACKAGE_MANAGER = /^(\S*\/)?(node (\S*\/)?)?(npm|npx|pnpm)(-cli)?(\.[cm]?js)?( |$)/
const SHELL_BETWEEN = /^(\S*\/)?sh -c /

interface Process {
  pid: number
  parent: number
  command: string
}

/**
 * Calls back when one of the package managers that started us is gone. `npx` killed by a process manager passes
 * nothing on to the `pnpm` it runs, and would leave the product running with nobody to stop it. Who else started
 * us may leave as they please: that is how programs are put in the background.
 */
export function watchLaunchers(gone: () => void): void {
  const chain = launchers()
  if (chain.length === 0) return
  const links = [process.pid, ...chain.map((one) => one.pid)]
  const timer = setInterval(() => {
    if (links.slice(0, -1).every((pid, i) => look(pid)?.parent === links[i + 1])) return
    clearInterval(timer)
    gone()
  }, 500)
  timer.unref()
}

/** The unbroken chain of package managers, and shells between them, above us. */
function launchers(): Process[] {
  const chain: Process[] = []
  let last = 0
  for (let one = look(process.ppid); one; one = look(one.parent)) {
    if (!PACKAGE_MANAGER.test(one.command) && !SHELL_BETWEEN.test(one.command)) break
    chain.push(one)
    if (PACKAGE_MANAGER.test(one.command)) last = chain.length
  }
  return chain.slice(0, last)
}

/** Nothing where the process is gone, and on systems without /proc. */
function look(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command }
  } catch {
    return undefined
  }
}
