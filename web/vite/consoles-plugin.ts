import type { Plugin } from 'vite'

/**
 * `CONSOLES=ops,shop` leaves the other consoles out of a build or test, which is quicker and does not ask them to
 * compile while somebody else is at work on them. Without it everything is built.
 */
export function consolesPlugin(): Plugin {
  const wanted = process.env['CONSOLES']?.split(',')
  return {
    name: 'huming-consoles',
    enforce: 'pre',
    load(id) {
      const console = /\/src\/(\w+)\/area\.tsx$/.exec(id)?.[1]
      return wanted && console && !wanted.includes(console) ? 'export const area = undefined' : undefined
    },
  }
}
