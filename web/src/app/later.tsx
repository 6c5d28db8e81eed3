import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { Skeleton } from '../kit/states.tsx'

/**
 * A screen, or a part of one, whose code comes when it is drawn: a console's home must be there at once, the rest
 * may follow. `waiting` is shown until then.
 */
export function later(load: () => Promise<ComponentType>, waiting: ReactNode = <Skeleton />): ComponentType {
  const Screen = lazy(async () => ({ default: await load() }))
  return () => (
    <Suspense fallback={waiting}>
      <Screen />
    </Suspense>
  )
}
