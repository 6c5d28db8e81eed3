import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { SearchBox, Segmented } from '../kit/choose.tsx'
import { EmptyState, Loaded, Skeleton } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { withUnits } from './basket-store.ts'
import { OfferRow } from './offer-row.tsx'
import { Pin } from './pin.tsx'
import { fitUnits, tierAt } from './rules.ts'
import { useShopping } from './shopping.tsx'
import { TotalBar } from './total-bar.tsx'
import { quotedLine, useQuote } from './use-quote.ts'
import { PageTitle, useNoSite, WhereWhen } from './where-when.tsx'
import { dayWords, priceText, unitsText } from './words.ts'

type Item = Reply<'orders.guide'>['items'][number]
type Show = 'all' | 'pinned' | 'chosen'

/** Home of a returning buyer: what this site orders again and again, for the delivery day in force. */
export function Guide() {
  const noSite = useNoSite()
  const [, go] = useLocation()
  return (
    <>
      <PageTitle title={t('shop.guide.title')} />
      {noSite ?? (
        <div className="stack" style={{ ['--gap' as string]: '12px' }}>
          <WhereWhen />
          <div className="row">
            <div className="grow">
              <SearchBox
                value=""
                placeholder={t('shop.catalogue.search')}
                onSearch={(text) => text && go(`/catalogue?search=${encodeURIComponent(text)}`)}
              />
            </div>
            <LinkButton to="/quick" icon="edit">
              {t('shop.quick.short')}
            </LinkButton>
          </div>
          <GuideList />
          <TotalBar />
        </div>
      )}
    </>
  )
}

function GuideList() {
  const { site, day, basket } = useShopping()
  const [show, setShow] = useState<Show>('all')
  const guide = useApi(
    'orders.guide',
    { params: { siteId: site?.id ?? '' }, query: day ? { day } : {} },
    { keep: true },
  )
  useLive(['lot.', 'order.placed', 'order.changed', 'order.cancelled', 'price.'], ['orders.guide'])
  const { quote } = useQuote()
  const kept = (item: Item) =>
    show === 'all' || (show === 'pinned' ? item.pinned : item.offer.skuId in basket.lines)
  return (
    <Loaded
      query={guide}
      loading={<Skeleton lines={6} height={84} />}
      empty={{ when: ({ items }) => items.length === 0, show: <NothingYet /> }}
    >
      {({ items }) => {
        const shown = items.filter(kept)
        return (
          <>
            <div className="shop-tools">
              <Segmented
                label={t('shop.guide.only')}
                value={show}
                options={[
                  { value: 'all', label: `${t('shop.guide.all')} ${items.length}` },
                  { value: 'pinned', label: t('shop.guide.pinned') },
                  { value: 'chosen', label: t('shop.guide.inBasket') },
                ]}
                onPick={setShow}
              />
              <FillUsual items={items} />
            </div>
            {shown.length === 0 ? (
              <EmptyState
                icon="star"
                title=""
                text={show === 'pinned' ? t('shop.guide.nonePinned') : t('shop.guide.noneChosen')}
              />
            ) : (
              <ul className="shop-rows" aria-label={t('shop.guide.title')}>
                {shown.map((item) => (
                  <OfferRow
                    key={item.offer.skuId}
                    offer={item.offer}
                    quoted={quotedLine(quote, item.offer.skuId)}
                    history={<History item={item} />}
                    side={<Pin offer={item.offer} pinned={item.pinned} parUnits={item.parUnits} />}
                  />
                ))}
              </ul>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function NothingYet() {
  return (
    <EmptyState icon="star" title={t('shop.guide.empty')} text={t('shop.guide.emptyHint')}>
      <LinkButton to="/catalogue" tone="main">
        {t('shop.guide.toCatalogue')}
      </LinkButton>
    </EmptyState>
  )
}

/** Puts in what was ordered last time, as far as it can be delivered; what is chosen already stays. */
function FillUsual({ items }: { items: readonly Item[] }) {
  const { basket, update } = useShopping()
  const usual = items.flatMap(({ offer, parUnits, lastUnits }) => {
    const wanted = Math.min(parUnits ?? lastUnits ?? 0, offer.availableUnits)
    const units = wanted < offer.minUnits ? 0 : fitUnits(offer, wanted, wanted + 1)
    return units > 0 && !(offer.skuId in basket.lines) ? [{ skuId: offer.skuId, units }] : []
  })
  if (usual.length === 0) return null
  const fill = () => {
    const before = basket
    update((now) => usual.reduce((next, { skuId, units }) => withUnits(next, skuId, units), now))
    toast(t('shop.guide.usualDone', { count: usual.length }), {
      action: { label: t('shop.basket.undo'), run: () => update(() => before) },
    })
  }
  return (
    <Button icon="repeat" onClick={fill}>
      {t('shop.guide.usual')}
    </Button>
  )
}

/** What was ordered last, and whether the price has moved since. */
function History({ item }: { item: Item }) {
  const { basket } = useShopping()
  const { offer, lastUnits, lastDay, lastPriceCentifen, parUnits } = item
  const units = basket.lines[offer.skuId] ?? lastUnits ?? 0
  const now = tierAt(offer.tiers, units)?.centifen
  const moved = lastPriceCentifen !== null && now !== undefined && now !== lastPriceCentifen
  return (
    <>
      {lastUnits !== null && lastDay !== null ? (
        <span className="muted" title={dayWords(lastDay)}>
          {t('shop.last', { quantity: unitsText(lastUnits, offer.orderUnit) })}
        </span>
      ) : (
        parUnits !== null && (
          <span className="muted">
            {t('shop.usualUnits', { quantity: unitsText(parUnits, offer.orderUnit) })}
          </span>
        )
      )}
      {moved && (
        <Badge
          tone={now > lastPriceCentifen ? 'warn' : 'good'}
          icon={now > lastPriceCentifen ? 'up' : 'down'}
        >
          {t('shop.priceWas', { price: priceText(lastPriceCentifen, offer.priceUnit) })}
        </Badge>
      )}
    </>
  )
}
