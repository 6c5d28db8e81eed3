import { alarmDecisions } from '@huming/shared/reference/cold-watch'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Quantity } from '../kit/amount.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { AlarmFacts } from './alarms.tsx'
import { TemperatureChart } from './chart.tsx'
import './texts.ts'

type Alarm = Reply<'temperature.readAlarm'>

/** One alarm: readings, goods, and the word on them. */
export function TemperatureAlarm() {
  const { id } = useParams<{ id: string }>()
  const alarm = useApi('temperature.readAlarm', { params: { id } })
  useLive(['temperature.'], ['temperature.'])
  return (
    <>
      <PageHeader title={t('cold.alarms')} back="/temperatures/alarms" />
      <Loaded query={alarm}>{(data) => <AlarmView alarm={data} />}</Loaded>
    </>
  )
}

function AlarmView({ alarm }: { alarm: Alarm }) {
  return (
    <div className="stack">
      <Card title={alarm.plate ?? (alarm.device || alarm.serial)}>
        <div className="stack">
          <AlarmFacts one={alarm} />
          {alarm.runId && (
            <div className="row">
              <LinkButton to={`/temperatures/runs/${alarm.runId}`} icon="chart">
                {t('cold.runChart')}
              </LinkButton>
            </div>
          )}
        </div>
      </Card>
      <Card title={t('cold.chart')}>
        <TemperatureChart series={alarm.series} />
      </Card>
      {alarm.status !== 'decided' && <Decide alarm={alarm} />}
      <Card title={t('cold.goods')}>
        <Goods goods={alarm.goods} />
      </Card>
    </div>
  )
}

function Decide({ alarm }: { alarm: Alarm }) {
  const may = useMay()
  const [text, setText] = useState('')
  const changes = ['temperature.readAlarm', 'temperature.listAlarms'] as const
  const acknowledge = useAct('temperature.acknowledge', { changes: [...changes] })
  const decide = useAct('temperature.decide', { changes: [...changes] })
  const params = { id: alarm.id }
  const refused = text.trim() === '' ? t('cold.needReason') : undefined
  const busy = acknowledge.isPending || decide.isPending
  if (!may('temperature.acknowledge')) return <p className="muted">{t('cold.onlySafety')}</p>
  return (
    <Card title={t('cold.decide')}>
      <div className="stack">
        <TextField
          label={may('temperature.decide') ? t('cold.reason') : t('cold.note')}
          value={text}
          onText={setText}
        />
        <ProblemNote error={acknowledge.error ?? decide.error} />
        <div className="row">
          {alarm.status === 'open' && (
            <Button
              size="l"
              busy={busy}
              refused={refused}
              onClick={() => acknowledge.mutate({ params, body: { note: text } })}
            >
              {t('cold.acknowledge')}
            </Button>
          )}
          {may('temperature.decide') &&
            alarmDecisions.map((decision) => (
              <Button
                key={decision}
                size="l"
                tone={decision === 'release' ? 'main' : 'danger'}
                busy={busy}
                refused={refused}
                onClick={() => decide.mutate({ params, body: { decision, reason: text } })}
              >
                {t(`cold.decision.${decision}`)}
              </Button>
            ))}
        </div>
        {!may('temperature.decide') && <p className="muted small">{t('cold.onlySafety')}</p>}
      </div>
    </Card>
  )
}

function Goods({ goods }: { goods: Alarm['goods'] }) {
  if (goods.length === 0) return <p className="muted">{t('cold.goodsNone')}</p>
  return (
    <DataTable
      label={t('cold.goods')}
      rows={goods}
      rowKey={(row) => `${row.lotId} ${row.orderId ?? ''} ${row.bin ?? ''}`}
      columns={[
        { key: 'lot', head: t('cold.lot'), cell: (row) => row.lotCode },
        {
          key: 'product',
          head: t('cold.product'),
          cell: (row) => `${named({ zh: row.name, en: row.nameEn })} ${row.spec}`,
        },
        {
          key: 'where',
          head: t('cold.where'),
          cell: (row) => (row.number ? `${row.number} · ${row.site ?? ''}` : (row.bin ?? '')),
        },
        {
          key: 'quantity',
          head: t('cold.quantity'),
          end: true,
          cell: (row) => (
            <Quantity
              base={row.quantity}
              unit={row.orderUnit as never}
              packing={{
                baseUnit: row.baseUnit as never,
                conversions: [{ unit: row.orderUnit as never, size: row.basePerOrderUnit }],
              }}
            />
          ),
        },
        { key: 'state', head: t('cold.holdState'), cell: (row) => t(`cold.hold.${row.status}`) },
      ]}
    />
  )
}
