import { useSyncExternalStore } from 'react'

/** Below this the parts of a desk stand one at a time. */
const query = '(max-width: 719px)'

function watch(changed: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Is the window as narrow as a phone? For parts that are left out, not only placed otherwise. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => window.matchMedia(query).matches)
