import { newId } from '@huming/shared/ids'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import { zoneName } from './words.ts'
import './dock-texts.ts'

export type Receipt = Reply<'receiving.readReceipt'>
type ZoneTrip = Receipt['zones'][number]
const tones = { none: 'warn', fine: 'good', warn: 'warn', excursion: 'bad' } as const
const fileMax = 200_000
/** No thermometer of a truck shows more, up or down. */
const degreesMost = 60

/** What a temperature logger said of each zone of the truck; nothing cold is taken in before. */
export function TripCheck({ receipt, open }: { receipt: Receipt; open: boolean }) {
  const zones = receipt.zones.filter((zone) => zone.limits.tripLogNeeded || zone.logs.length > 0)
  if (zones.length === 0) return null
  return (
    <Card title={t('trip.title')}>
      <div className="stack">
        {zones.map((zone) => (
          <ZoneCheck key={zone.zone} id={receipt.consignmentId} zone={zone} open={open} />
        ))}
      </div>
    </Card>
  )
}

function ZoneCheck({ id, zone, open }: { id: string; zone: ZoneTrip; open: boolean }) {
  const may = useMay()
  const [byHand, setByHand] = useState(false)
  const [tooBig, setTooBig] = useState(false)
  const act = useAct('receiving.addTripLog', {
    changes: ['receiving.readReceipt'],
    onDone: () => toast(t('trip.saved')),
  })
  const read = async (file: File | undefined) => {
    setTooBig(file !== undefined && file.size > fileMax)
    if (!file || file.size > fileMax) return
    const csv = await file.text()
    act.mutate({
      params: { id, logId: newId() },
      body: { zone: zone.zone, device: file.name.slice(0, 40), csv },
    })
  }
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <span className="row spread">
        <b className="wh-loud">{zoneName(zone.zone)}</b>
        <Badge tone={tones[zone.verdict]}>{t(`trip.verdict.${zone.verdict}`)}</Badge>
      </span>
      {zone.limits.warnAboveDeciC !== null && (
        <span className="muted small">
          {t('trip.limit', {
            limit: temperatureText(zone.limits.warnAboveDeciC),
            minutes: zone.limits.warnForMinutes ?? 0,
          })}
        </span>
      )}
      {zone.logs.map((log) => (
        <LogRow key={log.id} log={log} />
      ))}
      {open && may('receipt.write') && (
        <div className="wh-pair">
          <label className="k-button wh-file" data-size="l" aria-busy={act.isPending || undefined}>
            {t('trip.byFile')}
            <input
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(event) => {
                void read(event.target.files?.[0])
                event.target.value = ''
              }}
            />
          </label>
          <Button size="l" icon="pen" onClick={() => setByHand(true)}>
            {t('trip.byHand')}
          </Button>
        </div>
      )}
      {tooBig && (
        <p role="alert" className="small">
          {t('trip.fileTooBig')}
        </p>
      )}
      <ProblemNote error={act.error} />
      {byHand && <ByHand id={id} zone={zone} onClose={() => setByHand(false)} />}
    </div>
  )
}

function LogRow({ log }: { log: ZoneTrip['logs'][number] }) {
  const gap = log.gapMinutes ?? 0
  return (
    <span className="row small">
      <b>{t('trip.range', { min: temperatureText(log.minDeciC), max: temperatureText(log.maxDeciC) })}</b>
      <span>
        {log.source === 'manual'
          ? t('trip.manual')
          : `${log.device} · ${t('trip.readings', { count: log.readings })}`}
      </span>
      {log.minutesAbove > 0 && <span>{t('trip.above', { minutes: log.minutesAbove })}</span>}
      {gap > 30 && <span>{t('trip.gap', { minutes: gap })}</span>}
      <span className="muted">{log.by}</span>
    </span>
  )
}

function ByHand({ id, zone, onClose }: { id: string; zone: ZoneTrip; onClose: () => void }) {
  const [logId] = useState(newId)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const degrees = { unit: '℃', decimals: 1, signed: true }
  const min: PadField = { key: 'min', label: t('trip.min'), ...degrees }
  const max: PadField = { key: 'max', label: t('trip.max'), ...degrees }
  const above: PadField = {
    key: 'above',
    label: t('trip.minutesAbove'),
    unit: t('trip.minutes'),
    decimals: 0,
  }
  const act = useAct('receiving.addTripLog', {
    changes: ['receiving.readReceipt'],
    onDone: () => {
      toast(t('trip.saved'))
      onClose()
    },
  })
  const [low, high] = [padNumber(texts, min), padNumber(texts, max)]
  const tenths = (value: number) => Math.round(value * 10)
  const outside = [low, high].some((value) => value !== null && Math.abs(value) > degreesMost)
  const missing = low === null || high === null || low > high
  const wanting = outside
    ? t('trip.degreesRange')
    : missing
      ? `${t('trip.min')} · ${t('trip.max')}`
      : undefined
  const send = () =>
    low !== null &&
    high !== null &&
    act.mutate({
      params: { id, logId },
      body: {
        zone: zone.zone,
        manual: {
          minDeciC: tenths(low),
          maxDeciC: tenths(high),
          minutesAbove: padNumber(texts, above) ?? 0,
        },
      },
    })
  return (
    <ActDrawer
      title={`${zoneName(zone.zone)} · ${t('trip.byHand')}`}
      onClose={onClose}
      act={act}
      save={t('trip.save')}
      size="l"
      icon="check"
      refused={wanting}
      onSave={send}
    >
      <NumberPad
        fields={[min, max, above]}
        texts={texts}
        onText={(key, text) => setTexts({ ...texts, [key]: text })}
      />
    </ActDrawer>
  )
}
