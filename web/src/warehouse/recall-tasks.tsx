import { packedText } from '@huming/shared/packed-text'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { AmountField, amountOf, amountText } from '../recall/amount-field.tsx'
import { Packed } from '../recall/packed.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import './recall-texts.ts'

type Task = Reply<'recall.tasks'>['items'][number]
type Show = 'open' | 'done'

/** Recalled goods to fetch: off shelves, out of totes, off trucks, from buyers. A scan opens the task. */
export function RecallTasks() {
  const hub = useHub()
  const [show, setShow] = useState<Show>('open')
  const [task, setTask] = useState<Task | null>(null)
  const { items, more, query } = usePages(
    'recall.tasks',
    { query: { hubId: hub.hubId, show, limit: 200 } },
    { enabled: hub.hubId !== '' },
  )
  useLive(['recall.', 'lot.recall'], ['recall.'])
  const open = async (code: string): Promise<true | string> => {
    const asked = code.toUpperCase()
    const found = items.find(
      (one) => asked.includes(one.lotCode) || (one.kind !== 'buyer' && one.place.split(' ')[0] === asked),
    )
    if (!found || show !== 'open') return t('whRecall.notFound')
    setTask(found)
    return true
  }
  return (
    <>
      <PageHeader title={t('whRecall.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <div className="stack">
        <ScanBox label={t('whRecall.scan')} onCode={open} />
        <Segmented
          label={t('whRecall.show')}
          value={show}
          options={[
            { value: 'open', label: t('whRecall.open') },
            { value: 'done', label: t('whRecall.done') },
          ]}
          onPick={setShow}
        />
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: <EmptyState icon="shield" title={t('whRecall.none')} text={t('whRecall.noneHint')} />,
          }}
        >
          {() => (
            <div className="cards" style={{ ['--card' as string]: '320px' }}>
              {items.map((one) => (
                <TaskCard key={one.id} task={one} onOpen={() => setTask(one)} />
              ))}
            </div>
          )}
        </Loaded>
        <LoadMore more={more} size="l" />
      </div>
      {task && <TaskDialog key={task.id} task={task} onClose={() => setTask(null)} />}
    </>
  )
}

function TaskCard({ task, onOpen }: { task: Task; onOpen: () => void }) {
  return (
    <section
      className="wh-card"
      aria-label={`${t(`whRecall.kind.${task.kind}`)} ${task.place} ${task.lotCode}`}
    >
      <span className="row spread">
        <b className="wh-loud">{task.place}</b>
        <Badge tone={task.level === 1 ? 'bad' : 'warn'}>{task.recallNumber}</Badge>
      </span>
      <span>{t(`whRecall.kind.${task.kind}`)}</span>
      <span>
        <b>{task.lotCode}</b> {named({ zh: task.name, en: task.nameEn })}{' '}
        <span className="muted">{task.spec}</span>
      </span>
      <span className="row spread">
        <b className="wh-loud">
          <Packed base={task.quantity} of={task} />
        </b>
        {task.status === 'open' ? (
          <Button size="l" tone="main" onClick={onOpen}>
            {t(`whRecall.to.${task.kind}`)}
          </Button>
        ) : (
          <span className="small">
            {t('whRecall.fetched', {
              by: task.doneBy ?? '',
              quantity: packedText(task.doneQuantity ?? 0, task, locale()),
            })}
          </span>
        )}
      </span>
    </section>
  )
}

/** Counts what was fetched; fewer than expected asks why, goods from a buyer ask for a photo. */
function TaskDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const [text, setText] = useState(() => amountText(task.quantity, task))
  const [note, setNote] = useState('')
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const done = useAct('recall.doTask', {
    changes: ['recall.tasks'],
    onDone: () => {
      toast(t('whRecall.saved'))
      onClose()
    },
  })
  const quantity = amountOf(text, task)
  const less = quantity !== null && quantity < task.quantity
  const refused =
    quantity === null || quantity > task.quantity
      ? t('whRecall.expected')
      : less && note.trim() === ''
        ? t('whRecall.less')
        : task.kind === 'buyer' && quantity > 0 && photoFileIds.length === 0
          ? t('whRecall.photoNeeded')
          : undefined
  const foot = (
    <Button
      size="l"
      tone="main"
      icon="check"
      busy={done.isPending}
      refused={refused}
      onClick={() =>
        done.mutate({ params: { id: task.id }, body: { quantity: quantity ?? 0, note, photoFileIds } })
      }
    >
      {t('whRecall.confirm')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={`${t(`whRecall.kind.${task.kind}`)} · ${task.place}`} foot={foot}>
      <div className="stack">
        <ProblemNote error={done.error} />
        <p>
          <b>{task.lotCode}</b> {named({ zh: task.name, en: task.nameEn })} · {t('whRecall.expected')}{' '}
          <b>
            <Packed base={task.quantity} of={task} />
          </b>
        </p>
        <AmountField
          label={t('whRecall.quantity')}
          pack={task}
          text={text}
          size="l"
          error={quantity === null || quantity > task.quantity ? t('whRecall.expected') : undefined}
          onText={setText}
        />
        {less && (
          <TextArea
            label={t('whRecall.note')}
            hint={t('whRecall.less')}
            value={note}
            maxLength={300}
            onText={setNote}
          />
        )}
        <PhotoInput label={t('whRecall.photos')} ids={photoFileIds} onIds={setPhotos} />
      </div>
    </Dialog>
  )
}
