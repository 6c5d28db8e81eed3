import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const contractsFile = join(import.meta.dirname, '../../shared/src/contracts/all.ts')

/**
 * Gives the browser `virtual:routes`: method and path of every contract by its id, and nothing else.
 * The contracts themselves are zod schemas, which the browser needs only as types.
 */
export function routesPlugin(): Plugin {
  return {
    name: 'huming-routes',
    resolveId: (id) => (id === 'virtual:routes' ? '\0virtual:routes' : undefined),
    async load(id) {
      if (id !== '\0virtual:routes') return undefined
      this.addWatchFile(contractsFile)
      // The time makes a dev server read an edited list again.
      const { contracts } = (await import(`${pathToFileURL(contractsFile).href}?at=${Date.now()}`)) as {
        contracts: Record<string, { method: string; path: string }>
      }
      const routes = Object.entries(contracts).map(([key, { method, path }]) => [key, [method, path]])
      return `export const routes = ${JSON.stringify(Object.fromEntries(routes))}`
    },
  }
}
