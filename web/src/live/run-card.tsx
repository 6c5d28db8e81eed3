import { useState } from 'react'
import { t, textOf } from '../app/i18n.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { ProgressBar } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { ProofButton } from './proof.tsx'
import { RelayDialog } from './relay.tsx'
import { Timeline } from './timeline.tsx'
import { isOpen, type Live, type LiveRun, type LiveStop, riskTone, timeText } from './words.ts'

interface Props {
  run: LiveRun
  board: Live
  span: { from: number; to: number }
}

/** One truck: where it stands against its plan, what is next, and what can be done about it. */
export function RunLive({ run, board, span }: Props) {
  const may = useMay()
  const [failing, setFailing] = useState(false)
  const [open, setOpen] = useState(false)
  const done = run.stops.filter((stop) => !isOpen(stop)).length
  return (
    <section className="live-run" aria-label={run.plate}>
      <div className="row spread">
        <span className="row" style={{ ['--gap' as string]: '8px' }}>
          <b>
            {run.seq} · {run.plate}
          </b>
          <StatusChip of="run" status={run.status} />
          {run.outOfService && run.status !== 'finished' && (
            <Badge tone="bad">{t('live.out', { reason: run.outOfService })}</Badge>
          )}
        </span>
        {run.status !== 'finished' && (
          <Badge tone={run.delayMinutes > 0 ? 'warn' : 'good'}>
            {run.delayMinutes > 0 ? t('live.behind', { minutes: run.delayMinutes }) : t('live.onPlan')}
          </Badge>
        )}
      </div>
      <span className="muted small">{run.driver ?? t('live.noDriver')}</span>
      <p className="live-next">{nextText(run)}</p>
      <Timeline run={run} span={span} now={Date.parse(board.at)} />
      <ProgressBar label={t('live.stops')} done={done} total={run.stops.length} />
      <div className="row live-acts">
        {run.driverPhone && run.status !== 'finished' && (
          <>
            <a className="k-button" data-tone="plain" href={`tel:${run.driverPhone}`}>
              {t('live.call')}
            </a>
            <a
              className="k-button"
              data-tone="plain"
              href={`sms:${run.driverPhone}?body=${encodeURIComponent(t('live.textBody', { plate: run.plate }))}`}
            >
              {t('live.text')}
            </a>
          </>
        )}
        {may('plan.write') && run.status !== 'finished' && (
          <>
            <Button tone="danger" icon="warning" onClick={() => setFailing(true)}>
              {t('live.breakDown')}
            </Button>
            <LinkButton to={`~/warehouse/dispatch/${run.planId}`} icon="map">
              {t('live.replan')}
            </LinkButton>
          </>
        )}
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('live.more')}
        </Button>
      </div>
      {open && <Stops stops={run.stops} label={run.plate} />}
      {failing && <RelayDialog run={run} board={board} onClose={() => setFailing(false)} />}
    </section>
  )
}

function nextText(run: LiveRun): string {
  if (run.status === 'finished') return t('live.nextDone')
  if (run.status !== 'on_road')
    return t('live.nextLoad', { loaded: run.totesLoaded, count: run.totes, time: timeText(run.departAt) })
  const next = run.stops.find((stop) => stop.status === 'arrived') ?? run.stops.find(isOpen)
  return next ? t('live.next', { site: next.site, time: timeText(next.expectedAt) }) : t('live.nextBack')
}

function Stops({ stops, label }: { stops: readonly LiveStop[]; label: string }) {
  return (
    <DataTable
      label={label}
      rows={stops}
      rowKey={(stop) => stop.id}
      columns={[
        { key: 'site', head: t('live.site'), cell: (stop) => `${stop.seq} · ${stop.site}` },
        {
          key: 'status',
          head: t('live.stops'),
          cell: (stop) => <StatusChip of="stop" status={stop.status} />,
        },
        {
          key: 'window',
          head: t('live.window'),
          cell: (stop) => `${timeText(stop.windowFromAt)}–${timeText(stop.windowToAt)}`,
        },
        { key: 'planned', head: t('live.planned'), cell: (stop) => timeText(stop.plannedArriveAt) },
        {
          key: 'expected',
          head: t('live.expected'),
          cell: (stop) =>
            stop.status === 'waiting'
              ? `${timeText(stop.expectedAt)} (${timeText(stop.earliestAt)}–${timeText(stop.latestAt)})`
              : timeText(stop.arrivedAt ?? stop.expectedAt),
        },
        {
          key: 'risk',
          head: t('live.riskHead'),
          cell: (stop) =>
            isOpen(stop) ? <Risk stop={stop} /> : <ProofButton stopId={stop.id} site={stop.site} />,
        },
      ]}
    />
  )
}

function Risk({ stop }: { stop: LiveStop }) {
  return (
    <span className="row" style={{ ['--gap' as string]: '6px' }}>
      <Badge tone={riskTone[stop.risk]}>
        {textOf(`live.risk.${stop.risk}`, stop.risk)}{' '}
        {t('live.chance', { percent: Math.round(stop.lateChanceBp / 100) })}
      </Badge>
      <span className="small muted">{textOf(`live.why.${stop.riskReason}`, stop.riskReason)}</span>
    </span>
  )
}
