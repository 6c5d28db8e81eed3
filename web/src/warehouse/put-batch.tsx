import { useState } from 'react'
import { useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi, usePages } from '../app/query.ts'
import { Button, LinkButton } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProgressBar } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { FetchBatch } from './fetch-batch.tsx'
import { FloorDot } from './floor-dot.tsx'
import { useFloor } from './pick-outbox.ts'
import { IntoTote, type Task } from './pick-task.tsx'
import type { Batch } from './put-wave.tsx'
import { ShortDialog } from './short-dialog.tsx'
import { TaskCard } from './task-card.tsx'
import { usePick } from './use-pick.ts'
import { nameOf, quantityOf } from './words.ts'
import './picking-texts.ts'

/** One lot for all stores: fetch it once, then store by store into the tote that is named. */
export function PutBatch() {
  const { id = '', batchId = '' } = useParams<{ id: string; batchId: string }>()
  const batches = usePages('picking.listBatches', { params: { id }, query: { limit: 200 } })
  const tasks = useApi('picking.listTasks', { params: { id }, query: { batchId, limit: 200 } })
  useLive(['batch.', 'pick.'], ['picking.listBatches', 'picking.listTasks'])
  const { waiting } = useFloor()
  const done = new Set(waiting.map((act) => act.input.params.id))
  const batch = batches.items.find((one) => one.id === batchId)
  return (
    <div className="wh-loop">
      <PageHeader
        title={batch ? nameOf(batch) : t('picking.put.title')}
        back={`/put/${id}`}
        sub={batch?.lotCode}
      />
      <FloorDot />
      <Loaded query={tasks}>
        {({ items }) => {
          if (!batch) return null
          const open = items.filter((task) => task.status === 'open' && !done.has(task.id))
          const fetched = batch.status !== 'open' || done.has(batch.id)
          return (
            <div className="stack">
              <ProgressBar
                label={t('picking.put.stores', { sites: batch.sites })}
                done={items.length - open.length}
                total={items.length}
              />
              {!fetched ? (
                <FetchBatch batch={batch} />
              ) : open[0] ? (
                <Put key={open[0].id} batch={batch} task={open[0]} />
              ) : (
                <Done batch={batch} />
              )}
            </div>
          )
        }}
      </Loaded>
    </div>
  )
}

/** The lot is at the wall: weigh it where it is weighed, and into this store's tote. */
function Put({ batch, task }: { batch: Batch; task: Task }) {
  const pick = usePick(task, (said) => said && toast(said), { lot: batch.lotCode, reason: '' })
  const [short, setShort] = useState(false)
  return (
    <div className="wh-pick">
      {pick.flash > 0 && <div key={pick.flash} className="wh-flash" aria-hidden="true" />}
      <TaskCard task={task} lot={batch.lotCode} step="tote" short />
      <div className="stack">
        <Note>
          {batch.method === 'cross_dock'
            ? t('picking.put.dock')
            : t('picking.put.wall', { wall: batch.wallCode ?? '' })}
        </Note>
        <IntoTote task={task} pick={pick} />
        <Button size="l" icon="warning" onClick={() => setShort(true)}>
          {t('warehouse.pick.short')}
        </Button>
      </div>
      <ShortDialog task={task} open={short} onClose={() => setShort(false)} onDone={() => undefined} />
    </div>
  )
}

function Done({ batch }: { batch: Batch }) {
  const act = useAct('picking.putBack', {
    changes: ['picking.listBatches'],
    onDone: () => toast(t('picking.put.backDone')),
  })
  const left = batch.method === 'put_to_store' ? batch.atWall : 0
  return (
    <EmptyState icon="check" title={t('picking.put.done')}>
      {left > 0 && (
        <Button
          size="l"
          tone="main"
          busy={act.isPending}
          onClick={() => act.mutate({ params: { id: batch.id }, body: {} }, { onError: toastProblem })}
        >
          {t('picking.put.back')} · {quantityOf(batch, left)}
        </Button>
      )}
      <LinkButton to={`/put/${batch.waveId}`} size="l" icon="layers">
        {t('picking.put.list')}
      </LinkButton>
    </EmptyState>
  )
}
