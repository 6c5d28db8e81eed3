import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { ReasonDrawer } from '../kit/act-drawer.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Line } from './consignment.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import type { ReceiptLine } from './weigh-card.tsx'
import { entered, entryOf, nameOf, quantityOf, shortQuantityOf } from './words.ts'
import './dock-texts.ts'

type Props = { consignmentId: string; line: Line; receipt: ReceiptLine }

/** A counted lot that waits for a second person, who counts without seeing the first number. */
export function SecondCount({ consignmentId, line, receipt }: Props) {
  const me = useMe()
  const [, go] = useLocation()
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [differs, setDiffers] = useState(false)
  const entry = entryOf(line, line.quantity)
  const field: PadField = {
    key: 'accepted',
    label: t('warehouse.line.accepted'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const typed = padNumber(texts, field)
  const accepted = typed === null ? null : entered(typed, entry)
  const params = { id: consignmentId, lineId: line.id }
  const act = useAct('receiving.confirmLine', {
    changes: ['supply.readConsignment', 'receiving.readReceipt', 'supply.listConsignments'],
    onDone: () => {
      signal('right')
      toast(t('count.confirmed'))
      go(`/receive/${consignmentId}`)
    },
  })
  const { count } = receipt
  const own = count?.countedById === me.person.id
  return (
    <>
      <PageHeader title={nameOf(line)} back={`/receive/${consignmentId}`} sub={t('count.confirmTitle')} />
      <div className="wh-split">
        <Card>
          <div className="stack">
            <span className="wh-code">{line.lotCode}</span>
            <span className="row">
              {receipt.secondWhy.map((why) => (
                <Badge key={why} tone="warn">
                  {t(`count.second.${why}`)}
                </Badge>
              ))}
            </span>
            <span>
              {t('warehouse.line.shipped')} <b className="wh-loud">{quantityOf(line, line.quantity)}</b>
            </span>
            {own ? (
              <Note tone="warn">
                {t('count.countedBy', {
                  by: count?.countedBy ?? '',
                  quantity: quantityOf(line, count?.accepted ?? 0),
                })}{' '}
                {t('count.confirmYours')}
              </Note>
            ) : (
              <>
                <p>{t('count.confirmText')}</p>
                <NumberPad
                  fields={[field]}
                  texts={texts}
                  onText={(key, text) => setTexts({ ...texts, [key]: text })}
                />
              </>
            )}
            <ProblemNote error={act.error} />
            <Button size="l" full icon="repeat" onClick={() => setDiffers(true)}>
              {t('count.recount')}
            </Button>
          </div>
        </Card>
      </div>
      {!own && (
        <BottomBar>
          <Button
            tone="main"
            size="l"
            full
            icon="check"
            busy={act.isPending}
            refused={accepted === null ? t('warehouse.line.accepted') : undefined}
            onClick={() => accepted !== null && act.mutate({ params, body: { accepted } })}
          >
            {t('count.confirm', { quantity: shortQuantityOf(line, accepted ?? 0) })}
          </Button>
        </BottomBar>
      )}
      {differs && <Recount params={params} onClose={() => setDiffers(false)} />}
    </>
  )
}

function Recount({ params, onClose }: { params: { id: string; lineId: string }; onClose: () => void }) {
  const act = useAct('receiving.recountLine', {
    changes: ['receiving.readReceipt'],
    onDone: () => {
      toast(t('count.recounted'))
      onClose()
    },
  })
  return (
    <ReasonDrawer
      title={t('count.recount')}
      label={t('count.recountReason')}
      onClose={onClose}
      act={act}
      save={t('count.recount')}
      onReason={(reason) => act.mutate({ params, body: { reason } })}
    />
  )
}
