import { type ComponentType, lazy, Suspense } from 'react'
import { Skeleton } from '../kit/states.tsx'

/** A screen whose code comes when it is opened: a console's home must be there at once, the rest may follow. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  const Screen = lazy(async () => ({ default: await load() }))
  return () => (
    <Suspense fallback={<Skeleton />}>
      <Screen />
    </Suspense>
  )
}
