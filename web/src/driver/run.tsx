import { useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { Note, ProgressBar } from '../kit/states.tsx'
import { KeptView } from './kept-view.tsx'
import { Loading } from './loading.tsx'
import { OdometerCard, useOdometer } from './odometer-card.tsx'
import { keepRunAct } from './outbox.ts'
import { isAtDock, nextAct, type Run, tripNow, tripToLoad } from './overlay.ts'
import { SentBack } from './sent-back.tsx'
import { StopList } from './stop-list.tsx'
import { useRun } from './use-run.ts'
import { kmText, runText, whenText } from './words.ts'

/** One run: loading, then its stops; the button at the bottom is always the next thing to do. */
export function RunPage() {
  const { id } = useParams<{ id: string }>()
  const query = useRun(id)
  const run = query.data
  return (
    <>
      <PageHeader
        title={run ? runText(run) : t('driver.runs.title')}
        back="/"
        sub={run && <RunFacts run={run} />}
      />
      <KeptView query={query}>
        {(shown) => (
          <>
            <SentBack runId={shown.id} />
            {isAtDock(shown) ? <Loading run={tripToLoad(shown)} /> : <OnRoad run={shown} />}
          </>
        )}
      </KeptView>
    </>
  )
}

function RunFacts({ run }: { run: Run }) {
  return (
    <>
      <StatusChip of="run" status={run.status} />
      {run.stops.some((stop) => stop.trip > 1) && (
        <Badge>{t('driver.run.trip', { trip: tripNow(run) })}</Badge>
      )}
      <span>{kmText(run.metres)}</span>
      {run.status === 'loading' && <span>{t('driver.runs.depart', { time: whenText(run.departAt) })}</span>}
      {run.delayMinutes > 0 && run.status === 'on_road' && (
        <Badge tone="warn" icon="clock">
          {t('driver.run.behind', { minutes: run.delayMinutes })}
        </Badge>
      )}
    </>
  )
}

function OnRoad({ run }: { run: Run }) {
  const count = (status: string) => run.stops.filter((stop) => stop.status === status).length
  return (
    <>
      <Card>
        <ProgressBar label={t('driver.run.done')} done={run.stopsDone} total={run.stops.length} />
        {run.status === 'finished' && (
          <Note tone="good">
            {t('driver.finished', {
              delivered: count('delivered'),
              partial: count('partial'),
              refused: count('refused'),
              failed: count('failed'),
            })}
          </Note>
        )}
      </Card>
      <StopList run={run} />
      <NextButton run={run} />
    </>
  )
}

function NextButton({ run }: { run: Run }) {
  const next = nextAct(run)
  if (next.kind === 'finish') return <Finish run={run} />
  if (next.kind !== 'go' && next.kind !== 'continue') return null
  const { stop } = next
  return (
    <BottomBar>
      <LinkButton
        to={`/runs/${run.id}/stops/${stop.id}`}
        tone="main"
        size="l"
        icon={next.kind === 'go' ? 'navigate' : 'box'}
        full
        className="driver-main"
      >
        {t(next.kind === 'go' ? 'driver.next' : 'driver.continue', { site: stop.site })}
      </LinkButton>
    </BottomBar>
  )
}

function Finish({ run }: { run: Run }) {
  const me = useMe()
  const [odometer, setOdometer] = useOdometer(run)
  if (!odometer) return null
  const finish = async () => {
    const at = { personId: me.person.id, runId: run.id, about: runText(run) }
    const { outKm, backKm } = odometer
    if (outKm !== null && backKm !== null)
      await keepRunAct(
        { ...at, about: `${outKm} – ${backKm} km` },
        { kind: 'odometer', body: { outKm, backKm } },
      )
    await keepRunAct(at, { kind: 'finish', body: {} })
  }
  return (
    <>
      <OdometerCard back odometer={odometer} set={setOdometer} />
      <BottomBar>
        <div className="grow">
          <ConfirmButton
            tone="main"
            size="l"
            icon="check"
            full
            label={t('driver.finish')}
            title={t('driver.finish')}
            text={t('driver.finishAsk')}
            onConfirm={finish}
          />
        </div>
      </BottomBar>
    </>
  )
}
