import { formatYuan } from '@huming/shared/money'
import { t } from '../app/i18n.ts'
import { Money } from '../kit/amount.tsx'
import { LinkButton } from '../kit/button.tsx'
import { BottomBar } from '../kit/page.tsx'
import { ProgressBar } from '../kit/states.tsx'
import { useShopping } from './shopping.tsx'
import { type Quote, useQuote } from './use-quote.ts'

/** How far the minimum order is reached. Both sums are the server's. */
export function MinimumLine({ quote }: { quote: Quote | undefined }) {
  const { days } = useShopping()
  const minimum = quote?.minimumFen ?? days?.minimumFen ?? 0
  if (minimum === 0) return null
  const missing = quote ? quote.missingFen : minimum
  const amount = formatYuan(minimum)
  return (
    <div className="shop-minimum">
      <span className="small">
        {missing === 0
          ? t('shop.bar.reached', { amount })
          : quote
            ? t('shop.bar.missing', { amount: formatYuan(missing) })
            : t('shop.bar.minimum', { amount })}
      </span>
      <ProgressBar
        label={t('shop.bar.progress')}
        done={quote?.totalFen ?? 0}
        total={minimum}
        tone={missing === 0 ? 'good' : 'warn'}
        hideText
      />
    </div>
  )
}

/** The total that stays in sight while one fills the basket. */
export function TotalBar() {
  const { count, basket } = useShopping()
  const { quote, current, error } = useQuote()
  if (count === 0) return null
  return (
    <BottomBar>
      <div className="shop-total" aria-live="polite" data-old={!current || undefined}>
        <span className="muted small">
          {t('shop.bar.total')} · {t('shop.bar.kinds', { count })}
        </span>
        {error ? (
          <span className="small shop-few">{t('shop.bar.unpriced')}</span>
        ) : quote ? (
          <Money fen={quote.totalFen} size="l" />
        ) : (
          <span className="muted small">{t('shop.bar.counting')}</span>
        )}
      </div>
      <div className="grow" data-reached={quote?.missingFen === 0 || undefined}>
        <MinimumLine quote={quote} />
      </div>
      <LinkButton to="/basket" tone="main" icon="basket">
        {basket.version > 0 ? t('shop.bar.review') : t('shop.bar.go')}
      </LinkButton>
    </BottomBar>
  )
}
