import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { named, t, textOf } from '../app/i18n.ts'
import { Money, Quantity, UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Card } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { priceWhy } from '../pricing/why.ts'
import type { Order } from './order.tsx'
import { WeightQuestion } from './weight-question.tsx'
import { dayWords } from './words.ts'

type Line = Order['lines'][number]

/** The goods of an order: what was asked, cut, picked, delivered and refused, and from which lots. */
export function OrderLines({ order }: { order: Order }) {
  return (
    <Card
      title={t('shop.order.lines')}
      side={<span className="muted">{t('shop.orders.lines', { count: order.lines.length })}</span>}
    >
      <ul className="shop-rows" aria-label={t('shop.order.lines')}>
        {order.lines.map((line) => (
          <OrderLine key={line.id} line={line} orderId={order.id} />
        ))}
      </ul>
    </Card>
  )
}

/** Why a line was cut, and by which rule too little was shared. */
function cutWords({ cutReason, cutRule }: Line): string {
  const reason = textOf(`cut.${cutReason}`, cutReason ?? '')
  return cutRule ? `${reason} · ${textOf(`cutRule.${cutRule}`, cutRule)}` : reason
}

function OrderLine({ line, orderId }: { line: Line; orderId: string }) {
  const name = named({ zh: line.name, en: line.nameEn })
  const changed = line.finalFen !== null && line.finalFen !== line.amountFen
  return (
    <li className="shop-line">
      <Picture picture={line.picture} size={52} />
      <Link to={`/products/${line.productId}`} className="shop-line-name">
        <b>{name}</b>
        <span className="muted small">
          {line.spec} · {line.supplier}
        </span>
      </Link>
      <div className="shop-line-sum">
        <Money fen={line.finalFen ?? line.amountFen} />
        {changed && (
          <s className="muted small">
            <Money fen={line.amountFen} size="s" />
          </s>
        )}
        <span className="small">
          <UnitPrice centifen={line.priceCentifen} unit={line.priceUnit} size="s" />
        </span>
        {(line.priceBasis || line.priceReason !== 'list') && (
          <span className="small muted">{priceWhy(line.priceReason, line.priceBasis, line.priceUnit)}</span>
        )}
      </div>
      <div className="shop-line-facts">
        <Fact name={t('shop.order.ordered')} quantity={line.quantity} line={line} />
        {line.deliveredQuantity === null && (
          <Fact name={t('shop.order.picked')} quantity={line.pickedQuantity} line={line} />
        )}
        <Fact name={t('shop.order.delivered')} quantity={line.deliveredQuantity} line={line} />
        {line.cutQuantity > 0 && (
          <Badge tone="warn" icon="warning">
            <Told
              text={t('shop.order.cutBy', {
                quantity: '\u0000',
                reason: cutWords(line),
              })}
            >
              <Goods line={line} quantity={line.cutQuantity} />
            </Told>
          </Badge>
        )}
        {line.refusedQuantity > 0 && (
          <Badge tone="bad" icon="warning">
            <Told
              text={t('shop.order.refusedBy', {
                quantity: '\u0000',
                reason: textOf(`shop.refused.${line.refuseReason}`, line.refuseReason ?? ''),
              })}
            >
              <Goods line={line} quantity={line.refusedQuantity} />
            </Told>
          </Badge>
        )}
      </div>
      {line.weight && <WeightQuestion line={line} orderId={orderId} />}
      {line.lots.length > 0 && (
        <ul className="shop-lots small muted">
          {line.lots.map((lot) => (
            <li key={lot.code}>
              <Link to={`~/trace/${lot.code}`}>{t('shop.order.lot', { code: lot.code })}</Link>{' '}
              <Quantity base={lot.quantity} baseUnit={line.baseUnit} /> ·{' '}
              {t('shop.order.useBy', { day: dayWords(lot.useByDay, { year: true }) })}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** A sentence with a drawn quantity in the place of its mark. */
function Told({ text, children }: { text: string; children: ReactNode }) {
  const [head = '', tail = ''] = text.split('\u0000')
  return (
    <span>
      {head}
      {children}
      {tail}
    </span>
  )
}

function Fact({ name, quantity, line }: { name: string; quantity: number | null; line: Line }) {
  if (quantity === null) return null
  return (
    <span>
      <span className="muted small">{name} </span>
      <Goods line={line} quantity={quantity} />
    </span>
  )
}

function Goods({ line, quantity }: { line: Line; quantity: number }) {
  if (line.catchWeight && quantity !== line.quantity)
    return <Quantity base={quantity} baseUnit={line.baseUnit} />
  const conversions = [
    { unit: line.orderUnit, size: line.basePerOrderUnit, variable: line.catchWeight },
  ] as const
  return <Quantity base={quantity} unit={line.orderUnit} packing={{ baseUnit: line.baseUnit, conversions }} />
}
