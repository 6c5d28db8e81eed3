import type { Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useParams, useSearchParams } from 'wouter'
import type { ApiProblem } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useOnline } from '../app/shell.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Select } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProgressBar } from '../kit/states.tsx'
import { FloorDot } from './floor-dot.tsx'
import { useKeptTasks } from './kept-tasks.ts'
import { useFloor } from './pick-outbox.ts'
import { PickTask } from './pick-task.tsx'
import { dayWords, zoneName } from './words.ts'
import './picking-texts.ts'

/** The picking loop: always the next task, never a menu. The zone is kept in the address. */
export function PickWave() {
  const { id = '' } = useParams<{ id: string }>()
  const [search, setSearch] = useSearchParams()
  const [after, setAfter] = useState<string | undefined>()
  const [said, setSaid] = useState('')
  const zone = (search.get('zone') ?? undefined) as Zone | undefined
  const wave = useApi('picking.readWave', { params: { id } }, { staleTime: 60_000 })
  const put = (wave.data?.summary['by_put_to_store'] ?? 0) + (wave.data?.summary['by_cross_dock'] ?? 0) > 0
  const next = useApi(
    'picking.nextTask',
    { params: { id }, query: { zone, after, ...(put && { method: 'by_order' as const }) } },
    { staleTime: 0, keep: true },
  )
  const offline = useOffline(next.error)
  const kept = useKeptTasks(id).filter((task) => !zone || task.zone === zone)
  const keptTask = kept[(kept.findIndex((task) => task.id === after) + 1) % Math.max(1, kept.length)]
  const pickZone = (value: string) => {
    setAfter(undefined)
    setSearch(value ? { zone: value } : {}, { replace: true })
  }
  const goOn = (words?: string) => {
    if (words) setSaid(words)
    setAfter(undefined)
    void next.refetch()
  }
  const title = wave.data ? t('warehouse.waves.seq', { seq: wave.data.seq }) : t('warehouse.pick.title')
  return (
    <div className="wh-loop">
      <PageHeader title={title} back="/pick" sub={wave.data && dayWords(wave.data.day)}>
        {put && (
          <LinkButton to={`/put/${id}`} size="l" icon="layers">
            {t('picking.put.open')}
          </LinkButton>
        )}
        {(wave.data?.zones.length ?? 0) > 1 && (
          <Select
            label={t('warehouse.zone')}
            hideLabel
            size="l"
            value={zone ?? ''}
            optional
            placeholder={t('warehouse.allZones')}
            options={(wave.data?.zones ?? []).map((one) => ({ value: one.zone, label: zoneName(one.zone) }))}
            onPick={pickZone}
          />
        )}
      </PageHeader>
      <FloorDot />
      {offline ? (
        <div className="stack">
          <Note tone="warn">{said || t('picking.queue.offline')}</Note>
          {keptTask ? (
            <PickTask key={keptTask.id} task={keptTask} onDone={goOn} onSkip={() => setAfter(keptTask.id)} />
          ) : (
            <EmptyState icon="wifiOff" title={t('picking.queue.empty')} text={t('picking.queue.hint')} />
          )}
        </div>
      ) : (
        <Loaded query={next}>
          {({ task, open, total }) => (
            <div className="stack">
              <ProgressBar label={said || t('warehouse.pick.progress')} done={total - open} total={total} />
              {task ? (
                <PickTask key={task.id} task={task} onDone={goOn} onSkip={() => setAfter(task.id)} />
              ) : (
                <EmptyState
                  icon="check"
                  title={t('warehouse.pick.allDone')}
                  text={t('warehouse.pick.allDoneText')}
                >
                  <LinkButton to={`/totes?wave=${id}`} tone="main" size="l" icon="box">
                    {t('warehouse.pick.toTotes')}
                  </LinkButton>
                </EmptyState>
              )}
            </div>
          )}
        </Loaded>
      )}
    </div>
  )
}

/** Without a network, or while acts wait to be sent, the list on the device leads: the server would name a task again. */
function useOffline(error: ApiProblem | null): boolean {
  const online = useOnline()
  const { waiting } = useFloor()
  return !online || (error?.lost ?? false) || waiting.some((act) => act.problem === null)
}
