import { formatUnitPrice, formatYuan } from '@huming/shared/money'
import { baseText, type Packing, quantityText } from '@huming/shared/quantity'
import { type BaseUnit, isUnitId, type UnitId, unitName } from '@huming/shared/units'
import { locale, t } from '../app/i18n.ts'
import './show.css'

type Size = 's' | 'm' | 'l'

/** An amount of fen: ¥1,234.50. `l` is the price a buyer must not miss. */
export function Money({ fen, size = 'm' }: { fen: number | null | undefined; size?: Size }) {
  if (fen === null || fen === undefined) return <span className="muted">—</span>
  return (
    <span className="k-money" data-size={size}>
      <Figures text={formatYuan(fen)} />
    </span>
  )
}

/** The fen are set smaller, so that the yuan are read first. */
function Figures({ text }: { text: string }) {
  const [yuan, rest] = text.split('.')
  return (
    <>
      {yuan}
      {rest && <small>.{rest}</small>}
    </>
  )
}

type UnitPriceProps = { centifen: number | null | undefined; unit: string; size?: Size }

/** A price per unit: ¥14.80/斤. Price and unit are never apart. */
export function UnitPrice({ centifen, unit, size = 'm' }: UnitPriceProps) {
  if (centifen === null || centifen === undefined) return <span className="muted">{t('kit.noPrice')}</span>
  const name = isUnitId(unit) ? unitName(unit, locale()) : unit
  const [price = ''] = formatUnitPrice(centifen, '').split('/')
  return (
    <span className="k-money" data-size={size}>
      <Figures text={price} />
      <span className="k-per">/{name}</span>
    </span>
  )
}

type QuantityProps =
  | { base: number; unit: UnitId; packing: Packing; baseUnit?: never }
  | { base: number; baseUnit: BaseUnit; unit?: never; packing?: never }

/** A quantity of base units, told in the unit it was ordered in when the packing is known. */
export function Quantity(props: QuantityProps) {
  const text = props.packing
    ? quantityText(props.base, props.unit, props.packing, locale())
    : baseText(props.base, props.baseUnit, locale())
  return <span style={{ whiteSpace: 'nowrap' }}>{text}</span>
}
