import { temperatureText } from '@huming/shared/reference/zones'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { momentWords, nameOf, quantityOf } from '../warehouse/words.ts'
import { GoodsHead } from './goods.tsx'
import { ReceiveTransfer } from './transfer-receive.tsx'
import { ShipTransfer } from './transfer-ship.tsx'
import './texts.ts'

export type Transfer = Reply<'storing.readTransfer'>

/** One transfer: what was asked, loaded, and unloaded; each end does its own part. */
export function TransferPage() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useApi('storing.readTransfer', { params: { id } })
  useLive(['transfer.'], ['storing.readTransfer'])
  const me = useMe()
  const may = useMay()
  return (
    <Loaded query={query}>
      {(one) => {
        const ours = (hubId: string) => may('transfer.write') && me.hubIds.includes(hubId)
        return (
          <>
            <PageHeader
              title={t('stores.transfer.number', { number: one.number })}
              back="/stores/transfers"
              sub={
                <>
                  <StatusChip of="transfer" status={one.status} />
                  {t('stores.transfer.way', { from: one.fromHub, to: one.toHub })}
                </>
              }
            />
            <div className="stack">
              <Way one={one} />
              {one.status === 'asked' && !ours(one.fromHubId) && <Asked one={one} />}
              {one.status === 'asked' && ours(one.fromHubId) && <ShipTransfer one={one} />}
              {one.status === 'shipped' && ours(one.toHubId) ? (
                <ReceiveTransfer one={one} />
              ) : (
                <Load one={one} />
              )}
              {one.status === 'asked' && may('transfer.write') && <Cancel id={one.id} />}
            </div>
          </>
        )
      }}
    </Loaded>
  )
}

function Way({ one }: { one: Transfer }) {
  const degrees = (tenths: number | null) => (tenths === null ? null : temperatureText(tenths))
  return (
    <Facts
      of={[
        [t('stores.transfer.asked'), `${momentWords(one.askedAt)} ${one.askedBy ?? ''}`],
        [t('stores.transfer.plate'), one.plate],
        [t('stores.transfer.seal'), one.sealNumber],
        [
          t('stores.transfer.shipped'),
          one.shippedAt && `${momentWords(one.shippedAt)} ${one.shippedBy ?? ''}`,
        ],
        [
          t('stores.transfer.air'),
          [degrees(one.departDeciC), degrees(one.arriveDeciC)].filter(Boolean).join(' → '),
        ],
        [
          t('stores.transfer.received'),
          one.receivedAt && `${momentWords(one.receivedAt)} ${one.receivedBy ?? ''}`,
        ],
        [
          t('stores.transfer.sealState'),
          one.sealOk === null ? null : t(one.sealOk ? 'stores.transfer.sealOk' : 'stores.transfer.sealBad'),
        ],
        [t('stores.why'), one.cancelReason],
      ]}
    />
  )
}

function Asked({ one }: { one: Transfer }) {
  return (
    <Card title={t('stores.transfer.asked')}>
      {one.asked.map((line) => (
        <span key={line.id} className="row spread">
          <b>{nameOf(line)}</b>
          {quantityOf(line, line.quantity)}
        </span>
      ))}
    </Card>
  )
}

function Load({ one }: { one: Transfer }) {
  return (
    <div className="cards" style={{ ['--card' as string]: '320px' }}>
      {one.lots.map((lot) => (
        <article key={lot.id} className="wh-card">
          <GoodsHead of={lot} />
          <span className="row">
            <b className="wh-loud">{quantityOf(lot, lot.receivedQuantity ?? lot.quantity)}</b>
            {lot.receivedQuantity !== null && lot.receivedQuantity < lot.quantity && (
              <Badge tone="bad">
                {t('stores.transfer.short', {
                  quantity: quantityOf(lot, lot.quantity - lot.receivedQuantity),
                })}
              </Badge>
            )}
            {lot.quarantinedQuantity > 0 && (
              <Badge tone="warn">
                {t('stores.transfer.apart', { quantity: quantityOf(lot, lot.quarantinedQuantity) })}
              </Badge>
            )}
          </span>
          <span className="muted small">
            {[lot.departDeciC, lot.arriveDeciC]
              .flatMap((tenths) => (tenths === null ? [] : [temperatureText(tenths)]))
              .join(' → ')}{' '}
            {lot.shortReason} {lot.laterLotReason}
          </span>
        </article>
      ))}
    </div>
  )
}

function Cancel({ id }: { id: string }) {
  const cancel = useAct('storing.cancelTransfer', {
    changes: ['storing.readTransfer', 'storing.listTransfers'],
  })
  return (
    <ConfirmButton
      label={t('stores.transfer.cancel')}
      title={t('stores.transfer.cancel')}
      text={t('stores.transfer.cancelText')}
      size="l"
      busy={cancel.isPending}
      onConfirm={() =>
        cancel.mutate(
          { params: { id }, body: { reason: t('stores.transfer.cancel') } },
          { onError: toastProblem },
        )
      }
    />
  )
}
