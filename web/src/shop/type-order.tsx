import { useRef, useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { OfferRow } from './offer-row.tsx'
import { fitUnits, tierAt } from './rules.ts'
import { useShopping } from './shopping.tsx'
import { quotedLine, useQuote, useRested } from './use-quote.ts'
import { type Offer, unitsText } from './words.ts'

/** Search → Enter → quantity → Enter → search: the hands never leave the keys. */
export function TypeOrder() {
  const { basket, setUnits } = useShopping()
  const [entered, setEntered] = useState<readonly Offer[]>([])
  const [offer, setOffer] = useState<Offer | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const take = (units: number) => {
    if (!offer) return
    const before = basket.lines[offer.skuId] ?? 0
    setUnits(offer.skuId, fitUnits(offer, units, before))
    setEntered((now) => [offer, ...now.filter((one) => one.skuId !== offer.skuId)])
    setOffer(null)
    search.current?.focus()
  }
  return (
    <div className="stack">
      <p className="muted small">{t('shop.quick.searchHint')}</p>
      <div className="shop-entry">
        <FindOffer inputRef={search} onPick={setOffer} />
        {offer && (
          <EnterUnits
            key={offer.skuId}
            offer={offer}
            units={basket.lines[offer.skuId] ?? offer.minUnits}
            onTake={take}
          />
        )}
      </div>
      <Entered offers={entered} />
    </div>
  )
}

type FindProps = { inputRef: React.RefObject<HTMLInputElement | null>; onPick: (offer: Offer) => void }

function FindOffer({ inputRef, onPick }: FindProps) {
  const { site, day } = useShopping()
  const [text, setText] = useState('')
  const search = useRested(text.trim(), 120)
  const found = useApi(
    'catalogue.browse',
    { query: { search, limit: 8, ...(site && { siteId: site.id }), ...(day && { day }) } },
    { keep: true, enabled: search !== '' },
  )
  const late = search !== text.trim() || found.isPlaceholderData || found.isPending
  return (
    <Combobox
      label={t('shop.quick.search')}
      placeholder={t('shop.catalogue.search')}
      autoFocus
      inputRef={inputRef}
      text={text}
      onText={setText}
      // Enter must never take what an earlier search has found.
      items={late ? [] : (found.data?.items ?? [])}
      busy={late}
      itemKey={(offer) => offer.skuId}
      onPick={(offer) => {
        setText('')
        onPick(offer)
      }}
    >
      {(offer) => (
        <span className="shop-option">
          <b>{named({ zh: offer.name, en: offer.nameEn })}</b>
          <span className="muted small">
            {offer.spec} · {offer.code}
          </span>
          <UnitPrice centifen={tierAt(offer.tiers, 1)?.centifen} unit={offer.priceUnit} />
        </span>
      )}
    </Combobox>
  )
}

function EnterUnits({
  offer,
  units,
  onTake,
}: {
  offer: Offer
  units: number
  onTake: (units: number) => void
}) {
  const [count, setCount] = useState<number | null>(units)
  return (
    <form
      className="shop-entry-units"
      onSubmit={(event) => {
        event.preventDefault()
        // A number beyond the limits says so in its field; what was typed before it is not taken instead.
        if (!event.currentTarget.querySelector('[aria-invalid="true"]')) onTake(count ?? 0)
      }}
    >
      <NumberField
        label={`${named({ zh: offer.name, en: offer.nameEn })} ${offer.spec}`}
        after={unitsText(1, offer.orderUnit).slice(2)}
        autoFocus
        min={0}
        max={offer.maxUnits}
        value={count}
        onNumber={setCount}
      />
      <Button type="submit" tone="main" icon="plus">
        {t('shop.quick.add')}
      </Button>
    </form>
  )
}

function Entered({ offers }: { offers: readonly Offer[] }) {
  const { quote } = useQuote()
  if (offers.length === 0) return <p className="muted">{t('shop.quick.none')}</p>
  return (
    <section className="stack" aria-label={t('shop.quick.entered')}>
      <h2>{t('shop.quick.entered')}</h2>
      <ul className="shop-rows">
        {offers.map((offer) => (
          <OfferRow key={offer.skuId} offer={offer} quoted={quotedLine(quote, offer.skuId)} />
        ))}
      </ul>
    </section>
  )
}
