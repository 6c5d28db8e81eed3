import { BIN_KINDS, type BinKind } from '@huming/shared/reference/bins'
import type { ReactNode } from 'react'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { nameOf, type Pack, quantityOf } from '../warehouse/words.ts'
import '../warehouse/warehouse.css'
import './stores.css'

export type StockRow = Reply<'storing.listStock'>['items'][number]
type Goods = Pack & { spec: string; lotCode: string; useByDay: string }

export const kindName = (kind: BinKind): string => named(BIN_KINDS[kind])

/** What the goods are: name, pack, lot and last day. */
export function GoodsHead({ of, side }: { of: Goods; side?: ReactNode }) {
  return (
    <>
      <span className="row spread">
        <b className="wh-loud">{nameOf(of)}</b>
        {side}
      </span>
      <span className="row">
        <span className="wh-code-s">{of.lotCode}</span>
        <span className="muted small">{of.spec}</span>
        <span className="small">
          {t('warehouse.useBy')} <b>{of.useByDay}</b>
        </span>
      </span>
    </>
  )
}

/** How much of it lies in which bin. */
export function WhereAndHowMuch({ row }: { row: StockRow }) {
  return (
    <span className="row">
      <span className="wh-code-s">{row.bin}</span>
      <Badge tone={kindTone(row.binKind)}>{kindName(row.binKind)}</Badge>
      <b>{quantityOf(row, row.quantity)}</b>
    </span>
  )
}

export const kindTone = (kind: BinKind) =>
  kind === 'destroy' || kind === 'returns'
    ? 'bad'
    : kind === 'quarantine' || kind === 'near_expiry'
      ? 'warn'
      : 'info'
