import { serviceDayOf } from '@huming/shared/days'
import { temperatureText } from '@huming/shared/reference/zones'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { stateTones, timeText, zoneText } from './words.ts'
import './texts.ts'
import './cold.css'

type Device = Reply<'temperature.listDevices'>['items'][number]

/** Cold rooms and trucks as they are now. */
export function TemperaturesNow() {
  const hub = useHub()
  const { items, more, query } = usePages('temperature.listDevices', {
    query: { hubId: hub.hubId || undefined },
  })
  useLive(['temperature.'], ['temperature.'])
  const rooms = items.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.serial.localeCompare(b.serial))
  return (
    <>
      <PageHeader title={t('cold.now')}>
        <HubChoice {...hub} />
        <LinkButton to="/temperatures/devices" icon="cold" size="l">
          {t('device.title')}
        </LinkButton>
        <LinkButton to="/temperatures/limits" icon="chart" size="l">
          {t('limit.title')}
        </LinkButton>
        <LinkButton to="/temperatures/alarms" icon="warning" size="l">
          {t('cold.alarms')}
        </LinkButton>
      </PageHeader>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState icon="cold" title={t('cold.none')} /> }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '260px' }}>
            {rooms.map((one) => (
              <DeviceCard key={one.id} one={one} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
    </>
  )
}

function DeviceCard({ one }: { one: Device }) {
  const overdue = one.calibrationDue !== null && one.calibrationDue < serviceDayOf(new Date())
  return (
    <Card
      title={one.name || one.plate || one.serial}
      side={<Badge tone={stateTones[one.state]}>{t(`cold.state.${one.state}`)}</Badge>}
    >
      <b className="cold-degrees">{one.lastDeciC === null ? '—' : temperatureText(one.lastDeciC)}</b>
      <span className="muted small">
        {t(`cold.kind.${one.kind}`)} · {zoneText(one.zone)} · {one.serial}
      </span>
      {one.lastAt && <span className="muted small">{t('cold.lastAt', { time: timeText(one.lastAt) })}</span>}
      <span className={overdue ? 'small' : 'muted small'}>
        {overdue
          ? t('cold.calibrationOver')
          : one.calibrationDue
            ? t('cold.calibration', { day: one.calibrationDue })
            : t('cold.calibrationNone')}
      </span>
      {one.openAlarms > 0 && (
        <span>
          <Badge tone="bad">{t('cold.alarmsOf', { count: one.openAlarms })}</Badge>
        </span>
      )}
      {one.runId && (
        <LinkButton to={`/temperatures/runs/${one.runId}`} icon="chart" size="l">
          {t('cold.runChart')}
        </LinkButton>
      )}
    </Card>
  )
}
