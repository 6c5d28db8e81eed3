import { useEffect, useState } from 'react'
import { useMe } from '../app/session.ts'
import { driverStore } from './outbox.ts'

type Kept<T> = { key: string; at: number; data: T }

/**
 * What is being told about a stop or run, kept on the phone: the camera may throw the page out of memory. Null until it
 * is read; whether it was there before; the way to change a part of it.
 */
export function useKeptDraft<T extends object>(
  about: string,
  empty: T,
): [T | null, (part: Partial<T>) => void, boolean] {
  const me = useMe()
  const key = `draft/${me.person.id}/${about}`
  const [draft, setDraft] = useState<T | null>(null)
  const [restored, setRestored] = useState(false)
  useEffect(() => {
    let left = false
    void driverStore
      .read<Kept<T>>('kept', key)
      .catch(() => undefined)
      .then((kept) => {
        if (left) return
        setRestored(kept !== undefined)
        setDraft({ ...empty, ...kept?.data })
      })
    return () => {
      left = true
    }
    // The stop is read again each minute, the draft is not.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- see above
  }, [key])
  const set = (part: Partial<T>) =>
    setDraft((before) => {
      if (!before) return before
      const data = { ...before, ...part }
      void driverStore.write('kept', key, { key, at: Date.now(), data }).catch(() => undefined)
      return data
    })
  return [draft, set, restored]
}
