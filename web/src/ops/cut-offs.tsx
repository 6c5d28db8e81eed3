import { dayText, instantText, isServiceDay } from '@huming/shared/days'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from './hub-choice.tsx'

type CutOff = Reply<'orders.listCutOffs'>['items'][number]
const dayName = (day: string) => (isServiceDay(day) ? dayText(day, locale()) : day)

/** When each class of buyer may still order, day by day; closing early and days without delivery. */
export function CutOffs() {
  const hub = useHub()
  const cutOffs = useApi(
    'orders.listCutOffs',
    { params: { hubId: hub.hubId ?? '' } },
    { enabled: hub.hubId !== undefined, keep: true },
  )
  useLive(['cutoff.', 'order.'], ['orders.listCutOffs'])
  return (
    <>
      <PageHeader title={t('ops.cutOffs.title')} />
      <FilterBar>
        <HubChoice {...hub} />
      </FilterBar>
      <Loaded query={cutOffs}>
        {({ items }) => (
          <div className="stack">
            {[...Map.groupBy(items, (item) => item.day)].map(([day, rows]) => (
              <DayCard key={day} hubId={hub.hubId ?? ''} day={day} rows={rows} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

function DayCard({ hubId, day, rows }: { hubId: string; day: string; rows: CutOff[] }) {
  const may = useMay()
  const close = useAct('orders.closeCutOff', {
    changes: ['orders.listCutOffs'],
    onDone: (reply) =>
      toast(t('ops.cutOffs.done', { frozen: reply.frozenOrders, lapsed: reply.lapsedOrders })),
  })
  const allClosed = rows.every((row) => row.closedAt !== null)
  const closeFor = (buyerClass: CutOff['buyerClass'] | null) =>
    close.mutateAsync({ params: { hubId }, body: { day, buyerClass } }).catch(toastProblem)
  const side = (
    <div className="row">
      {may('calendar.write') && <ClosedDayButton hubId={hubId} day={day} />}
      {may('cutoff.close') && !allClosed && (
        <ConfirmButton
          label={t('ops.cutOffs.closeAll')}
          title={t('ops.cutOffs.closeAllTitle', { day: dayName(day) })}
          text={t('ops.cutOffs.closeAllText')}
          onConfirm={() => closeFor(null)}
        />
      )}
    </div>
  )
  return (
    <Card title={dayName(day)} side={side}>
      <DataTable
        label={dayName(day)}
        rows={rows}
        rowKey={(row) => row.buyerClass}
        columns={[
          { key: 'class', head: t('ops.cutOffs.class'), cell: (row) => named(BUYER_CLASSES[row.buyerClass]) },
          {
            key: 'at',
            head: t('ops.cutOffs.at'),
            cell: (row) => instantText(new Date(row.closedAt ?? row.cutOffAt), locale()),
          },
          {
            key: 'state',
            head: t('ops.cutOffs.state'),
            cell: (row) =>
              row.closedAt ? (
                <Badge>{t('ops.cutOffs.closed')}</Badge>
              ) : (
                <Badge tone="good">{t('ops.cutOffs.open')}</Badge>
              ),
          },
          {
            key: 'orders',
            head: t('ops.cutOffs.orders'),
            end: true,
            cell: (row) =>
              row.closedAt
                ? t('ops.cutOffs.frozenOrders', { count: row.frozenOrders })
                : t('ops.cutOffs.openOrders', { count: row.openOrders }),
          },
          {
            key: 'close',
            head: '',
            end: true,
            cell: (row) =>
              may('cutoff.close') && !row.closedAt ? (
                <ConfirmButton
                  label={t('ops.cutOffs.closeOne')}
                  title={`${t('ops.cutOffs.closeAllTitle', { day: dayName(day) })} ${named(BUYER_CLASSES[row.buyerClass])}`}
                  text={t('ops.cutOffs.closeAllText')}
                  tone="quiet"
                  onConfirm={() => closeFor(row.buyerClass)}
                />
              ) : null,
          },
        ]}
      />
    </Card>
  )
}

function ClosedDayButton({ hubId, day }: { hubId: string; day: string }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const write = useAct('orders.writeClosedDay', {
    changes: ['orders.listCutOffs'],
    onDone: () => {
      setOpen(false)
      toast(t('ops.cutOffs.daySaved'))
    },
  })
  const save = (closed: boolean) => write.mutate({ params: { hubId, day }, body: { closed, reason } })
  const foot = (
    <>
      <Button busy={write.isPending} onClick={() => save(false)}>
        {t('ops.cutOffs.openDay')}
      </Button>
      <Button
        tone="danger"
        busy={write.isPending}
        refused={reason ? undefined : t('ops.cutOffs.reason')}
        onClick={() => save(true)}
      >
        {t('ops.cutOffs.closeDay')}
      </Button>
    </>
  )
  return (
    <>
      <Button icon="calendar" onClick={() => setOpen(true)}>
        {t('ops.cutOffs.closeDay')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={dayName(day)} foot={foot}>
        <ProblemNote error={write.error} />
        <TextField label={t('ops.cutOffs.reason')} value={reason} maxLength={60} onText={setReason} />
      </Dialog>
    </>
  )
}
