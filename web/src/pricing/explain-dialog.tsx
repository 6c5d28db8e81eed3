import { unitName } from '@huming/shared/units'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { type Buyer, BuyerChoice } from './buyer-choice.tsx'
import { percentText, priceWhy } from './why.ts'
import './texts.ts'

type Props = { skuId: string; name: string; minUnits: number; onClose: () => void }

/** What a buyer would pay for a pack and why, as its seller sees it. */
export function ExplainDialog({ skuId, name, minUnits, onClose }: Props) {
  const [buyer, setBuyer] = useState<Buyer | null>(null)
  const [units, setUnits] = useState<number | null>(minUnits)
  return (
    <Dialog open onClose={onClose} title={t('pricing.whyTitle', { name })}>
      <div className="stack">
        <BuyerChoice buyer={buyer} onBuyer={setBuyer} />
        <NumberField label={t('pricing.units')} min={1} max={9999} value={units} onNumber={setUnits} />
        {buyer && units !== null && <Why skuId={skuId} buyerOrgId={buyer.id} units={units} />}
      </div>
    </Dialog>
  )
}

/** The steps that lead to a price: contract, kind of buyer, list, and which one holds. */
function Why({ skuId, buyerOrgId, units }: { skuId: string; buyerOrgId: string; units: number }) {
  const why = useApi(
    'pricing.explain',
    { params: { id: skuId }, query: { buyerOrgId, units } },
    { keep: true },
  )
  return <Loaded query={why}>{(reply) => <Steps reply={reply} />}</Loaded>
}

function Steps({ reply }: { reply: Reply<'pricing.explain'> }) {
  const { steps, taxRateBp, taxBasis } = reply
  return (
    <>
      {steps.map(({ reason, verdict, price }) => (
        <Card key={reason}>
          <div className="row spread">
            <b>{t(`price.why.${reason}`)}</b>
            <Badge tone={verdict === 'holds' ? 'good' : 'plain'}>{t(`pricing.verdict.${verdict}`)}</Badge>
          </div>
          {price && (
            <div className="stack" style={{ ['--gap' as string]: '4px' }}>
              <UnitPrice centifen={price.centifen} unit={reply.priceUnit} />
              <span className="small">{priceWhy(reason, price.basis, reply.priceUnit)}</span>
              {price.fromUnits > 1 && (
                <span className="muted small">
                  ≥ {price.fromUnits} {unitName(reply.orderUnit, locale())}
                </span>
              )}
            </div>
          )}
        </Card>
      ))}
      <Note tone={taxRateBp === null ? 'bad' : 'info'}>
        {taxRateBp === null
          ? t('pricing.taxNone')
          : t('pricing.tax', {
              rate: taxRateBp === 0 ? t('pricing.exempt') : percentText(taxRateBp),
              basis: taxBasis,
            })}
      </Note>
    </>
  )
}
