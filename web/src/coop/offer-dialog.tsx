import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { RadioGroup, TextField } from '../kit/field.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { AmountField } from './amount-field.tsx'
import { dayWords, packingOf, quantityWords } from './words.ts'

type CallOff = Reply<'supply.listCallOffs'>['items'][number]
type Lot = Reply<'stock.listLots'>['items'][number]
export type Offer = Reply<'offers.list'>['items'][number]

const changes = ['supply.listCallOffs', 'offers.list', 'stock.listLots', 'stock.readLot'] as const

/** Another lot of the pack, the next harvest, or another pack of the product, offered for what is called off. */
export function OfferDialog({ callOff, onClose }: { callOff: CallOff; onClose: () => void }) {
  const lots = useApi('stock.listLots', { query: { orgId: callOff.orgId, hubId: callOff.hubId, limit: 200 } })
  const [id] = useState(newId)
  const [lotId, setLotId] = useState('')
  const [quantity, setQuantity] = useState<number | null>(callOff.quantity)
  const [note, setNote] = useState('')
  const make = useAct('offers.make', {
    changes,
    onDone: (offer) => {
      toast(t(offer.status === 'accepted' ? 'offer.taken' : 'offer.sent'))
      onClose()
    },
  })
  const ready = lotId !== '' && quantity !== null
  const foot = (
    <Button
      tone="main"
      full
      busy={make.isPending}
      refused={ready ? undefined : t('offer.missing')}
      onClick={() =>
        quantity !== null &&
        make.mutate({ params: { id }, body: { callOffId: callOff.id, lotId, quantity, note } })
      }
    >
      {t('offer.send')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('offer.title')} foot={foot}>
      <div className="stack">
        <p>{t('offer.hint')}</p>
        <Loaded
          query={lots}
          empty={{
            when: ({ items }) => candidates(items, callOff).length === 0,
            show: <p className="muted">{t('offer.noLots')}</p>,
          }}
        >
          {({ items }) => (
            <RadioGroup
              label={t('offer.lot')}
              value={lotId}
              options={candidates(items, callOff).map((lot) => ({
                value: lot.id,
                label: `${lot.code} · ${lot.spec}`,
                hint: `${dayWords(lot.readyDay)} · ${t('offer.free', { amount: quantityWords(freeOf(lot), lot) })}`,
              }))}
              onPick={setLotId}
            />
          )}
        </Loaded>
        <AmountField
          label={t('offer.amount')}
          size="l"
          units={[
            callOff.orderUnit,
            callOff.baseUnit === 'g' ? 'kg' : callOff.baseUnit === 'ml' ? 'litre' : 'piece',
          ]}
          packing={packingOf(callOff)}
          base={quantity}
          onBase={setQuantity}
        />
        <TextField label={t('offer.note')} optional maxLength={200} value={note} onText={setNote} />
        <ProblemNote error={make.error} />
      </div>
    </Dialog>
  )
}

/** A forecast is offered whole: for a later day nothing of it is promised now. */
const freeOf = (lot: Lot): number => (lot.stage === 'planned' ? lot.quantity : lot.promisable) - lot.promised

/** Lots of the product not on the way that have something free; those behind the call-off come last. */
function candidates(lots: readonly Lot[], callOff: CallOff): Lot[] {
  const behind = new Set(callOff.lots.filter((lot) => lot.promised > 0).map((lot) => lot.id))
  return lots
    .filter((lot) => lot.name === callOff.name && ['planned', 'made'].includes(lot.stage))
    .filter((lot) => freeOf(lot) > 0 && !behind.has(lot.id))
    .sort((a, b) => Number(b.skuId === callOff.skuId) - Number(a.skuId === callOff.skuId))
    .slice(0, 20)
}

/** What an offer means in words: "换到 11月27日". */
export const offerWords = (offer: Offer): string =>
  offer.kind === 'later_day'
    ? t('offer.kind.later_day', { day: dayWords(offer.day) })
    : offer.kind === 'other_pack'
      ? t('offer.kind.other_pack', { spec: offer.lotSpec })
      : t('offer.kind.other_lot')

/** Offers made for a call-off and what became of them. */
export function Offers({ callOffId }: { callOffId: string }) {
  const offers = useApi('offers.list', { query: { callOffId, limit: 20 } })
  const may = useMay()
  const withdraw = useAct('offers.withdraw', { changes })
  return (
    <Loaded query={offers} empty={{ when: ({ items }) => items.length === 0, show: null }}>
      {({ items }) => (
        <ul className="coop-list">
          {items.map((offer) => (
            <li key={offer.id} className="row spread small">
              <span className="grow">
                {offerWords(offer)} · {quantityWords(offer.quantity, offer)} · {offer.lotCode}
                {offer.decideNote && <span className="muted"> · {offer.decideNote}</span>}
              </span>
              {offer.status === 'offered' ? (
                <Badge tone="warn">{t('status.offer.offered')}</Badge>
              ) : (
                <StatusChip of="offer" status={offer.status} />
              )}
              {offer.status === 'offered' && may('supply.write') && (
                <ConfirmButton
                  label={t('offer.withdraw')}
                  title={t('offer.withdrawAsk')}
                  onConfirm={() => withdraw.mutateAsync({ params: { id: offer.id } }).catch(toastProblem)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}
