import type { ReactNode } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { EmptyState, ErrorState, Note, Skeleton } from '../kit/states.tsx'
import type { KeptQuery } from './use-run.ts'
import { whenText } from './words.ts'

/** Loading, failed, not to be had now, or there; says when what is shown was kept on the phone. */
export function KeptView<T>({ query, children }: { query: KeptQuery<T>; children: (data: T) => ReactNode }) {
  if (query.data === undefined) {
    if (query.absent) return <Absent onRetry={query.refetch} />
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

function Absent({ onRetry }: { onRetry: () => void }) {
  return (
    <div role="alert">
      <EmptyState icon="warning" title={t('driver.absent')} text={t('driver.absentHint')}>
        <Button size="l" icon="refresh" onClick={onRetry}>
          {t('kit.retry')}
        </Button>
      </EmptyState>
    </div>
  )
}
