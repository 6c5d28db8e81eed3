import { useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { LiveDot } from '../app/live-dot.tsx'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import './dispatch.css'
import { kmText, waveText } from './dispatch-words.ts'
import { HubChoice, useHub } from './use-hub.tsx'

type Item = Reply<'routes.listPlans'>['items'][number]

/** Released waves with their plans: what is to be planned, what to be dispatched. */
export function Dispatch() {
  const hub = useHub()
  const plans = useApi('routes.listPlans', { query: { hubId: hub.hubId } }, { enabled: hub.hubId !== '' })
  useLive(['plan.', 'run.', 'wave.', 'pick.'], ['routes.'])
  return (
    <>
      <PageHeader title={t('dispatch.title')} sub={<LiveDot />}>
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded
        query={plans}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="map" title={t('dispatch.none')} text={t('dispatch.noneHint')} />,
        }}
      >
        {({ items }) => <Waves items={items} />}
      </Loaded>
    </>
  )
}

function Waves({ items }: { items: readonly Item[] }) {
  return (
    <DataTable
      label={t('dispatch.title')}
      rows={items}
      rowKey={(item) => item.waveId}
      columns={[
        {
          key: 'wave',
          head: t('dispatch.col.wave'),
          cell: (item) =>
            item.plan ? (
              <LinkButton to={`/dispatch/${item.plan.id}`} tone="quiet">
                {waveText(item.day, item.waveSeq)}
              </LinkButton>
            ) : (
              <b>{waveText(item.day, item.waveSeq)}</b>
            ),
        },
        {
          key: 'status',
          head: t('dispatch.col.status'),
          cell: (item) => <StatusChip of="wave" status={item.waveStatus as 'picked'} />,
        },
        { key: 'orders', head: t('dispatch.col.orders'), end: true, cell: (item) => item.orders },
        {
          key: 'plan',
          head: t('dispatch.col.plan'),
          cell: (item) =>
            item.plan ? (
              <StatusChip of="plan" status={item.plan.status} />
            ) : (
              <PlanButton waveId={item.waveId} />
            ),
        },
        { key: 'runs', head: t('dispatch.col.runs'), end: true, cell: (item) => item.plan?.runs ?? '—' },
        { key: 'unassigned', head: t('dispatch.col.unassigned'), end: true, cell: unassignedCell },
        {
          key: 'metres',
          head: t('dispatch.col.metres'),
          end: true,
          cell: (item) => (item.plan ? kmText(item.plan.metres) : '—'),
        },
      ]}
    />
  )
}

function unassignedCell({ plan }: Item) {
  if (!plan) return '—'
  return plan.unassigned > 0 ? <Badge tone="bad">{plan.unassigned}</Badge> : 0
}

function PlanButton({ waveId }: { waveId: string }) {
  const may = useMay()
  const [, go] = useLocation()
  const plan = useAct('routes.plan', {
    changes: ['routes.listPlans'],
    onDone: ({ id }) => go(`/dispatch/${id}`),
  })
  if (!may('plan.write')) return <span className="muted">{t('dispatch.noPlan')}</span>
  return (
    <Button
      icon="map"
      busy={plan.isPending}
      onClick={() => plan.mutate({ params: { waveId } }, { onError: toastProblem })}
    >
      {t('dispatch.plan')}
    </Button>
  )
}
