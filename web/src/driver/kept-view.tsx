import type { ReactNode } from 'react'
import { t } from '../app/i18n.ts'
import { ErrorState, Note, Skeleton } from '../kit/states.tsx'
import type { KeptQuery } from './use-run.ts'
import { whenText } from './words.ts'

/** Loading, failed, or there; says when what is shown was kept on the phone. */
export function KeptView<T>({ query, children }: { query: KeptQuery<T>; children: (data: T) => ReactNode }) {
  if (query.data === undefined) {
    if (query.error) return <ErrorState error={query.error} onRetry={query.refetch} />
    return <Skeleton lines={5} height={72} />
  }
  return (
    <div className="stack driver-page">
      {query.keptAt !== null && <Note tone="warn">{t('driver.kept', { time: whenText(query.keptAt) })}</Note>}
      {children(query.data)}
    </div>
  )
}
