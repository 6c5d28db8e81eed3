import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Receipt, receiptChanges } from './changes.ts'
import './production.css'
import { ReceiveDialog } from './receive.tsx'
import './texts.ts'
import { amount, nameOf } from './words.ts'

/** The maker's store: what lies in it, what is coming, what was received, what was sent to other makers. */
export function Store() {
  const { orgId, to } = useSupplier()
  const writes = useMay()('production.write')
  const materials = useApi('production.listMaterials', { query: { orgId } })
  const bought = useApi('production.listReceipts', { query: { orgId, side: 'bought', limit: 50 } })
  const sold = useApi('production.listReceipts', { query: { orgId, side: 'sold', limit: 20 } })
  useLive(['material.', 'batch.'], ['production.'])
  return (
    <>
      <PageHeader title={t('making.store')} back={to('/making')}>
        {writes && (
          <>
            <LinkButton to={to('/making/store/new')} icon="plus">
              {t('making.material.new')}
            </LinkButton>
            <LinkButton to={to('/making/store/buy')} tone="main" icon="download">
              {t('making.receipt.buy')}
            </LinkButton>
          </>
        )}
      </PageHeader>
      <div className="coop-home">
        <div className="stack">
          <Loaded query={bought}>
            {({ items }) => <Coming items={items.filter((one) => one.status === 'sent')} writes={writes} />}
          </Loaded>
          <Card title={t('making.store')}>
            <Loaded
              query={materials}
              empty={{
                when: ({ items }) => items.length === 0,
                show: (
                  <EmptyState
                    icon="warehouse"
                    title={t('making.material.none')}
                    text={t('making.material.noneText')}
                  />
                ),
              }}
            >
              {({ items }) => <Shelf items={items.filter((one) => one.kind !== 'pack' || one.onHand > 0)} />}
            </Loaded>
          </Card>
        </div>
        <div className="stack">
          <Card title={t('making.receipt.lately')}>
            <Loaded query={bought}>
              {({ items }) => <Receipts items={items.filter((one) => one.status !== 'sent')} side="bought" />}
            </Loaded>
          </Card>
          <Loaded query={sold}>
            {({ items }) =>
              items.length > 0 ? (
                <Card title={t('making.send.list')}>
                  <Receipts items={items} side="sold" />
                </Card>
              ) : null
            }
          </Loaded>
        </div>
      </div>
    </>
  )
}

function Shelf({ items }: { items: readonly Reply<'production.listMaterials'>['items'][number][] }) {
  return (
    <ul className="coop-list">
      {items.map((one) => (
        <li key={one.skuId} className="coop-line">
          <span className="grow">
            <b>{nameOf(one)}</b>
            <span className="muted small">
              {t(`making.material.kind.${one.kind}`)} · {one.spec} ·{' '}
              {t('making.material.lots', { count: one.lots })}
            </span>
          </span>
          <b className="num">{amount(one.onHand, one)}</b>
        </li>
      ))}
    </ul>
  )
}

/** Goods that suppliers of the platform sent and that are to be received. */
function Coming({ items, writes }: { items: readonly Receipt[]; writes: boolean }) {
  const [receiving, setReceiving] = useState<Receipt | null>(null)
  if (items.length === 0) return null
  return (
    <Card title={t('making.receipt.coming')} side={<Badge tone="warn">{items.length}</Badge>}>
      <ul className="coop-list">
        {items.map((one) => (
          <li key={one.id} className="coop-line">
            <span className="grow">
              <b>
                {nameOf(one)} {amount(one.quantity, one)}
              </b>
              <span className="muted small">
                {t('making.receipt.from', { supplier: one.supplierName })} · {one.supplierLotCode}
              </span>
            </span>
            {writes && (
              <Button tone="main" size="l" onClick={() => setReceiving(one)}>
                {t('making.receipt.receive')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {receiving && <ReceiveDialog receipt={receiving} onClose={() => setReceiving(null)} />}
    </Card>
  )
}

function Receipts({ items, side }: { items: readonly Receipt[]; side: 'bought' | 'sold' }) {
  const writes = useMay()('supply.write')
  const [back, setBack] = useState<Receipt | null>(null)
  if (items.length === 0) return <p className="muted">{t('making.receipt.none')}</p>
  return (
    <>
      <ul className="coop-list">
        {items.map((one) => (
          <li key={one.id} className="coop-line">
            <span className="grow">
              <b>
                {nameOf(one)} {amount(one.receivedQuantity ?? one.quantity, one)}
              </b>
              <span className="muted small">
                {side === 'bought' ? one.supplierName : one.buyer} · {one.supplierLotCode}
                {one.lotCode && ` · ${t('making.receipt.inLot', { lot: one.lotCode })}`} ·{' '}
                {dayWords((one.receivedAt ?? one.sentAt ?? '').slice(0, 10))}
              </span>
            </span>
            <StatusChip of="baseReceipt" status={one.status} />
            {side === 'sold' && writes && one.status === 'sent' && (
              <Button tone="quiet" onClick={() => setBack(one)}>
                {t('making.send.takeBack')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {back && <TakeBack receipt={back} onClose={() => setBack(null)} />}
    </>
  )
}

function TakeBack({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cancel = useAct('production.cancelSending', {
    changes: [...receiptChanges],
    onDone: () => {
      toast(t('making.send.takenBack'))
      onClose()
    },
  })
  const foot = (
    <Button
      tone="danger"
      busy={cancel.isPending}
      refused={reason.trim() ? undefined : t('making.incomplete')}
      onClick={() => cancel.mutate({ params: { id: receipt.id }, body: { reason } })}
    >
      {t('making.send.takeBack')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('making.send.takeBack')} foot={foot}>
      <div className="stack">
        <ProblemNote error={cancel.error} />
        <TextField label={t('making.reason')} maxLength={200} value={reason} onText={setReason} autoFocus />
      </div>
    </Dialog>
  )
}
