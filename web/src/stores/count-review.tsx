import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, Facts } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { nameOf, quantityOf } from '../warehouse/words.ts'
import type { Count, CountLine } from './count.tsx'
import './texts.ts'

/** Both counts beside the difference, and the lead's decision. */
export function CountReview({ count }: { count: Count }) {
  const may = useMay()
  const [, go] = useLocation()
  const [reason, setReason] = useState('')
  const decide = useAct('storing.decideCount', {
    changes: ['storing.listCounts', 'storing.readCount', 'storing.listStock', 'storing.listMovements'],
    onDone: () => go('/stores/counts'),
  })
  const send = (approve: boolean) => decide.mutate({ params: { id: count.id }, body: { approve, reason } })
  const needReason = reason.trim() === '' ? t('stores.act.needReason') : undefined
  return (
    <div className="stack">
      <Facts
        of={[
          [t('stores.count.first'), count.firstBy],
          [t('stores.count.secondShort'), count.secondBy],
          [t('stores.apart.decision'), count.decision],
          [t('stores.who'), count.decidedBy],
        ]}
      />
      <DataTable
        label={t('stores.count.review')}
        rows={count.lines}
        rowKey={(line) => line.lotId}
        columns={[
          {
            key: 'lot',
            head: t('warehouse.lot'),
            cell: (line) => (
              <span className="stack" style={{ ['--gap' as string]: '2px' }}>
                <b>{nameOf(line)}</b>
                <span className="wh-code-s">{line.lotCode}</span>
              </span>
            ),
          },
          {
            key: 'first',
            head: t('stores.count.first'),
            end: true,
            cell: (line) => told(line, line.firstQuantity),
          },
          {
            key: 'second',
            head: t('stores.count.secondShort'),
            end: true,
            cell: (line) => told(line, line.secondQuantity),
          },
          {
            key: 'difference',
            head: t('stores.count.difference'),
            end: true,
            cell: (line) => {
              const off = line.adjustedBy ?? line.secondDifference ?? line.firstDifference
              return off ? (
                <b>{`${off > 0 ? '+' : '−'}${quantityOf(line, Math.abs(off))}`}</b>
              ) : (
                t('stores.count.agrees')
              )
            },
          },
        ]}
      />
      {count.status === 'review' && may('stock.approve') && (
        <Card title={t('stores.count.review')}>
          <TextField
            label={t('stores.act.reason')}
            size="l"
            maxLength={200}
            value={reason}
            onText={setReason}
          />
          <ProblemNote error={decide.error} />
          <div className="wh-pair">
            <Button
              tone="main"
              size="l"
              busy={decide.isPending}
              refused={needReason}
              onClick={() => send(true)}
            >
              {t('stores.count.approve')}
            </Button>
            <Button size="l" busy={decide.isPending} refused={needReason} onClick={() => send(false)}>
              {t('stores.count.again')}
            </Button>
          </div>
        </Card>
      )}
      {count.status === 'review' && !may('stock.approve') && (
        <Note tone="info">{t('stores.count.toLead')}</Note>
      )}
    </div>
  )
}

const told = (line: CountLine, base: number | null): string => (base === null ? '—' : quantityOf(line, base))
