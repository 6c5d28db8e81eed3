import { instantText } from '@huming/shared/days'
import type { Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'

type Queue = Reply<'reports.queues'>['items'][number]

/** What the jobs process does and what it could not do. */
export function QueuesScreen() {
  const queues = useApi('reports.queues', undefined, { every: 3000 })
  return (
    <>
      <PageHeader title={t('ops.queues.title')} />
      <Loaded
        query={queues}
        empty={{
          when: (data) => data.items.length === 0,
          show: <EmptyState icon="layers" title={t('ops.queues.none')} />,
        }}
      >
        {(data) => (
          <div className="stack">
            {data.items.some((queue) => !queue.alive) && <Note tone="bad">{t('ops.queues.silent')}</Note>}
            {data.items.map((queue) => (
              <QueueCard key={queue.queue} queue={queue} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

const shown = ['waiting', 'active', 'delayed', 'completed', 'unrelayed'] as const

function QueueCard({ queue }: { queue: Queue }) {
  const may = useMay()
  const retry = useAct('reports.retryJobs', { onDone: () => toast(t('ops.queues.retryAsked')) })
  const ask = () =>
    retry.mutate(
      {
        params: { queue: queue.queue as 'events' | 'clock' },
        body: { jobIds: queue.failed.map((job) => job.id) },
      },
      { onError: toastProblem },
    )
  const side = (
    <Badge tone={queue.alive ? 'good' : 'bad'}>{queue.backend === 'redis' ? 'Redis' : 'PostgreSQL'}</Badge>
  )
  return (
    <Card title={textOf(`ops.queues.${queue.queue}`, queue.queue)} side={side}>
      <div className="cards tiles">
        {shown.map((key) =>
          queue.counts[key] === undefined ? null : (
            <Tile key={key} label={t(`ops.queues.${key}`)}>
              {queue.counts[key]}
            </Tile>
          ),
        )}
        <Tile label={t('ops.queues.failedCount')} tone={queue.failed.length > 0 ? 'bad' : 'plain'}>
          {queue.counts['failed'] ?? 0}
        </Tile>
      </div>
      {queue.failed.length > 0 && (
        <div className="stack">
          <DataTable
            label={t('ops.queues.failed')}
            rows={queue.failed}
            rowKey={(job) => job.id}
            columns={[
              { key: 'name', head: t('ops.queues.job'), cell: (job) => job.name },
              {
                key: 'reason',
                head: t('ops.queues.reason'),
                cell: (job) => <span className="small">{job.reason}</span>,
              },
              { key: 'attempts', head: t('ops.queues.attempts'), end: true, cell: (job) => job.attempts },
              { key: 'at', head: t('ops.queues.at'), cell: (job) => instantText(new Date(job.at), locale()) },
            ]}
          />
          {may('queue.retry') && (
            <Button icon="refresh" busy={retry.isPending} onClick={ask}>
              {t('ops.queues.retry')}
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}
