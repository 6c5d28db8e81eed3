import { newId } from '@huming/shared/ids'
import { ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { entered, entryOf, nameOf, quantityOf } from '../warehouse/words.ts'
import type { Transfer } from './transfer.tsx'
import './texts.ts'

type Asked = Transfer['asked'][number]
type Offer = Asked['offers'][number]
/** What goes of one lot: order units or kg as typed, and the surface in °C. */
type Typed = { id: string; amount: number | null; surface: number | null; reason: string }

/** First to expire first: the asked quantity is spread over the free lots. */
function plannedOf({ quantity, offers }: Asked): Map<string, number> {
  let left = quantity
  return new Map(
    offers.flatMap((offer) => {
      const part = Math.min(left, offer.free)
      left -= part
      return part > 0 ? [[offer.lotId, part] as const] : []
    }),
  )
}

/** Loading: lots by expiry with what goes of each, measured where it is cold; then plate and seal. */
export function ShipTransfer({ one }: { one: Transfer }) {
  const [typed, setTyped] = useState<Record<string, Typed>>(() =>
    Object.fromEntries(
      one.asked.flatMap((line) => {
        const entry = entryOf(line, line.quantity)
        return [...plannedOf(line)].map(([lotId, part]) => [
          lotId,
          { id: newId(), amount: part / entry.per, surface: null, reason: '' },
        ])
      }),
    ),
  )
  const [plate, setPlate] = useState('')
  const [sealNumber, setSeal] = useState('')
  const [air, setAir] = useState<number | null>(null)
  const ship = useAct('storing.shipTransfer', {
    changes: ['storing.readTransfer', 'storing.listTransfers', 'storing.listStock'],
    onDone: () => toast(t('stores.transfer.shipped')),
  })
  const set = (lotId: string, change: Partial<Typed>) =>
    setTyped((before) => ({
      ...before,
      [lotId]: { id: newId(), amount: null, surface: null, reason: '', ...before[lotId], ...change },
    }))
  const lots = one.asked.flatMap((line) => {
    const entry = entryOf(line, line.quantity)
    return line.offers.flatMap(({ lotId }) => {
      const it = typed[lotId]
      const quantity = it?.amount ? entered(it.amount, entry) : 0
      if (!it || quantity <= 0) return []
      const surfaceDeciC = it.surface === null ? null : Math.round(it.surface * 10)
      return [{ id: it.id, lotId, quantity, surfaceDeciC, laterLotReason: it.reason }]
    })
  })
  const cold = one.asked.some(
    (line) =>
      ZONES[line.zone].readingRequired &&
      lots.some((lot) => lot.surfaceDeciC === null && line.offers.some((offer) => offer.lotId === lot.lotId)),
  )
  const wanting =
    lots.length === 0
      ? t('stores.act.needQuantity')
      : cold
        ? t('stores.transfer.needTemperature')
        : plate.trim() === ''
          ? t('stores.transfer.plate')
          : sealNumber.trim() === ''
            ? t('stores.transfer.seal')
            : undefined
  const send = () =>
    ship.mutate({
      params: { id: one.id },
      body: { plate, sealNumber, airDeciC: air === null ? null : Math.round(air * 10), lots },
    })
  return (
    <>
      {one.asked.map((line) => (
        <Card
          key={line.id}
          title={nameOf(line)}
          side={`${t('stores.transfer.asked')} ${quantityOf(line, line.quantity)}`}
        >
          {line.offers.length === 0 && <span className="muted">{t('stores.transfer.noOffer')}</span>}
          {line.offers.map((offer, at) => (
            <LotRow
              key={offer.lotId}
              line={line}
              offer={offer}
              typed={typed[offer.lotId]}
              later={at > 0}
              onChange={(change) => set(offer.lotId, change)}
            />
          ))}
        </Card>
      ))}
      <Card>
        <div className="wh-split">
          <TextField
            label={t('stores.transfer.plate')}
            size="l"
            maxLength={20}
            value={plate}
            onText={setPlate}
          />
          <TextField
            label={t('stores.transfer.seal')}
            size="l"
            maxLength={40}
            value={sealNumber}
            onText={setSeal}
          />
          <NumberField
            label={t('stores.transfer.air')}
            size="l"
            after="℃"
            decimals={1}
            min={-60}
            max={60}
            value={air}
            onNumber={setAir}
          />
        </div>
        <ProblemNote error={ship.error} />
        <Button tone="main" size="l" full icon="truck" busy={ship.isPending} refused={wanting} onClick={send}>
          {t('stores.transfer.ship')}
        </Button>
      </Card>
    </>
  )
}

interface LotRowProps {
  line: Asked
  offer: Offer
  typed: Typed | undefined
  later: boolean
  onChange: (change: Partial<Typed>) => void
}

function LotRow({ line, offer, typed, later, onChange }: LotRowProps) {
  const entry = entryOf(line, line.quantity)
  return (
    <fieldset className="stores-lot">
      <legend className="wh-code-s">{offer.lotCode}</legend>
      <span className="muted small">
        {t('stores.transfer.offer', { quantity: quantityOf(line, offer.free), day: offer.useByDay })}
      </span>
      <div className="wh-pair">
        <NumberField
          label={t('warehouse.quantity')}
          size="l"
          after={entry.unit}
          decimals={entry.decimals}
          max={offer.free / entry.per}
          value={typed?.amount ?? null}
          onNumber={(amount) => onChange({ amount })}
        />
        {ZONES[line.zone].readingRequired && (
          <NumberField
            label={t('stores.transfer.surface')}
            size="l"
            after="℃"
            decimals={1}
            min={-60}
            max={60}
            value={typed?.surface ?? null}
            onNumber={(surface) => onChange({ surface })}
          />
        )}
      </div>
      {later && (typed?.amount ?? 0) > 0 && (
        <TextField
          label={t('stores.transfer.laterReason')}
          optional
          maxLength={200}
          value={typed?.reason ?? ''}
          onText={(reason) => onChange({ reason })}
        />
      )}
    </fieldset>
  )
}
