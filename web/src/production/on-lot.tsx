import { lazy, Suspense } from 'react'
import type { Reply } from '../app/api.ts'

const Cards = lazy(async () => ({ default: (await import('./lot-cards.tsx')).LotCards }))
const Send = lazy(async () => ({ default: (await import('./send.tsx')).SendButton }))

/** Label and genealogy of a lot; their code comes after the page's own. */
export const ProductionOfLot = ({ lotId }: { lotId: string }) => (
  <Suspense fallback={null}>
    <Cards lotId={lotId} />
  </Suspense>
)

/** Sends a part of the lot to another maker. */
export const SendToMaker = ({ lot }: { lot: Reply<'stock.readLot'> }) => (
  <Suspense fallback={null}>
    <Send lot={lot} />
  </Suspense>
)
