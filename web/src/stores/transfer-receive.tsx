import { ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { entered, entryOf, quantityOf } from '../warehouse/words.ts'
import { GoodsHead } from './goods.tsx'
import type { Transfer } from './transfer.tsx'
import './texts.ts'

type Lot = Transfer['lots'][number]
type Typed = { amount: number | null; surface: number | null; reason: string }

/** Unloading: the seal, then every lot counted and measured; what is missing is said why. */
export function ReceiveTransfer({ one }: { one: Transfer }) {
  const [sealOk, setSealOk] = useState<'ok' | 'bad' | ''>('')
  const [air, setAir] = useState<number | null>(null)
  const [typed, setTyped] = useState<Record<string, Typed>>({})
  const receive = useAct('storing.receiveTransfer', {
    changes: ['storing.readTransfer', 'storing.listTransfers', 'storing.listStock'],
    onDone: () => toast(t('stores.transfer.received')),
  })
  const of = (lot: Lot): Typed => typed[lot.id] ?? { amount: null, surface: null, reason: '' }
  const lots = one.lots.map((lot) => {
    const { amount, surface, reason } = of(lot)
    return {
      id: lot.id,
      received: Math.min(lot.quantity, entered(amount ?? 0, entryOf(lot, lot.quantity))),
      surfaceDeciC: surface === null ? null : Math.round(surface * 10),
      shortReason: reason,
    }
  })
  const send = () =>
    receive.mutate({
      params: { id: one.id },
      body: { sealOk: sealOk === 'ok', airDeciC: air === null ? null : Math.round(air * 10), lots },
    })
  return (
    <>
      <Card title={t('stores.transfer.sealState')} side={<b className="wh-code">{one.sealNumber}</b>}>
        <Segmented
          label={t('stores.transfer.sealState')}
          value={sealOk}
          options={[
            { value: 'ok' as const, label: t('stores.transfer.sealOk') },
            { value: 'bad' as const, label: t('stores.transfer.sealBad') },
          ]}
          onPick={setSealOk}
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
      </Card>
      {one.lots.map((lot) => (
        <Unload
          key={lot.id}
          lot={lot}
          typed={of(lot)}
          onChange={(change) => setTyped((before) => ({ ...before, [lot.id]: { ...of(lot), ...change } }))}
        />
      ))}
      <Card>
        <ProblemNote error={receive.error} />
        <Button
          tone="main"
          size="l"
          full
          icon="check"
          busy={receive.isPending}
          refused={wantingOf(one, of, sealOk)}
          onClick={send}
        >
          {t('stores.transfer.receive')}
        </Button>
      </Card>
    </>
  )
}

function wantingOf(one: Transfer, of: (lot: Lot) => Typed, sealOk: string): string | undefined {
  if (sealOk === '') return t('stores.transfer.sealState')
  for (const lot of one.lots) {
    const { amount, surface, reason } = of(lot)
    if (amount === null) return `${t('stores.transfer.counted')}：${lot.lotCode}`
    const received = entered(amount, entryOf(lot, lot.quantity))
    if (received < lot.quantity && reason.trim() === '') return t('stores.transfer.shortReason')
    if (received > 0 && surface === null && ZONES[lot.zone].readingRequired)
      return t('stores.transfer.needTemperature')
  }
  return undefined
}

function Unload({
  lot,
  typed,
  onChange,
}: {
  lot: Lot
  typed: Typed
  onChange: (change: Partial<Typed>) => void
}) {
  const entry = entryOf(lot, lot.quantity)
  const short = typed.amount !== null && entered(typed.amount, entry) < lot.quantity
  return (
    <Card>
      <GoodsHead of={lot} side={<b>{quantityOf(lot, lot.quantity)}</b>} />
      <div className="wh-pair">
        <NumberField
          label={t('stores.transfer.counted')}
          size="l"
          after={entry.unit}
          decimals={entry.decimals}
          max={lot.quantity / entry.per}
          value={typed.amount}
          onNumber={(amount) => onChange({ amount })}
        />
        {ZONES[lot.zone].readingRequired && (
          <NumberField
            label={t('stores.transfer.surface')}
            size="l"
            after="℃"
            decimals={1}
            min={-60}
            max={60}
            value={typed.surface}
            onNumber={(surface) => onChange({ surface })}
          />
        )}
      </div>
      {short && (
        <TextField
          label={t('stores.transfer.shortReason')}
          size="l"
          maxLength={200}
          value={typed.reason}
          onText={(reason) => onChange({ reason })}
        />
      )}
    </Card>
  )
}
