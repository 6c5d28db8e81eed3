import { dayText, serviceDay } from '@huming/shared/days'
import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import { StatusChip } from '../kit/badge.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, ProgressBar } from '../kit/states.tsx'
import { KeptView } from './kept-view.tsx'
import { useOutbox } from './outbox.ts'
import { inList } from './overlay.ts'
import { TruckWash } from './truck-wash.tsx'
import { useKeepRuns, useKept } from './use-run.ts'
import { kmText, runText, whenText } from './words.ts'

type MyRun = Reply<'delivery.myRuns'>['items'][number]

/** The driver's runs of today, the one at work first. */
export function MyRuns() {
  const query = useKept('delivery.myRuns')
  useKeepRuns(query)
  const { waiting } = useOutbox()
  return (
    <>
      <PageHeader title={t('driver.runs.title')} />
      <KeptView query={query}>
        {({ items, vehicles }) => (
          <>
            {items.length === 0 ? (
              <EmptyState icon="truck" title={t('driver.runs.none')} text={t('driver.runs.noneHint')} />
            ) : (
              <ul className="driver-list">
                {items.map((run) => (
                  <li key={run.id}>
                    <RunCard run={inList(run, waiting)} />
                  </li>
                ))}
              </ul>
            )}
            {(vehicles ?? []).map((truck) => (
              <TruckWash key={truck.id} truck={truck} />
            ))}
          </>
        )}
      </KeptView>
    </>
  )
}

function RunCard({ run }: { run: MyRun }) {
  const loading = run.status === 'loading'
  return (
    <Link to={`/runs/${run.id}`} className="driver-card">
      <span className="row spread">
        <b className="driver-name">{runText(run)}</b>
        <StatusChip of="run" status={run.status} />
      </span>
      <span className="muted">
        {dayText(serviceDay(run.day), locale())} · {run.hub} · {kmText(run.metres)}
      </span>
      {loading && <span className="muted">{t('driver.runs.depart', { time: whenText(run.departAt) })}</span>}
      {loading ? (
        <ProgressBar label={t('driver.load.progress')} done={run.totesLoaded} total={run.totes} />
      ) : (
        <ProgressBar label={t('driver.run.done')} done={run.stopsDone} total={run.stopCount} />
      )}
    </Link>
  )
}
