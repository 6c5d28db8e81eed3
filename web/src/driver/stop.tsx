import { useState } from 'react'
import { useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Note } from '../kit/states.tsx'
import { CallButton } from './call-button.tsx'
import { Closed } from './closed.tsx'
import { FailDrawer } from './fail-drawer.tsx'
import { Goods } from './goods.tsx'
import { HandOver } from './hand-over.tsx'
import { KeptView } from './kept-view.tsx'
import { navigationAddress } from './navigation.ts'
import { keepAct } from './outbox.ts'
import { isClosed, type Run, type Stop } from './overlay.ts'
import { AskPlace, useConsent, usePlace } from './place.tsx'
import { StopTime } from './stop-list.tsx'
import { useRun } from './use-run.ts'
import { timeText } from './words.ts'

/** One stop: where, whom to call, what to hand over; the button at the bottom changes with its state. */
export function StopPage() {
  const { id, stopId } = useParams<{ id: string; stopId: string }>()
  const query = useRun(id)
  const stop = query.data?.stops.find((one) => one.id === stopId)
  return (
    <>
      <PageHeader
        title={stop?.site ?? t('driver.run.stops')}
        back={`/runs/${id}`}
        sub={
          stop && (
            <>
              <span>{t('driver.stop.title', { seq: stop.seq })}</span>
              <StatusChip of="stop" status={stop.status} />
            </>
          )
        }
      />
      <KeptView query={query}>
        {(run) => (stop ? <StopView run={run} stop={stop} /> : <EmptyState icon="pin" />)}
      </KeptView>
    </>
  )
}

function StopView({ run, stop }: { run: Run; stop: Stop }) {
  return (
    <>
      <Where stop={stop} onRoad={run.status === 'on_road'} />
      {isClosed(stop) && <Closed stop={stop} />}
      {stop.status === 'waiting' && <Ahead run={run} stop={stop} />}
      {/* The form begins anew for another stop, and is not lost while the run is read again. */}
      {stop.status === 'arrived' && <HandOver key={stop.id} run={run} stop={stop} />}
    </>
  )
}

function Where({ stop, onRoad }: { stop: Stop; onRoad: boolean }) {
  return (
    <Card>
      <p className="driver-address">{stop.address}</p>
      <p className="row" style={{ ['--gap' as string]: '10px' }}>
        <span>
          {t('driver.stop.window', { from: timeText(stop.windowFromAt), to: timeText(stop.windowToAt) })}
        </span>
        <StopTime stop={stop} />
        {stop.late && !isClosed(stop) && (
          <Badge tone="bad" icon="clock">
            {t('driver.stop.late')}
          </Badge>
        )}
      </p>
      {stop.gateNote && <p className="driver-gate">{stop.gateNote}</p>}
      {stop.keyDrop && <Note tone="info">{t('driver.stop.keyDropHint')}</Note>}
      {!isClosed(stop) && (
        <div className="driver-pair">
          <a
            className="k-button"
            data-tone="plain"
            data-size="l"
            data-full
            href={navigationAddress(stop)}
            target="_blank"
            rel="noreferrer"
          >
            <Icon name="navigate" />
            {t('driver.navigate')}
          </a>
          <CallButton stop={stop} may={onRoad} />
        </div>
      )}
    </Card>
  )
}

/** Before arriving: what will be handed over, and the button to say one is there. */
function Ahead({ run, stop }: { run: Run; stop: Stop }) {
  const me = useMe()
  const [failing, setFailing] = useState(false)
  const [consent, giveConsent] = useConsent()
  const place = usePlace(consent)
  const earlier = run.stops.some((one) => one.seq < stop.seq && one.status === 'waiting')
  const onRoad = run.status === 'on_road'
  return (
    <>
      {onRoad && consent === null && <AskPlace onGive={giveConsent} />}
      {onRoad && earlier && <Note tone="warn">{t('driver.stop.skipped')}</Note>}
      <Goods stop={stop} />
      {onRoad && (
        <>
          <Button size="l" tone="quiet" icon="warning" full onClick={() => setFailing(true)}>
            {t('driver.fail')}
          </Button>
          <FailDrawer run={run} stop={stop} open={failing} onClose={() => setFailing(false)} />
          <BottomBar>
            <Button
              tone="main"
              size="l"
              icon="pin"
              full
              className="driver-main"
              onClick={() =>
                void keepAct(
                  { personId: me.person.id, runId: run.id, stop },
                  { kind: 'arrive', body: { place: place() } },
                )
              }
            >
              {t('driver.arrive')}
            </Button>
          </BottomBar>
        </>
      )}
    </>
  )
}
