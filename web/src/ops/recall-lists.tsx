import { instantText } from '@huming/shared/days'
import { useState } from 'react'
import { locale, named, t, textOf } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { EmptyState, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { Packed } from '../recall/packed.tsx'
import type { Recall } from './recall.tsx'

type Notice = Recall['notices'][number]
const at = (instant: string) => instantText(new Date(instant), locale())

/** The lots named, and those made or moved from them. */
export function Lots({ recall }: { recall: Recall }) {
  return (
    <Card title={t('recall.lots')} side={<Badge>{recall.lotList.length}</Badge>}>
      <DataTable
        label={t('recall.lots')}
        rows={recall.lotList}
        rowKey={(lot) => lot.lotId}
        columns={[
          {
            key: 'lot',
            head: t('recall.lot'),
            cell: (lot) => (
              <>
                <b>{lot.lotCode}</b> {named({ zh: lot.name, en: lot.nameEn })}{' '}
                <span className="muted small">{lot.spec}</span>
              </>
            ),
          },
          {
            key: 'depth',
            head: t('recall.depth'),
            cell: (lot) => (lot.named ? t('recall.named') : t('recall.downstream', { depth: lot.depth })),
          },
          { key: 'hub', head: t('recall.hub'), cell: (lot) => lot.hub },
          { key: 'supplier', head: t('recall.supplier'), cell: (lot) => lot.supplier },
          {
            key: 'stage',
            head: t('recall.stage'),
            cell: (lot) => <StatusChip of="lot" status={lot.stage} />,
          },
        ]}
      />
    </Card>
  )
}

/** Every place with exactly what it got, what it answered and what came back. */
export function Places({ recall }: { recall: Recall }) {
  const [calling, setCalling] = useState<string | null>(null)
  const may = useMay()
  const rows = recall.notices.flatMap((notice) => notice.goods.map((goods) => ({ notice, goods })))
  return (
    <Card title={t('recall.places')} side={<Badge>{recall.notices.length}</Badge>}>
      {rows.length === 0 ? (
        <EmptyState icon="map" title={t('recall.noPlaces')} />
      ) : (
        <DataTable
          label={t('recall.places')}
          rows={rows}
          rowKey={({ notice, goods }) => `${notice.id}${goods.lotId}`}
          columns={[
            {
              key: 'place',
              head: t('recall.placeName'),
              cell: ({ notice }) => (
                <>
                  {notice.place} <span className="muted small">{notice.org}</span>{' '}
                  {notice.kind === 'supplier' && <Badge>{t('recall.supplier')}</Badge>}
                </>
              ),
            },
            { key: 'lot', head: t('recall.lot'), cell: ({ goods }) => goods.lotCode },
            {
              key: 'delivered',
              head: t('recall.delivered'),
              end: true,
              cell: ({ goods }) => <Packed base={goods.quantity} of={goods} />,
            },
            {
              key: 'kept',
              head: t('recall.kept'),
              end: true,
              cell: ({ goods }) => <Packed base={goods.keptQuantity} of={goods} />,
            },
            {
              key: 'used',
              head: t('recall.used'),
              end: true,
              cell: ({ goods }) => <Packed base={goods.usedQuantity} of={goods} />,
            },
            {
              key: 'recovered',
              head: t('recall.recovered'),
              end: true,
              cell: ({ goods }) => <Packed base={goods.recoveredQuantity} of={goods} />,
            },
            {
              key: 'answer',
              head: t('recall.answer'),
              cell: ({ notice }) => (
                <Answer
                  notice={notice}
                  onCall={may('recall.write') ? () => setCalling(notice.id) : undefined}
                />
              ),
            },
          ]}
        />
      )}
      {calling && <CallDialog id={calling} onClose={() => setCalling(null)} />}
    </Card>
  )
}

function Answer({ notice, onCall }: { notice: Notice; onCall: (() => void) | undefined }) {
  if (notice.sentAt === null) return <span className="muted">{t('recall.notSent')}</span>
  if (notice.answeredAt !== null)
    return (
      <>
        <Badge tone="good">{t('recall.answer')}</Badge>{' '}
        <span className="small">
          {at(notice.answeredAt)} {notice.answeredBy}
        </span>
      </>
    )
  if (notice.calledAt !== null)
    return <span className="small">{t('recall.called', { note: notice.callNote })}</span>
  return (
    <div className="row">
      <Badge tone={notice.callSince ? 'bad' : 'warn'}>
        {t(notice.callSince ? 'recall.callDue' : 'recall.waiting')}
      </Badge>
      {notice.contactPhone && (
        <span className="num small">
          {notice.contactName} {notice.contactPhone}
        </span>
      )}
      {onCall && (
        <Button icon="phone" onClick={onCall}>
          {t('recall.call')}
        </Button>
      )}
    </div>
  )
}

function CallDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [note, setNote] = useState('')
  const call = useAct('recall.call', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  const foot = (
    <Button
      tone="main"
      busy={call.isPending}
      refused={note.trim() === '' ? t('recall.callNote') : undefined}
      onClick={() => call.mutate({ params: { id }, body: { note } })}
    >
      {t('kit.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('recall.call')} foot={foot}>
      <ProblemNote error={call.error} />
      <TextArea label={t('recall.callNote')} value={note} maxLength={300} onText={setNote} />
    </Dialog>
  )
}

/** What the warehouses still have to fetch. */
export function Tasks({ recall }: { recall: Recall }) {
  return (
    <Card
      title={t('recall.tasks')}
      side={<Badge tone={recall.tasksOpen > 0 ? 'warn' : 'good'}>{recall.tasksOpen}</Badge>}
    >
      {recall.tasks.length === 0 ? (
        <EmptyState icon="box" title={t('recall.noTasks')} />
      ) : (
        <DataTable
          label={t('recall.tasks')}
          rows={recall.tasks}
          rowKey={(task) => task.id}
          columns={[
            {
              key: 'kind',
              head: t('recall.tasks'),
              cell: (task) => `${t(`recall.task.${task.kind}`)} · ${task.place}`,
            },
            { key: 'lot', head: t('recall.lot'), cell: (task) => task.lotCode },
            {
              key: 'quantity',
              head: t('recall.quantity'),
              end: true,
              cell: (task) => <Packed base={task.quantity} of={task} />,
            },
            {
              key: 'done',
              head: t('recall.status'),
              cell: (task) => (
                <>
                  <StatusChip of="recallTask" status={task.status} />{' '}
                  {task.doneQuantity !== null && <Packed base={task.doneQuantity} of={task} />}{' '}
                  <span className="muted small">
                    {task.doneBy} {task.note}
                  </span>
                </>
              ),
            },
          ]}
        />
      )}
    </Card>
  )
}

export function Timeline({ recall }: { recall: Recall }) {
  return (
    <Card title={t('recall.timeline')}>
      <ol className="stack" style={{ ['--gap' as string]: '8px', margin: 0, paddingInlineStart: '1.2em' }}>
        {recall.timeline.map((event) => (
          <li key={event.id}>
            {textOf(`recall.event.${event.type}`, event.type)}
            <span className="muted small">
              {' '}
              {at(event.at)} {event.by}{' '}
              {typeof event.payload['reason'] === 'string' ? event.payload['reason'] : ''}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
