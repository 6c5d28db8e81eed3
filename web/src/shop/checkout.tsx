import { instantText, minutesText } from '@huming/shared/days'
import { formatYuan } from '@huming/shared/money'
import { locale, t } from '../app/i18n.ts'
import { useOnline } from '../app/shell.tsx'
import { Money } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Select, TextArea } from '../kit/field.tsx'
import { BottomBar, Card, Facts } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { PlaceProblem } from './place-problem.tsx'
import { type Site, useShopping } from './shopping.tsx'
import { MinimumLine } from './total-bar.tsx'
import { usePlace } from './use-place.ts'
import { type Quote, useQuote } from './use-quote.ts'
import { dayWords } from './words.ts'

/** How it is delivered, what it costs, and the button that orders it. */
export function Checkout() {
  const { day, open } = useShopping()
  const { quote, current, error, refetch } = useQuote()
  const place = usePlace(quote, refetch)
  const refused = useRefusal(quote, current)
  return (
    <aside className="stack">
      <Card title={t('shop.basket.delivery')}>
        <DeliveryWishes />
      </Card>
      <Card title={t('shop.basket.sum')}>
        <div className="shop-grand" data-old={!current || undefined}>
          {quote ? (
            <Money fen={quote.totalFen} size="l" />
          ) : (
            <span className="muted">{error ? t('shop.bar.unpriced') : t('shop.bar.counting')}</span>
          )}
          {day && <span className="muted">{t('shop.day.forDay', { day: dayWords(day) })}</span>}
        </div>
        <MinimumLine quote={quote} />
        <Facts
          of={[
            [
              t('shop.basket.creditLeft'),
              quote?.creditAvailableFen === undefined ? null : quote.creditAvailableFen === null ? (
                t('shop.credit.noLimit')
              ) : (
                <Money key="credit" fen={quote.creditAvailableFen} />
              ),
            ],
            [t('shop.basket.cutOff'), open && instantText(new Date(open.cutOffAt), locale())],
          ]}
        />
        {quote?.needsApproval && <Note tone="warn">{t('shop.basket.approval')}</Note>}
        <ProblemNote error={error} />
        <PlaceProblem place={place} />
        <p className="muted small">{t('shop.basket.kept')}</p>
      </Card>
      <PlaceBar place={place} quote={quote} refused={refused} />
    </aside>
  )
}

type Place = ReturnType<typeof usePlace>
type BarProps = { place: Place; quote: Quote | undefined; refused: string | undefined }

function PlaceBar({ place, quote, refused }: BarProps) {
  const { basket, count } = useShopping()
  return (
    <BottomBar>
      <div className="shop-total grow">
        <span className="muted small">
          {t('shop.bar.total')} · {t('shop.bar.kinds', { count })}
        </span>
        {quote && <Money fen={quote.totalFen} size="l" />}
      </div>
      <Button
        tone="main"
        size="l"
        icon="check"
        busy={place.isPending}
        refused={refused}
        onClick={() => quote && place.send(quote.totalFen)}
      >
        {basket.version > 0 ? t('shop.basket.submitChange') : t('shop.basket.place')}
      </Button>
    </BottomBar>
  )
}

/** Why the order cannot be sent now, by the server's quote; undefined when it can. */
function useRefusal(quote: Quote | undefined, current: boolean): string | undefined {
  const online = useOnline()
  const { day, count, moved } = useShopping()
  if (count === 0) return t('shop.basket.empty')
  if (!day) return t('shop.basket.wait.day')
  if (moved) return t('shop.basket.wait.moved')
  if (!online) return t('shop.basket.wait.offline')
  if (!quote || !current) return t('shop.basket.wait.quote')
  if (quote.lines.some((line) => line.problem)) return t('shop.basket.wait.problems')
  if (quote.missingFen > 0) return t('shop.basket.wait.minimum', { amount: formatYuan(quote.missingFen) })
  if (quote.creditAvailableFen !== null && quote.totalFen > quote.creditAvailableFen)
    return t('shop.basket.wait.credit')
  return undefined
}

function DeliveryWishes() {
  const { site, basket, change } = useShopping()
  return (
    <>
      {site && <Window site={site} />}
      <div className="k-field">
        <span className="k-label">{t('shop.basket.shortage')}</span>
        <Segmented
          label={t('shop.basket.shortage')}
          value={basket.shortageRule}
          options={[
            { value: 'partial', label: t('shop.basket.partial') },
            { value: 'cancel_line', label: t('shop.basket.cancelLine') },
          ]}
          onPick={(shortageRule) => change({ shortageRule })}
        />
        <span className="k-hint">
          {basket.shortageRule === 'partial' ? t('shop.basket.partialHint') : t('shop.basket.cancelLineHint')}
        </span>
      </div>
      <TextArea
        label={t('shop.basket.note')}
        optional
        rows={2}
        maxLength={300}
        placeholder={t('shop.basket.notePlaceholder')}
        value={basket.note}
        onText={(note) => change({ note })}
      />
    </>
  )
}

const STEP = 30
const SHORTEST = 60

/** Part of the site's window, at least an hour long. */
function Window({ site }: { site: Site }) {
  const { basket, change } = useShopping()
  const from = basket.windowFrom ?? site.windowFrom
  const to = basket.windowTo ?? site.windowTo
  const marks = Array.from(
    { length: Math.floor((site.windowTo - site.windowFrom - 1) / STEP) },
    (_, i) => site.windowFrom + (i + 1) * STEP,
  )
  const option = (minutes: number) => ({ value: String(minutes), label: minutesText(minutes) })
  const starts = [site.windowFrom, ...marks].filter((minutes) => minutes === from || minutes <= to - SHORTEST)
  const ends = [...marks, site.windowTo].filter((minutes) => minutes === to || minutes >= from + SHORTEST)
  return (
    <div className="shop-window">
      <Select
        label={t('shop.basket.windowFrom')}
        value={String(from)}
        options={starts.map(option)}
        onPick={(minutes) => change({ windowFrom: Number(minutes), windowTo: to })}
      />
      <Select
        label={t('shop.basket.windowTo')}
        value={String(to)}
        options={ends.map(option)}
        onPick={(minutes) => change({ windowTo: Number(minutes), windowFrom: from })}
      />
    </div>
  )
}
