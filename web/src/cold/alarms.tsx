import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { momentText, timeText, zoneText } from './words.ts'
import './texts.ts'

type Alarm = Reply<'temperature.listAlarms'>['items'][number]

/** Alarms of one's hubs; food safety decides them. */
export function TemperatureAlarms() {
  const [open, setOpen] = useState<'true' | 'false'>('true')
  const { items, more, query } = usePages('temperature.listAlarms', { query: { open } })
  useLive(['temperature.'], ['temperature.'])
  return (
    <>
      <PageHeader title={t('cold.alarms')} back="/temperatures" />
      <FilterBar>
        <Segmented
          label={t('cold.alarms')}
          value={open}
          options={[
            { value: 'true' as const, label: t('cold.open') },
            { value: 'false' as const, label: t('cold.decided') },
          ]}
          onPick={setOpen}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="check" title={t('cold.noAlarm')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '320px' }}>
            {items.map((one) => (
              <AlarmCard key={one.id} one={one} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} />
    </>
  )
}

function AlarmCard({ one }: { one: Alarm }) {
  return (
    <Card
      title={
        <>
          {one.plate ?? (one.device || one.serial)} <HeardOnly one={one} />
        </>
      }
      side={<StatusChip of="temperatureAlarm" status={one.status} />}
    >
      <AlarmFacts one={one} />
      <LinkButton to={`/temperatures/alarms/${one.id}`} size="l" icon="right">
        {t('cold.goods')}
      </LinkButton>
    </Card>
  )
}

/** Tells alarms of one truck apart for those who hear the heading; others see it below. */
export function HeardOnly({ one }: { one: Pick<Alarm, 'kind' | 'startedAt'> }) {
  return (
    <span className="sr-only">
      {t(`cold.alarm.${one.kind}`)} {momentText(one.startedAt)}
    </span>
  )
}

/** What happened, in a few lines. */
export function AlarmFacts({ one }: { one: Alarm }) {
  return (
    <>
      <span className="row" style={{ ['--gap' as string]: '8px' }}>
        <Badge tone={one.kind === 'silent' ? 'warn' : 'bad'} icon="warning">
          {t(`cold.alarm.${one.kind}`)}
        </Badge>
        <span>
          {zoneText(one.zone)}
          {one.runSeq !== null && ` · ${t('cold.run', { seq: one.runSeq })}`}
        </span>
      </span>
      {one.worstDeciC !== null && (
        <b>
          {t('cold.worst', {
            degrees: temperatureText(one.worstDeciC),
            limit: one.limitDeciC === null ? '—' : temperatureText(one.limitDeciC),
          })}
        </b>
      )}
      <span className="muted small">
        {t('cold.span', { from: momentText(one.startedAt), to: timeText(one.endedAt) })} · {one.hub}
      </span>
      <span className="small">{t('cold.concerns', { lots: one.lots, orders: one.orders })}</span>
      {one.note && <span className="small">{one.note}</span>}
      {one.decision && (
        <span className="small">
          <b>{t(`cold.decision.${one.decision}`)}</b> {one.reason}
        </span>
      )}
      {one.decidedBy && one.decidedAt && (
        <span className="muted small">
          {t('cold.by', { who: one.decidedBy, time: momentText(one.decidedAt) })}
        </span>
      )}
    </>
  )
}
