import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, LoadMore, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { AmountField } from './amount-field.tsx'
import { OfferDialog, Offers } from './offer-dialog.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, momentWords, packingOf, quantityWords } from './words.ts'

type CallOff = Reply<'supply.listCallOffs'>['items'][number]

/** What the warehouse asks for after each cut-off, and what was answered. */
export function CallOffs() {
  const { orgId } = useSupplier()
  const [search, setSearch] = useSearchParams()
  const status = search.get('all') ? undefined : ('asked' as const)
  const { items, more, query } = usePages('supply.listCallOffs', { query: { orgId, status } })
  useLive(['callOff.', 'cutoff.'], ['supply.listCallOffs'])
  return (
    <>
      <PageHeader title={t('coop.callOffs.title')} />
      <FilterBar>
        <Segmented
          label={t('coop.callOffs.which')}
          value={status ?? 'all'}
          options={[
            { value: 'asked', label: t('coop.callOffs.asked') },
            { value: 'all', label: t('coop.all') },
          ]}
          onPick={(value) => setSearch(value === 'all' ? { all: '1' } : {})}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState icon="check" title={t('coop.home.noCallOffs')} text={t('coop.callOffs.noneText')} />
          ),
        }}
      >
        {() => (
          <div className="stack">
            <div className="cards" style={{ ['--card' as string]: '340px' }}>
              {items.map((callOff) => (
                <CallOffCard key={callOff.id} callOff={callOff} />
              ))}
            </div>
            <LoadMore more={more} />
          </div>
        )}
      </Loaded>
    </>
  )
}

const changes = ['supply.listCallOffs', 'stock.listLots', 'stock.readLot'] as const

/** One call-off: what, how much, by when, the lots behind it, and the answer. */
export function CallOffCard({ callOff }: { callOff: CallOff }) {
  const may = useMay()
  const { to } = useSupplier()
  const [cutting, setCutting] = useState(false)
  const [offering, setOffering] = useState(false)
  const answer = useAct('supply.answerCallOff', {
    changes,
    onDone: () => toast(t('coop.callOffs.answered')),
  })
  const confirm = () =>
    answer.mutate(
      { params: { id: callOff.id }, body: { confirmedQuantity: callOff.quantity } },
      { onError: toastProblem },
    )
  return (
    <article className="coop-call-off">
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Picture picture={callOff.picture} size={56} />
        <div className="grow">
          <div className="row spread">
            <b>{named({ zh: callOff.name, en: callOff.nameEn })}</b>
            <StatusChip of="callOff" status={callOff.status} />
          </div>
          <span className="muted small">{callOff.spec}</span>
          <div className="coop-loud">{quantityWords(callOff.quantity, callOff)}</div>
          <span className="small">
            {t('coop.callOffs.for', { day: dayWords(callOff.day), hub: callOff.hub })}
          </span>
        </div>
      </div>
      <Deadlines callOff={callOff} />
      {callOff.confirmedQuantity !== null && (
        <span className="small">
          {t('coop.callOffs.confirmed', { amount: quantityWords(callOff.confirmedQuantity, callOff) })}
          {callOff.answerNote && ` · ${callOff.answerNote}`}
        </span>
      )}
      {callOff.lots.length > 0 && (
        <span className="row small">
          {callOff.lots.map((lot) => (
            <Link key={lot.id} to={to(`/lots/${lot.id}`)} className="coop-chip">
              {lot.code} · {quantityWords(lot.quantity, callOff)}
            </Link>
          ))}
        </span>
      )}
      {callOff.status === 'asked' && may('supply.write') && (
        <div className="row">
          <Button tone="main" icon="check" busy={answer.isPending} onClick={confirm}>
            {t('coop.callOffs.confirm')}
          </Button>
          <Button onClick={() => setCutting(true)}>{t('coop.callOffs.less')}</Button>
          <Button onClick={() => setOffering(true)}>{t('offer.open')}</Button>
        </div>
      )}
      {(callOff.openOffers > 0 || callOff.status !== 'asked') && <Offers callOffId={callOff.id} />}
      {offering && <OfferDialog callOff={callOff} onClose={() => setOffering(false)} />}
      {cutting && <CutDialog callOff={callOff} onClose={() => setCutting(false)} />}
    </article>
  )
}

/** By when goods must be begun, made and on the road, reckoned backwards from the buyers' windows. */
function Deadlines({ callOff: { shipBy, makeBy, startBy, status } }: { callOff: CallOff }) {
  if (!shipBy || !makeBy || !startBy) return null
  const late = status === 'asked' && new Date(shipBy).getTime() < Date.now()
  return (
    <span className="row small">
      <Badge tone={late ? 'bad' : 'info'} icon="truck">
        {t('callOff.shipBy', { at: momentWords(shipBy) })}
      </Badge>
      <span className="muted">
        {startBy < makeBy && `${t('callOff.startBy', { at: momentWords(startBy) })} · `}
        {t('callOff.makeBy', { at: momentWords(makeBy) })}
      </span>
      {late && <span className="coop-warn">{t('callOff.late')}</span>}
    </span>
  )
}

/** Less can be shipped than was asked: how much, and why. */
function CutDialog({ callOff, onClose }: { callOff: CallOff; onClose: () => void }) {
  const [quantity, setQuantity] = useState<number | null>(null)
  const [none, setNone] = useState(false)
  const [note, setNote] = useState('')
  const answer = useAct('supply.answerCallOff', {
    changes,
    onDone: () => {
      toast(t('coop.callOffs.answered'))
      onClose()
    },
  })
  const confirmedQuantity = none ? 0 : quantity
  const ready = confirmedQuantity !== null && confirmedQuantity < callOff.quantity && note.trim() !== ''
  const foot = (
    <Button
      tone="danger"
      busy={answer.isPending}
      refused={ready ? undefined : t('coop.callOffs.lessMissing')}
      onClick={() =>
        confirmedQuantity !== null &&
        answer.mutate({ params: { id: callOff.id }, body: { confirmedQuantity, note } })
      }
    >
      {t('coop.callOffs.send')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('coop.callOffs.less')} foot={foot}>
      <div className="stack">
        <p>{t('coop.callOffs.lessHint', { amount: quantityWords(callOff.quantity, callOff) })}</p>
        <ProblemNote error={answer.error} />
        <Segmented
          label={t('coop.callOffs.less')}
          value={none ? 'none' : 'some'}
          options={[
            { value: 'some', label: t('coop.callOffs.some') },
            { value: 'none', label: t('coop.callOffs.nothing') },
          ]}
          onPick={(value) => setNone(value === 'none')}
        />
        {!none && (
          <AmountField
            label={t('coop.callOffs.canShip')}
            size="l"
            units={[
              callOff.orderUnit,
              callOff.baseUnit === 'g' ? 'kg' : callOff.baseUnit === 'ml' ? 'litre' : 'piece',
            ]}
            packing={packingOf(callOff)}
            base={quantity}
            onBase={setQuantity}
          />
        )}
        <TextField label={t('coop.reason')} maxLength={200} value={note} onText={setNote} />
      </div>
    </Dialog>
  )
}
