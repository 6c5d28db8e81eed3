import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useParams } from 'wouter'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { DockCard } from './dock-card.tsx'
import { HandoverDialog } from './handover-dialog.tsx'
import { useSupplier } from './scope.tsx'
import { WayForm } from './way-form.tsx'
import { type Load, type Way, zoneName } from './way-words.ts'
import { momentWords } from './words.ts'
import './way-texts.ts'

/** How a load travels: legs by road, rail or air, who took it when, how warm it was, and when the dock expects it. */
export function WayPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { to } = useSupplier()
  const load = useApi('supply.readConsignment', { params: { id } })
  const way = useApi('legs.read', { params: { id } })
  useLive(['consignment.', 'appointment.'], ['legs.', 'supply.readConsignment'])
  return (
    <>
      <PageHeader title={t('way.title')} back={to(`/consignments/${id}`)} sub={load.data?.number} />
      <Loaded query={load}>
        {(one) => <Loaded query={way}>{(found) => <WayView load={one} way={found} />}</Loaded>}
      </Loaded>
    </>
  )
}

function WayView({ load, way }: { load: Load; way: Way }) {
  const may = useMay()
  const [planning, setPlanning] = useState(false)
  const open = ['draft', 'shipped'].includes(load.status) && may('supply.write')
  if (planning) return <WayForm load={load} way={way} onDone={() => setPlanning(false)} />
  return (
    <div className="stack coop-page">
      <Card
        title={t('way.legs')}
        side={
          open && (
            <Button onClick={() => setPlanning(true)}>
              {t(load.status === 'draft' ? 'way.plan' : 'way.change')}
            </Button>
          )
        }
      >
        {way.legs.length === 0 ? <p className="muted">{t('way.none')}</p> : <Legs way={way} />}
        <SetPoints way={way} />
      </Card>
      <Handovers load={load} way={way} />
      <DockCard load={load} appointment={way.appointment} canWrite={open} />
    </div>
  )
}

function Legs({ way }: { way: Way }) {
  return (
    <ol className="coop-life">
      {way.legs.map((leg) => (
        <li key={leg.id}>
          <b>
            {t(`way.${leg.mode}`)} · {leg.fromPlace} → {leg.toPlace}
          </b>
          <span className="muted small">
            {t('way.times', { from: momentWords(leg.departsAt), to: momentWords(leg.arrivesAt) })}
          </span>
          <span className="muted small">
            {[leg.carrier, leg.vehicle, leg.waybill].filter(Boolean).join(' · ')}
          </span>
          {leg.departedAt && (
            <span className="small">{t('way.departed', { at: momentWords(leg.departedAt) })}</span>
          )}
          {leg.arrivedAt && (
            <span className="small">{t('way.arrived', { at: momentWords(leg.arrivedAt) })}</span>
          )}
        </li>
      ))}
    </ol>
  )
}

function SetPoints({ way }: { way: Way }) {
  const cold = way.zones.filter((one) => one.readingRequired)
  if (cold.length === 0) return null
  return (
    <p className="row small">
      {cold.map(({ zone, setPointDeciC }) => (
        <Badge key={zone} tone={setPointDeciC === null ? 'warn' : 'info'}>
          {t('way.setPointShown', {
            zone: zoneName(zone),
            at: setPointDeciC === null ? t('way.notSet') : temperatureText(setPointDeciC),
          })}
        </Badge>
      ))}
    </p>
  )
}

/** Each change of carrier so far, and the next one to record. */
function Handovers({ load, way }: { load: Load; way: Way }) {
  const may = useMay()
  const [recording, setRecording] = useState(false)
  const next = way.legs[way.handovers.length]
  const ready = load.status === 'shipped' && next && may('supply.write')
  return (
    <Card
      title={t('way.handovers')}
      side={
        ready && (
          <Button tone="main" onClick={() => setRecording(true)}>
            {t('way.handover')}
          </Button>
        )
      }
    >
      {way.handovers.length === 0 && <p className="muted">{t('way.noHandovers')}</p>}
      <ul className="coop-list">
        {way.handovers.map((one) => (
          <li key={one.id} className="stack" style={{ ['--gap' as string]: '4px' }}>
            <b>{t('way.handoverAt', { place: one.place })}</b>
            <span className="muted small">
              {momentWords(one.at)} · {t('way.byWhom', { taken: one.takenBy, recorded: one.recordedBy })}
            </span>
            <span className="row small">
              {one.sealFound && (
                <Badge tone={one.sealFound === 'ok' ? 'good' : 'bad'}>
                  {t('way.sealFound')} {t(`way.seal.${one.sealFound}`)}
                </Badge>
              )}
              <span>
                {t('way.sealNumber')} {one.sealNumber}
              </span>
              {one.readings.map(({ zone, deciC, judged }) => (
                <Badge key={zone} tone={judged === 'reject' ? 'bad' : judged === 'warn' ? 'warn' : 'good'}>
                  {zoneName(zone)} {temperatureText(deciC)}{' '}
                  {judged !== 'fine' && textOf(`way.judged.${judged}`, '')}
                </Badge>
              ))}
            </span>
            {one.note && <span className="small">{one.note}</span>}
          </li>
        ))}
      </ul>
      {recording && next && (
        <HandoverDialog load={load} way={way} leg={next} onClose={() => setRecording(false)} />
      )}
    </Card>
  )
}
