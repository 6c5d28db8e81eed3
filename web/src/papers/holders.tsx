import type { ComponentType } from 'react'
import { useParams } from 'wouter'
import type { Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { useMe } from '../app/session.ts'
import { SupplierScope } from '../coop/scope.tsx'

const screens: readonly Screen[] = [
  { path: '/papers', screen: later(async () => (await import('./papers.tsx')).Papers) },
  { path: '/papers/new', screen: later(async () => (await import('./paper.tsx')).NewPaper) },
  { path: '/papers/:id', screen: later(async () => (await import('./paper.tsx')).PaperPage) },
]

/** The paper screens for one's own organisation: a warehouse and its storage filing. */
export const ownPaperScreens: readonly Screen[] = screens.map(({ path, screen }) => ({
  path,
  screen: forOwn(screen),
}))

/** The paper screens for the organisation of the address: operations for carriers and buyers. */
export const paperScreensOf: readonly Screen[] = screens.map(({ path, screen }) => ({
  path: `/organisations/:orgId${path}`,
  screen: forAddressed(screen),
}))

function forOwn(Screen: ComponentType): ComponentType {
  return function Own() {
    const { org } = useMe()
    return (
      <SupplierScope value={{ orgId: org.id, name: org.name, to: (path) => path }}>
        <Screen />
      </SupplierScope>
    )
  }
}

function forAddressed(Screen: ComponentType): ComponentType {
  return function Addressed() {
    const { orgId = '' } = useParams<{ orgId: string }>()
    const to = (path: string) => `/organisations/${orgId}${path}`
    return (
      <SupplierScope value={{ orgId, name: '', to }}>
        <Screen />
      </SupplierScope>
    )
  }
}
