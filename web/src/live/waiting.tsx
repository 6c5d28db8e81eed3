import { ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { comma, named, t, textOf } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { DataTable } from '../kit/table.tsx'
import { DecideDialog } from './decide.tsx'
import { ProofButton } from './proof.tsx'
import { type FailedStop, type Live, timeText } from './words.ts'

/** Doors that took nothing: whom to call, and the orders it is about. */
export function Failed({ night }: { night: Live }) {
  const operations = useMe().org.kind === 'operations'
  const mayDecide = useMay()('run.dispatch')
  const [deciding, setDeciding] = useState<FailedStop | null>(null)
  if (night.failed.length === 0) return null
  return (
    <Card title={t('live.failed')}>
      <ul className="live-failed">
        {night.failed.map((stop) => (
          <li key={stop.stopId} className="row spread">
            <span className="stack" style={{ ['--gap' as string]: '2px' }}>
              <b>{stop.site}</b>
              <span className="small muted">
                {t('live.failedAt', { time: timeText(stop.finishedAt), plate: stop.plate })}
              </span>
              <span className="row">
                <Badge tone="bad">{reasonText(stop)}</Badge>
                {stop.decided ? (
                  <Badge tone="info">{decidedText(stop.decided)}</Badge>
                ) : (
                  stop.onRoad && <span className="small">{t('live.stillOut')}</span>
                )}
              </span>
              {stop.decided?.note && <span className="small muted">{stop.decided.note}</span>}
            </span>
            <span className="row live-acts">
              {mayDecide && stop.status === 'failed' && stop.decided?.choice !== 'again' && (
                <Button onClick={() => setDeciding(stop)}>{t('live.decide')}</Button>
              )}
              <ProofButton stopId={stop.stopId} site={stop.site} />
              <a className="k-button" data-tone="plain" href={`tel:${stop.contactPhone}`}>
                {t('live.call')} {stop.contactName}
              </a>
              {operations &&
                stop.orders.map((order) => (
                  <LinkButton key={order.id} to={`/orders/${order.id}`}>
                    {order.number}
                  </LinkButton>
                ))}
            </span>
          </li>
        ))}
      </ul>
      {deciding && <DecideDialog stop={deciding} board={night} onClose={() => setDeciding(null)} />}
    </Card>
  )
}

function decidedText({ choice, at, plate }: NonNullable<FailedStop['decided']>): string {
  const params = { time: timeText(at), plate: plate ?? '' }
  return t(`live.decided.${choice}`, params)
}

function reasonText({ reason, status }: FailedStop): string {
  const ended = textOf(`live.status.${status}`, status)
  return reason ? textOf(`live.reason.${reason}`, ended) : ended
}

/** Temperature alarms of the hub that nobody has decided. */
export function Alarms({ night }: { night: Live }) {
  const may = useMay()('temperature.read')
  const { data } = useApi(
    'temperature.listAlarms',
    { query: { hubId: night.hubId, open: 'true', limit: 50 } },
    { enabled: may, every: 60_000 },
  )
  const alarms = data?.items ?? []
  if (alarms.length === 0) return null
  return (
    <Card title={t('live.alarms')}>
      <ul className="live-failed">
        {alarms.map((alarm) => (
          <li key={alarm.id} className="row spread">
            <b>
              {t('live.alarm', {
                plate: alarm.plate ?? alarm.device,
                zone: named(ZONES[alarm.zone]),
              })}
            </b>
            <Badge tone="bad">
              {alarm.worstDeciC === null ? '—' : `${(alarm.worstDeciC / 10).toFixed(1)} °C`} ·{' '}
              {timeText(alarm.startedAt)}
            </Badge>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Orders that lost lines, or everything, after their wave was planned: the buyer may ask. */
export function Cut({ night }: { night: Live }) {
  const operations = useMe().org.kind === 'operations'
  if (night.cut.length === 0) return null
  return (
    <Card title={`${t('live.cut')} ${night.cut.length}`}>
      <DataTable
        label={t('live.cut')}
        rows={night.cut}
        rowKey={(order) => order.orderId}
        columns={[
          {
            key: 'order',
            head: t('live.orders'),
            cell: (order) =>
              operations ? (
                <LinkButton to={`/orders/${order.orderId}`}>{order.number}</LinkButton>
              ) : (
                order.number
              ),
          },
          { key: 'site', head: t('live.site'), cell: (order) => `${order.site} · ${order.buyer}` },
          {
            key: 'what',
            head: t('live.cutWhat'),
            cell: (order) => (
              <Badge tone={order.cancelled ? 'bad' : 'warn'}>
                {order.cancelled
                  ? t('live.cutAll')
                  : t('live.cutLines', { count: order.linesCut, lines: order.lines })}
              </Badge>
            ),
          },
          {
            key: 'why',
            head: t('live.cutWhy'),
            cell: (order) =>
              order.reasons.map((reason) => textOf(`cut.${reason}`, reason)).join(comma()) || '—',
          },
          { key: 'plate', head: t('live.runs'), cell: (order) => order.plate ?? '—' },
        ]}
      />
    </Card>
  )
}

export function Totes({ night }: { night: Live }) {
  if (night.totesOpen === 0) return null
  return (
    <Card title={`${t('live.totesOpen')} ${night.totesOpen}`}>
      <DataTable
        label={t('live.totesOpen')}
        rows={night.totes}
        rowKey={(tote) => tote.code}
        columns={[
          { key: 'code', head: '#', cell: (tote) => tote.code },
          { key: 'site', head: t('live.site'), cell: (tote) => tote.site },
          { key: 'order', head: t('live.orders'), cell: (tote) => tote.order },
          { key: 'plate', head: t('live.runs'), cell: (tote) => tote.plate ?? '—' },
        ]}
      />
    </Card>
  )
}
