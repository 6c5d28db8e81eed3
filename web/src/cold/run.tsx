import { temperatureText } from '@huming/shared/reference/zones'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { AlarmFacts, HeardOnly } from './alarms.tsx'
import { TemperatureChart } from './chart.tsx'
import { zoneText } from './words.ts'
import './texts.ts'

type Chart = Reply<'temperature.runChart'>

/** The temperatures of a run with its stops, and what each hand-over can prove. */
export function RunTemperature() {
  const { id } = useParams<{ id: string }>()
  const chart = useApi('temperature.runChart', { params: { id } })
  useLive(['temperature.'], ['temperature.'])
  return (
    <>
      <PageHeader title={t('cold.runChart')} sub={chart.data?.plate} back="/temperatures" />
      <Loaded query={chart}>{(data) => <RunView data={data} />}</Loaded>
    </>
  )
}

function RunView({ data }: { data: Chart }) {
  const marks = data.stops.flatMap((stop) =>
    stop.finishedAt === null ? [] : [{ at: Date.parse(stop.finishedAt), label: String(stop.seq) }],
  )
  const zones = [...Map.groupBy(data.series, (one) => one.zone)]
  return (
    <div className="stack">
      {zones.length === 0 && <p className="muted">{t('cold.noReadings')}</p>}
      {zones.map(([zone, series]) => (
        <Card key={zone} title={zoneText(zone)}>
          <TemperatureChart series={series} marks={marks} />
        </Card>
      ))}
      {data.alarms.map((alarm) => (
        <Card
          key={alarm.id}
          title={
            <>
              {t('cold.alarms')} <HeardOnly one={alarm} />
            </>
          }
        >
          <div className="stack">
            <AlarmFacts one={alarm} />
            <div className="row">
              <LinkButton to={`/temperatures/alarms/${alarm.id}`} icon="right">
                {t('cold.goods')}
              </LinkButton>
            </div>
          </div>
        </Card>
      ))}
      {data.evidence.length > 0 && (
        <Card title={t('cold.evidence')}>
          <DataTable
            label={t('cold.evidence')}
            rows={data.evidence}
            rowKey={(row) => `${row.stopId} ${row.zone}`}
            columns={[
              { key: 'stop', head: t('cold.stop'), cell: (row) => `${row.stopSeq} ${row.site}` },
              { key: 'zone', head: t('cold.zone'), cell: (row) => zoneText(row.zone) },
              {
                key: 'lowest',
                head: t('cold.lowest'),
                end: true,
                cell: (row) => temperatureText(row.lowest),
              },
              {
                key: 'highest',
                head: t('cold.highest'),
                end: true,
                cell: (row) => temperatureText(row.highest),
              },
              { key: 'mean', head: t('cold.mean'), end: true, cell: (row) => temperatureText(row.mean) },
              { key: 'out', head: t('cold.minutesOut'), end: true, cell: (row) => row.minutesOut },
              { key: 'n', head: t('cold.readings'), end: true, cell: (row) => row.readings },
            ]}
          />
        </Card>
      )}
    </div>
  )
}
