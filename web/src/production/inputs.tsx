import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note, ProblemNote, ProgressBar } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Batch, batchChanges } from './changes.ts'
import { amount, nameOf, worksPacking, worksUnits } from './words.ts'

type Need = Batch['needs'][number]
type Lot = Need['lots'][number]
type Chosen = { need: Need; lot: Lot }
type Taken = Batch['taken'][number]

/** What the batch takes: each input with what is taken already, and the lots it can be taken from. */
export function Inputs({ batch, takes }: { batch: Batch; takes: boolean }) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [back, setBack] = useState<Taken | null>(null)
  const choose = (code: string): true | string => {
    const scanned = code.trim().toUpperCase()
    for (const need of batch.needs)
      for (const lot of need.lots)
        if (scanned === lot.code || scanned.includes(lot.code)) {
          setChosen({ need, lot })
          return true
        }
    return t('making.run.unknown')
  }
  return (
    <Card title={t('making.recipe.inputs')}>
      {takes && <ScanBox label={t('making.run.scan')} hint={t('making.run.scanHint')} onCode={choose} />}
      <ul className="coop-list">
        {batch.needs.map((need) => (
          <li key={need.skuId}>
            <NeedRow batch={batch} need={need} takes={takes} onChoose={setChosen} onBack={setBack} />
          </li>
        ))}
      </ul>
      {chosen && <TakeDialog batch={batch} chosen={chosen} onClose={() => setChosen(null)} />}
      {back && <BackDialog batch={batch} taken={back} onClose={() => setBack(null)} />}
    </Card>
  )
}

interface RowProps {
  batch: Batch
  need: Need
  takes: boolean
  onChoose: (chosen: Chosen) => void
  onBack: (taken: Taken) => void
}

function NeedRow({ batch, need, takes, onChoose, onBack }: RowProps) {
  const [first] = need.lots
  const taken = batch.taken.filter((one) => one.skuId === need.skuId)
  const part = Math.min(100, Math.round((need.taken / need.needed) * 100))
  return (
    <div className="making-need">
      <div className="row spread">
        <b>{nameOf(need)}</b>
        <b className="num">
          {t('making.run.of', { taken: amount(need.taken, need), needed: amount(need.needed, need) })}
        </b>
      </div>
      <ProgressBar label={nameOf(need)} done={part} total={100} hideText />
      {taken.map((one) => (
        <div key={one.lotId} className="row spread">
          <span className="small">
            {one.lotCode} · {t('making.run.taken', { amount: amount(one.quantity, one) })}
          </span>
          {takes && (
            <Button tone="quiet" onClick={() => onBack(one)}>
              {t('making.run.putBack')}
            </Button>
          )}
        </div>
      ))}
      <div className="row spread">
        <span className="muted small">
          {first
            ? t('making.run.first', { lot: first.code, day: dayWords(first.useByDay) })
            : t('making.run.noLot')}
        </span>
        {need.missing > 0 && (
          <Badge tone="warn">{t('making.plan.missing', { amount: amount(need.missing, need) })}</Badge>
        )}
        {takes && first && (
          <Button size="l" onClick={() => onChoose({ need, lot: first })}>
            {t('making.run.take')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** How much of the lot: what is still needed, or what is left of it. */
function TakeDialog({ batch, chosen, onClose }: { batch: Batch; chosen: Chosen; onClose: () => void }) {
  const { need, lot } = chosen
  const open = Math.max(0, need.needed - need.taken)
  const [inputId] = useState(newId)
  const [quantity, setQuantity] = useState<number | null>(Math.min(open, lot.free) || lot.free)
  const [earlier] = need.lots
  const take = useAct('production.takeInput', {
    changes: [...batchChanges],
    onDone: () => {
      toast(t('making.run.taken', { amount: amount(quantity ?? 0, need) }))
      onClose()
    },
  })
  const submit = () => {
    if (quantity !== null)
      take.mutate({ params: { id: batch.id, inputId }, body: { lot: lot.code, quantity } })
  }
  const foot = (
    <Button
      tone="main"
      size="l"
      busy={take.isPending}
      refused={quantity === null ? t('making.incomplete') : undefined}
      onClick={submit}
    >
      {t('making.run.take')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('making.run.takeOf', { name: nameOf(need) })} foot={foot}>
      <div className="stack">
        <p>
          <b>{lot.code}</b> · {lot.supplier} · {dayWords(lot.useByDay)}
        </p>
        {earlier && earlier.lotId !== lot.lotId && earlier.useByDay < lot.useByDay && (
          <Note tone="warn">{t('making.run.later', { lot: earlier.code })}</Note>
        )}
        <ProblemNote error={take.error} />
        <AmountField
          label={t('making.run.amount')}
          size="l"
          hint={t('making.run.free', { amount: amount(lot.free, need) })}
          units={worksUnits(need.baseUnit)}
          packing={worksPacking(need.baseUnit)}
          base={quantity}
          onBase={setQuantity}
        />
      </div>
    </Dialog>
  )
}

function BackDialog({ batch, taken, onClose }: { batch: Batch; taken: Taken; onClose: () => void }) {
  const [inputId] = useState(newId)
  const [quantity, setQuantity] = useState<number | null>(taken.quantity)
  const [reason, setReason] = useState('')
  const take = useAct('production.takeInput', {
    changes: [...batchChanges],
    onDone: () => {
      toast(t('making.run.putBackDone'))
      onClose()
    },
  })
  const submit = () => {
    if (quantity !== null)
      take.mutate({
        params: { id: batch.id, inputId },
        body: { lot: taken.lotCode, quantity: -quantity, reason },
      })
  }
  const foot = (
    <Button
      tone="main"
      busy={take.isPending}
      refused={quantity !== null && reason.trim() ? undefined : t('making.incomplete')}
      onClick={submit}
    >
      {t('making.run.putBack')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('making.run.putBackTitle', { lot: taken.lotCode })} foot={foot}>
      <div className="stack">
        <ProblemNote error={take.error} />
        <AmountField
          label={t('making.run.amount')}
          units={worksUnits(taken.baseUnit)}
          packing={worksPacking(taken.baseUnit)}
          base={quantity}
          onBase={setQuantity}
        />
        <TextField label={t('making.reason')} maxLength={200} value={reason} onText={setReason} />
      </div>
    </Dialog>
  )
}
