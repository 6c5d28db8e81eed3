import { dayText, isServiceDay } from '@huming/shared/days'
import { quantityText } from '@huming/shared/quantity'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { Card, FilterBar } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore, ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'

type Offer = Reply<'offers.list'>['items'][number]
const dayName = (day: string) => (isServiceDay(day) ? dayText(day, locale()) : day)
const amount = (base: number, offer: Offer) =>
  quantityText(
    base,
    offer.orderUnit,
    {
      baseUnit: offer.baseUnit,
      conversions: [{ unit: offer.orderUnit, size: offer.basePerOrderUnit, variable: offer.catchWeight }],
    },
    locale(),
  )

/** What suppliers offer instead of what was called off; the rule has taken what it may, these wait for a person. */
export function OfferDesk() {
  const [all, setAll] = useState(false)
  const { items, more, query } = usePages('offers.list', {
    query: all ? {} : { status: 'offered' as const },
  })
  useLive(['offer.'], ['offers.'])
  return (
    <div className="stack">
      <FilterBar>
        <Checkbox label={t('supply.offers.all')} checked={all} onCheck={setAll} />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="check" title={t('supply.offers.none')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '340px' }}>
            {items.map((offer) => (
              <OfferCard key={offer.id} offer={offer} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} />
    </div>
  )
}

const changes = ['offers.list', 'supply.listCallOffs'] as const

function OfferCard({ offer }: { offer: Offer }) {
  const may = useMay()
  const [refusing, setRefusing] = useState(false)
  const decide = useAct('offers.decide', { changes })
  const open = offer.status === 'offered'
  return (
    <Card
      title={named({ zh: offer.name, en: offer.nameEn })}
      side={
        <>
          {offer.byRule && <Badge>{t('supply.offers.byRule')}</Badge>}
          <StatusChip of="offer" status={offer.status} />
        </>
      }
    >
      <span>
        {offer.supplier} → {offer.hub}
      </span>
      <span className="muted small">
        {t('supply.offers.instead', { day: dayName(offer.askedDay), amount: amount(offer.quantity, offer) })}
      </span>
      <b>
        {offer.kind === 'later_day'
          ? t('offer.kind.later_day', { day: dayName(offer.day) })
          : offer.kind === 'other_pack'
            ? t('offer.kind.other_pack', { spec: offer.lotSpec })
            : t('offer.kind.other_lot')}{' '}
        · {offer.lotCode}
      </b>
      <span className="small">{t('supply.offers.life', { day: dayName(offer.useByDay) })}</span>
      {offer.note && <span className="small">{offer.note}</span>}
      {offer.decideNote && <span className="muted small">{offer.decideNote}</span>}
      {open && may('supply.plan') && (
        <div className="row">
          <ConfirmButton
            tone="main"
            label={t('supply.offers.accept')}
            title={t('supply.offers.accept')}
            text={t('supply.offers.acceptAsk')}
            onConfirm={() =>
              decide.mutateAsync({ params: { id: offer.id }, body: { accept: true } }).catch(toastProblem)
            }
          />
          <Button onClick={() => setRefusing(true)}>{t('supply.offers.refuse')}</Button>
        </div>
      )}
      {refusing && <RefuseDialog offer={offer} onClose={() => setRefusing(false)} />}
    </Card>
  )
}

function RefuseDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const [note, setNote] = useState('')
  const decide = useAct('offers.decide', { changes, onDone: onClose })
  const foot = (
    <Button
      tone="danger"
      busy={decide.isPending}
      refused={note.trim() ? undefined : t('supply.offers.reason')}
      onClick={() => decide.mutate({ params: { id: offer.id }, body: { accept: false, note } })}
    >
      {t('supply.offers.refuse')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('supply.offers.refuse')} foot={foot}>
      <div className="stack">
        <ProblemNote error={decide.error} />
        <TextField label={t('supply.offers.reason')} maxLength={200} value={note} onText={setNote} />
      </div>
    </Dialog>
  )
}
