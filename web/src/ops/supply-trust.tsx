import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Trust } from '../coop/trust.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'

type Row = Reply<'forecasts.listConfidence'>['items'][number]
const percent = (bp: number) => `${Math.round(bp / 100)}%`

/** How far each supplier's forecasts are sold ahead; the least trusted can be sorted up. */
export function TrustTable() {
  const list = useApi('forecasts.listConfidence', {})
  useLive(['confidence.'], ['forecasts.'])
  const [open, setOpen] = useState<Row | null>(null)
  return (
    <Loaded
      query={list}
      empty={{ when: ({ items }) => items.length === 0, show: <EmptyState title={t('supply.trust.none')} /> }}
    >
      {({ items }) => (
        <>
          <DataTable
            label={t('supply.tab.trust')}
            rows={items}
            rowKey={(row) => row.skuId}
            columns={[
              {
                key: 'supplier',
                head: t('supply.trust.supplier'),
                cell: (row) => row.supplier,
                sort: (row) => row.supplier,
              },
              {
                key: 'product',
                head: t('supply.trust.product'),
                cell: (row) => `${named({ zh: row.name, en: row.nameEn })} · ${row.spec}`,
              },
              {
                key: 'share',
                head: t('supply.trust.share'),
                end: true,
                sort: (row) => row.bp,
                cell: (row) => (
                  <span className="row">
                    <b className="num">{percent(row.bp)}</b>
                    <Badge tone={row.source === 'override' ? 'warn' : 'plain'}>
                      {t(`supply.trust.source.${row.source}`)}
                    </Badge>
                  </span>
                ),
              },
              {
                key: 'weeks',
                head: t('supply.trust.weeks'),
                end: true,
                sort: (row) => row.evidence,
                cell: (row) => (row.evidence / 100).toFixed(1),
              },
              {
                key: 'open',
                head: t('supply.trust.open'),
                cell: (row) => <Button onClick={() => setOpen(row)}>{t('supply.trust.open')}</Button>,
              },
            ]}
          />
          {open && <TrustSheet row={open} onClose={() => setOpen(null)} />}
        </>
      )}
    </Loaded>
  )
}

function TrustSheet({ row, onClose }: { row: Row; onClose: () => void }) {
  const why = useApi('forecasts.readConfidence', { params: { skuId: row.skuId } })
  const may = useMay()
  return (
    <Dialog open onClose={onClose} title={`${row.supplier} · ${named({ zh: row.name, en: row.nameEn })}`}>
      <div className="stack">
        <Loaded query={why}>{(one) => <Trust one={one} />}</Loaded>
        {may('supply.plan') && <Override row={row} onDone={onClose} />}
      </div>
    </Dialog>
  )
}

/** Another share for a time, with a reason that the supplier is told. */
function Override({ row, onDone }: { row: Row; onDone: () => void }) {
  const [share, setShare] = useState<number | null>(Math.round(row.bp / 100))
  const [until, setUntil] = useState<string>(() => addDays(serviceDayOf(new Date()), 14))
  const [reason, setReason] = useState('')
  const act = useAct('forecasts.overrideConfidence', {
    changes: ['forecasts.listConfidence', 'forecasts.readConfidence'],
    onDone: () => {
      toast(t('supply.trust.done'))
      onDone()
    },
  })
  const ready = share !== null && isServiceDay(until) && reason.trim().length >= 2
  const send = (bp: number | null) =>
    act.mutate({ params: { skuId: row.skuId }, body: { bp, reason, until: bp === null ? null : until } })
  return (
    <div className="stack">
      <h3>{t('supply.trust.set')}</h3>
      <ProblemNote error={act.error} />
      <NumberField label={t('supply.trust.percent')} after="%" max={100} value={share} onNumber={setShare} />
      <TextField label={t('supply.trust.until')} type="date" value={until} onText={setUntil} />
      <TextField label={t('supply.trust.reason')} maxLength={200} value={reason} onText={setReason} />
      <div className="row">
        <Button
          tone="main"
          busy={act.isPending}
          refused={ready ? undefined : t('supply.incomplete')}
          onClick={() => share !== null && send(share * 100)}
        >
          {t('supply.trust.save')}
        </Button>
        {row.source === 'override' && (
          <Button
            refused={reason.trim().length >= 2 ? undefined : t('supply.trust.reason')}
            onClick={() => send(null)}
          >
            {t('supply.trust.free')}
          </Button>
        )}
      </div>
    </div>
  )
}
