import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Button, LinkButton } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { BasketLine, GoneLine } from './basket-line.tsx'
import { withUnits } from './basket-store.ts'
import { Checkout } from './checkout.tsx'
import { useShopping } from './shopping.tsx'
import { quotedLine, useQuote, useRested } from './use-quote.ts'
import { useNoSite, WhereWhen } from './where-when.tsx'
import './checkout.css'

/** What is about to be ordered, what is wrong with it, and placing it. */
export function BasketScreen() {
  const noSite = useNoSite()
  const { basket, count } = useShopping()
  const title = basket.number ? t('shop.basket.changing', { number: basket.number }) : t('shop.basket.title')
  return (
    <>
      <PageHeader title={title}>
        <LinkButton to="/quick" icon="edit">
          {t('shop.quick.title')}
        </LinkButton>
        <Drop />
      </PageHeader>
      {noSite ?? (count === 0 && basket.version === 0 ? <NothingInIt /> : <Filled />)}
    </>
  )
}

function NothingInIt() {
  return (
    <EmptyState icon="basket" title={t('shop.basket.empty')} text={t('shop.basket.emptyHint')}>
      <LinkButton to="/" tone="main">
        {t('shop.guide.title')}
      </LinkButton>
    </EmptyState>
  )
}

/** Empties the basket, or leaves an order as it was. */
function Drop() {
  const { basket, count, clear } = useShopping()
  if (basket.version > 0) {
    return (
      <ConfirmButton
        tone="quiet"
        label={t('shop.basket.dropChange')}
        title={t('shop.basket.dropChange')}
        text={t('shop.basket.dropChangeAsk')}
        onConfirm={clear}
      />
    )
  }
  if (count === 0) return null
  return (
    <ConfirmButton
      tone="quiet"
      icon="trash"
      label={t('shop.basket.clear')}
      title={t('shop.basket.clear')}
      text={t('shop.basket.clearAsk', { count })}
      onConfirm={clear}
    />
  )
}

function Filled() {
  const { basket } = useShopping()
  return (
    <div className="shop-checkout">
      <div className="stack">
        {basket.number && <Note>{t('shop.basket.changingNote', { number: basket.number })}</Note>}
        <WhereWhen />
        <Lines />
      </div>
      <Checkout />
    </div>
  )
}

function Lines() {
  const { site, day, basket } = useShopping()
  const skuIds = useRested(Object.keys(basket.lines), 50)
  const offers = useApi(
    'catalogue.browse',
    { query: { skuIds: skuIds.join(), ...(site && { siteId: site.id }), ...(day && { day }) } },
    { keep: true, enabled: skuIds.length > 0 },
  )
  const { quote } = useQuote()
  if (Object.keys(basket.lines).length === 0) return <p className="muted">{t('shop.basket.empty')}</p>
  return (
    <Card title={t('shop.basket.lines')} side={<TakeAllLeft />}>
      <Loaded query={offers}>
        {({ items }) => (
          <ul className="shop-rows" aria-label={t('shop.basket.lines')}>
            {Object.keys(basket.lines).map((skuId) => {
              const offer = items.find((one) => one.skuId === skuId)
              if (offer) return <BasketLine key={skuId} offer={offer} quoted={quotedLine(quote, skuId)} />
              // A line just put in is not in the answer at hand yet.
              return offers.isPlaceholderData || !skuIds.includes(skuId) ? null : (
                <GoneLine key={skuId} skuId={skuId} />
              )
            })}
          </ul>
        )}
      </Loaded>
    </Card>
  )
}

/** One press for all lines of which less can be delivered than asked. */
function TakeAllLeft() {
  const { update } = useShopping()
  const { quote } = useQuote()
  const short = quote?.lines.filter((line) => line.problem === 'not_available') ?? []
  if (short.length < 2) return null
  return (
    <Button
      onClick={() =>
        update((now) => short.reduce((next, line) => withUnits(next, line.skuId, line.availableUnits), now))
      }
    >
      {t('shop.basket.takeAllLeft')}
    </Button>
  )
}
