import type { ReactNode } from 'react'
import { named, t } from '../app/i18n.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { toast } from '../kit/toast.tsx'
import { OfferRow } from './offer-row.tsx'
import { fitUnits } from './rules.ts'
import { useShopping } from './shopping.tsx'
import type { QuotedLine } from './use-quote.ts'
import { dayWords, type Offer, priceText, unitsText } from './words.ts'

type LineProps = { offer: Offer; quoted: QuotedLine | undefined }

/** A line of the basket with its sum by the server, and what to do when it cannot be had as asked. */
export function BasketLine({ offer, quoted }: LineProps) {
  const { basket, update, setUnits } = useShopping()
  const name = named({ zh: offer.name, en: offer.nameEn })
  const units = basket.lines[offer.skuId] ?? 0
  const asked = quoted?.units === units ? quoted : undefined
  const remove = () => {
    setUnits(offer.skuId, 0)
    toast(t('shop.basket.removed', { name }), {
      action: {
        label: t('shop.basket.undo'),
        run: () => update((now) => ({ ...now, lines: { ...now.lines, [offer.skuId]: units } })),
      },
    })
  }
  return (
    <OfferRow
      offer={offer}
      quoted={quoted}
      history={<Moved offer={offer} quoted={asked} />}
      side={
        <>
          <span className="shop-sum" data-old={!asked || undefined}>
            <Money fen={quoted?.amountFen} />
          </span>
          <IconButton icon="close" label={t('shop.basket.removeOf', { name })} onClick={remove} />
        </>
      }
      below={<Trouble offer={offer} quoted={asked} onRemove={remove} />}
    />
  )
}

/** The price of the order it was taken from, when it is another now. */
function Moved({ offer, quoted }: LineProps) {
  const { basket } = useShopping()
  const before = basket.before[offer.skuId]
  const now = quoted?.priceCentifen
  if (before === undefined || now === undefined || now === null || now === before) return null
  const up = now > before
  return (
    <Badge tone={up ? 'warn' : 'good'} icon={up ? 'up' : 'down'}>
      {t('shop.priceWas', { price: priceText(before, offer.priceUnit) })}
    </Badge>
  )
}

function Trouble({ offer, quoted, onRemove }: LineProps & { onRemove: () => void }) {
  const { setUnits, pickDay } = useShopping()
  if (!quoted?.problem) return null
  const left = quoted.availableUnits
  const { nextDay } = offer
  const fit = fitUnits(offer, quoted.units, quoted.units - 1)
  if (quoted.problem === 'off_step') {
    const { minUnits: min, maxUnits: max, stepUnits: step } = offer
    return (
      <Row text={t('shop.basket.offStep', { min, max, step })}>
        <Button onClick={() => setUnits(offer.skuId, fit)}>
          {t('shop.basket.takeStep', { quantity: unitsText(fit, offer.orderUnit) })}
        </Button>
      </Row>
    )
  }
  if (quoted.problem === 'price_missing') {
    return (
      <Row text={t('shop.basket.noPrice')}>
        <Button onClick={onRemove}>{t('shop.basket.remove')}</Button>
      </Row>
    )
  }
  return (
    <Row
      text={`${quoted.recalled ? t('shop.basket.recalled') : ''}${t('shop.basket.short', { quantity: unitsText(left, offer.orderUnit) })}`}
    >
      {left >= offer.minUnits && (
        <Button tone="main" onClick={() => setUnits(offer.skuId, fitUnits(offer, left, left + 2))}>
          {t('shop.basket.takeLeft', { quantity: unitsText(left, offer.orderUnit) })}
        </Button>
      )}
      {nextDay && (
        <Button onClick={() => pickDay(nextDay)}>
          {t('shop.basket.moveTo', { day: dayWords(nextDay) })}
        </Button>
      )}
      <Button onClick={onRemove}>{t('shop.basket.remove')}</Button>
    </Row>
  )
}

function Row({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="shop-trouble">
      <span>
        <Icon name="warning" size={18} /> {text}
      </span>
      <div className="row">{children}</div>
    </div>
  )
}

/** A pack that is not sold any more, kept in a basket of earlier days. */
export function GoneLine({ skuId }: { skuId: string }) {
  const { setUnits } = useShopping()
  return (
    <li className="shop-row">
      <div className="shop-row-below">
        <Row text={`${t('shop.basket.goneName')}：${t('shop.basket.gone')}`}>
          <Button onClick={() => setUnits(skuId, 0)}>{t('shop.basket.remove')}</Button>
        </Row>
      </div>
    </li>
  )
}
