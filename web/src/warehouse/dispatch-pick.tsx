import { createContext, type ReactNode, use, useMemo, useState } from 'react'

/** The run and the stop looked at: list, timetable and map show the same. */
type Pick = {
  runId: string | null
  stopId: string | null
  pickRun: (runId: string | null) => void
  pickStop: (runId: string, stopId: string) => void
}

const Picked = createContext<Pick | null>(null)

export function PickRoot({ children }: { children: ReactNode }) {
  const [at, setAt] = useState<{ runId: string | null; stopId: string | null }>({ runId: null, stopId: null })
  const pick = useMemo(
    () => ({
      ...at,
      pickRun: (runId: string | null) => setAt({ runId, stopId: null }),
      pickStop: (runId: string, stopId: string) => setAt({ runId, stopId }),
    }),
    [at],
  )
  return <Picked value={pick}>{children}</Picked>
}

export function usePicked(): Pick {
  const pick = use(Picked)
  if (!pick) throw new Error('usePicked outside PickRoot')
  return pick
}
